"""Who cannot be reached: waited for a while, told of everywhere, and not looked at for ever."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from compliance.models import AuditEntry
from crm.choices import PointState
from crm.models import Contact, ContactPoint
from outreach import approvals
from outreach.models import Campaign, Enrollment, Message
from outreach.sequences.enroll import enroll
from outreach.sequences.outlook import next_touches
from outreach.sequences.preview import preview_enrollment
from tests.outreach.sequences.build import TWO_MAILS, make_drip, make_people, make_version
from tests.outreach.sequences.clock import Clock, send_due, tick

pytestmark = pytest.mark.django_db
TEXT = {"channel": "sms", "after_days": 1, "at": "11:00", "body": "Hi {{ greeting }}."}
MIXED = [TWO_MAILS[0], TEXT, {**TWO_MAILS[1], "after_days": 2}]
TOLL_FREE = "+18885550123"
NO_PLACE = f"{TOLL_FREE} is a toll-free number, which has no place"


def start(steps: list[dict[str, Any]] | None = None, *points: str) -> Enrollment:
    drip = make_drip(make_version(steps))
    people = make_people(1, points=points or ("email",))
    assert enroll(drip, [people[0].pk], actor="sam").taken_in == 1
    return Enrollment.objects.get()


def unplaceable() -> Enrollment:
    """Somebody with a mailbox and a number that is nowhere."""
    row = start(MIXED, "email", "phone")
    ContactPoint.objects.filter(kind="phone").update(value=TOLL_FREE)
    Contact.objects.update(timezone="")
    return row


def dead() -> None:
    ContactPoint.objects.update(state=PointState.UNDELIVERABLE)


def live_on(clock: Clock, days: int) -> int:
    """How often the desk looked at anybody within so many days, ticking every hour."""
    looks = 0
    for _hour in range(days * 24):
        looks += sum(tick().values())
        clock.turn(hours=1)
    return looks


def test_a_dead_address_is_looked_at_ever_less_often_and_ends_with_a_reason(clock: Clock) -> None:
    row = start()
    dead()
    assert live_on(clock, 29) < 20
    row.refresh_from_db()
    assert (row.status, row.stop_reason) == ("pending", "")
    live_on(clock, 5)
    row.refresh_from_db()
    assert row.status == "stopped"
    assert row.stop_reason == (
        "Not to be reached for 30 days: pat0@people.example cannot be delivered to."
    )
    assert AuditEntry.objects.filter(action="enrollment.stopped").count() == 1
    assert live_on(clock, 10) == 0, "nobody is looked at any more"
    assert not Message.objects.exists()


def test_an_address_that_comes_in_time_goes_on_where_they_stood(clock: Clock) -> None:
    start()
    dead()
    live_on(clock, 20)
    ContactPoint.objects.update(value="pat@elsewhere.example", state=PointState.UNVERIFIED)
    live_on(clock, 4)
    assert Message.objects.get().to_address == "pat@elsewhere.example"


def test_an_address_that_dies_after_the_last_touch_does_not_keep_them(
    clock: Clock, ella: User
) -> None:
    row = start([TWO_MAILS[0]])
    tick()
    approvals.approve_all(Campaign.objects.get(), approver=ella)
    clock.turn(hours=2)
    send_due(clock.now)
    dead()
    live_on(clock, 2)
    row.refresh_from_db()
    assert (row.status, row.next_touch_at) == ("completed", None)


def test_a_long_delay_is_no_time_without_an_address(clock: Clock, ella: User) -> None:
    row = start([TWO_MAILS[0], {**TWO_MAILS[1], "after_days": 60}])
    tick()
    approvals.approve_all(Campaign.objects.get(), approver=ella)
    clock.turn(hours=2)
    send_due(clock.now)
    Enrollment.objects.update(next_touch_at=timezone.now() + timedelta(days=59))
    dead()
    clock.turn(days=59, hours=1)
    assert tick() == {"waiting": 1}
    row.refresh_from_db()
    assert row.stop_reason == ""


def test_the_pages_and_programs_say_which_touch_is_left_out_and_why(
    clock: Clock, client_of: Any, ella: User
) -> None:
    row = unplaceable()
    found = next_touches([row], now=clock.now)[row.pk]
    [said] = found.left_out
    assert said.startswith("Step 2 is left out: ")
    assert NO_PLACE in said
    assert found.words == "Step 1."
    client = client_of(ella)
    for address in (
        reverse("admin:outreach_campaign_people", args=[row.campaign_id]),
        reverse("admin:outreach_thread", args=[row.pk]),
    ):
        text = client.get(address).content.decode()
        assert "Step 2 is left out" in text
        assert NO_PLACE in text


def test_a_touch_passed_over_is_still_told_of_when_they_are_through(
    clock: Clock, ella: User
) -> None:
    row = unplaceable()
    for _day in range(10):
        tick()
        approvals.approve_all(Campaign.objects.get(), approver=ella)
        clock.turn(days=1)
        send_due(clock.now)
    row = Enrollment.objects.select_related("version", "campaign__mailbox").get()
    assert row.status == "completed"
    seen = preview_enrollment(row, now=clock.now)
    assert [(one.step, one.state) for one in seen] == [(1, "sent"), (2, "left out"), (3, "sent")]
    assert NO_PLACE in seen[1].reasons[0]
    assert NO_PLACE in next_touches([row], now=clock.now)[row.pk].left_out[0]


def test_whoever_gets_everything_is_told_of_no_gap(clock: Clock) -> None:
    row = start()
    assert next_touches([row], now=clock.now)[row.pk].left_out == ()
