"""Advancing: each touch is made once, in time to be read, and the next is planned."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compliance import gate, suppression
from compliance.gate import Decision, Verdict
from compliance.models import AuditEntry
from crm.models import Company, Contact, ContactPoint
from outreach import approvals, editing
from outreach.choices import MessageStatus
from outreach.models import Absence, Campaign, Enrollment, Mailbox, Message, OutreachPolicy
from outreach.sequences.advance import advance
from outreach.sequences.enroll import enroll
from tests.outreach.sequences.build import TWO_MAILS, make_drip, make_people, make_version
from tests.outreach.sequences.clock import Clock, mark_sent, send_due, tick

pytestmark = pytest.mark.django_db


def start(count: int = 1, **campaign: Any) -> tuple[Campaign, list[Contact]]:
    """A campaign with people enrolled in it."""
    drip = make_drip(**campaign)
    people = make_people(count)
    assert enroll(drip, [p.pk for p in people], actor="sam").taken_in == count
    return drip, people


def approve_all(drip: Campaign, approver: User) -> None:
    assert not approvals.approve_all(drip, approver=approver).left_behind


def test_the_first_touch_is_drafted_at_once_and_keeps_its_hour(clock: Clock, ella: User) -> None:
    drip, _people = start()
    assert tick() == {"made": 1, "planned": 1}
    message = Message.objects.get()
    assert (message.status, message.step, message.kind) == ("ea_review", 1, "first")
    assert message.due_at == datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
    assert message.body.startswith("Hello Pat\n\n--\nHarbor Homes LLC, 12 Quay Street")
    approve_all(drip, ella)
    message.refresh_from_db()
    assert message.due_at == datetime(2026, 12, 1, 14, 0, tzinfo=UTC), "approved, not hurried"


def test_looking_again_makes_nothing_twice(clock: Clock) -> None:
    start()
    tick()
    Enrollment.objects.update(next_touch_at=timezone.now())
    assert tick() == {"waiting": 1}
    assert Message.objects.count() == 1


def test_the_second_touch_counts_from_when_the_first_really_left(clock: Clock, ella: User) -> None:
    drip, _people = start()
    tick()
    clock.turn(days=2, hours=3)
    approve_all(drip, ella)
    send_due(clock.now)  # Thursday, 11:00
    clock.turn(days=2, hours=-1)  # Saturday, 10:00
    tick()
    second = Message.objects.get(step=2)
    assert second.due_at == datetime(2026, 12, 6, 14, 0, tzinfo=UTC)
    assert second.kind == "follow_up"
    assert second.in_reply_to == Message.objects.get(step=1).rfc_message_id


def test_while_the_first_waits_for_review_no_second_is_made(clock: Clock) -> None:
    start()
    for _day in range(20):
        tick()
        clock.turn(days=1)
    assert list(Message.objects.values_list("step", flat=True)) == [1]
    assert Enrollment.objects.get().status == "pending"


def test_who_had_every_touch_is_completed_and_left_alone(clock: Clock, ella: User) -> None:
    drip, _people = start()
    for _hour in range(24 * 8):
        tick()
        approvals.approve_all(drip, approver=ella)
        send_due(clock.now)
        clock.turn(hours=1)
    row = Enrollment.objects.get()
    assert (row.status, row.step, row.next_touch_at) == ("completed", 2, None)
    assert AuditEntry.objects.filter(action="enrollment.completed").count() == 1
    days = sorted(m.sent_at.astimezone().date().isoformat() for m in Message.objects.all())  # type: ignore[union-attr]
    assert days == ["2026-12-01", "2026-12-04"]
    Enrollment.objects.update(next_touch_at=timezone.now())
    assert tick() == {}


def test_a_touch_skipped_in_review_does_not_hold_the_next(clock: Clock) -> None:
    start()
    tick()
    approvals.skip(Message.objects.all(), actor="ella")
    clock.turn(days=3)
    tick()
    assert Message.objects.filter(step=2).count() == 1


@pytest.mark.parametrize(
    "held",
    [
        {"paused_at": datetime(2026, 12, 1, tzinfo=UTC)},
        {"status": "replied"},
        {"status": "stopped"},
        {"status": "handed_over"},
        {"status": "completed"},
        {"needs_person": True},
    ],
)
def test_nothing_is_made_for_who_is_held_or_out(clock: Clock, held: dict[str, Any]) -> None:
    start()
    Enrollment.objects.update(**held)
    assert tick() == {}


@pytest.mark.parametrize(
    "held", [{"paused_at": datetime(2026, 12, 1, tzinfo=UTC)}, {"status": "cancelled"}]
)
def test_nothing_is_made_while_the_campaign_is_held_or_over(
    clock: Clock, held: dict[str, Any]
) -> None:
    start()
    Campaign.objects.update(**held)
    assert tick() == {}


def test_nothing_is_made_while_everything_is_paused(clock: Clock) -> None:
    start()
    OutreachPolicy.load()
    OutreachPolicy.objects.update(paused_at=clock.now)
    assert tick() == {}


def test_who_opted_out_meanwhile_is_stopped_instead(clock: Clock) -> None:
    start()
    suppression.suppress(
        "email", "pat0@people.example", reason="opt_out", source="test", received_at=clock.now
    )
    assert tick() == {"stopped": 1}
    row = Enrollment.objects.get()
    assert row.status == "stopped"
    assert "opted out" in row.stop_reason
    assert not Message.objects.exists()


def test_a_template_that_fails_for_one_person_is_flagged_for_a_look(clock: Clock) -> None:
    steps = [{**TWO_MAILS[0], "body": "{{ greeting }} {{ 1 / (role|length - 3) }}"}]
    drip, people = make_drip(make_version(steps)), make_people(2)
    Contact.objects.filter(pk=people[0].pk).update(role="CTO")
    enroll(drip, [person.pk for person in people], actor="sam")
    assert tick()["made"] == 2
    flagged = Message.objects.get(flagged=True)
    assert "The template fails when it is filled in: division by zero" in flagged.reason
    assert Message.objects.get(flagged=False).body.startswith("Pat ")


TEXTS = [
    {"channel": "sms", "at": "11:00", "body": "Hi {{ greeting }}. Reply STOP to opt out."},
    {**TWO_MAILS[1], "after_days": 2},
]


def test_a_text_leaves_from_the_campaigns_number_within_calling_hours(
    clock: Clock, texts_allowed: None
) -> None:
    number = Mailbox.objects.create(
        name="Texts", channel="sms", from_name="Ella", from_number="+13055550100"
    )
    drip = make_drip(make_version(TEXTS), text_mailbox=number)
    people = make_people(1, points=("email", "phone"))
    clock.turn(days=4, hours=4)  # Saturday noon
    enroll(drip, [people[0].pk], actor="sam")
    tick()
    clock.turn(days=1)
    tick()
    message = Message.objects.get()
    assert (message.mailbox, message.from_address) == (number, "+13055550100")
    assert message.due_at.isoformat() == "2026-12-07T16:00:00+00:00", "not on a Sunday"


def test_a_text_without_a_number_to_leave_from_is_flagged(
    clock: Clock, texts_allowed: None
) -> None:
    drip = make_drip(make_version(TEXTS))
    enroll(drip, [p.pk for p in make_people(1, points=("phone",))], actor="sam")
    tick()
    message = Message.objects.get()
    assert message.flagged
    assert "no number to text from" in message.reason


def test_a_channel_that_lost_its_address_is_passed_over(clock: Clock, texts_allowed: None) -> None:
    drip = make_drip(make_version(TEXTS))
    enroll(drip, [p.pk for p in make_people(1, points=("email", "phone"))], actor="sam")
    ContactPoint.objects.filter(kind="phone").delete()
    tick()
    clock.turn(days=2)
    tick()
    assert Message.objects.get().step == 2


def test_without_consent_the_texts_are_passed_over_and_the_mails_go(clock: Clock) -> None:
    drip = make_drip(make_version(TEXTS))
    enroll(drip, [p.pk for p in make_people(1, points=("email", "phone"))], actor="sam")
    tick()
    clock.turn(days=2)
    tick()
    assert Message.objects.get().step == 2


def test_a_list_of_ours_that_is_too_old_holds_a_text_and_does_not_pass_it_over(
    clock: Clock, ella: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = Verdict(Decision.REFUSED, ("The list is 29 days old.",), curable=True)
    monkeypatch.setattr(gate, "check_many", lambda outbounds, **_options: [stale] * len(outbounds))
    number = Mailbox.objects.create(name="Texts", channel="sms", from_number="+13055550100")
    drip = make_drip(make_version(TEXTS), text_mailbox=number)
    enroll(drip, [p.pk for p in make_people(1, points=("phone",))], actor="sam")
    tick()
    assert Message.objects.get().step == 1
    [left] = approvals.approve_all(drip, approver=ella).left_behind
    assert left.reason == "The list is 29 days old."


def test_whom_the_gate_refuses_for_now_waits_instead_of_ending(clock: Clock) -> None:
    start()
    Company.objects.update(country="DE")
    assert tick() == {"waiting": 1}
    clock.turn(days=1)
    Company.objects.update(country="US")
    assert tick()["made"] == 1


def test_a_touch_by_hand_is_done_when_it_is_logged(clock: Clock, ella: User) -> None:
    from outreach.channels.manual import log_done

    steps = [
        {"channel": "social", "body": "Shall we connect, {{ greeting }}?"},
        {"channel": "social", "after_days": 2, "body": "Thank you",
         "only_if": {"was": "sent", "step": 1}},
    ]  # fmt: skip
    drip = make_drip(make_version(steps), contact_budget=1)
    enroll(drip, [p.pk for p in make_people(1, points=("social",))], actor="sam")
    tick()
    request = Message.objects.get()
    assert request.to_address == "https://social.example/in/pat0"
    log_done(request.pk, actor=ella)
    clock.turn(days=3)
    tick()
    log_done(Message.objects.get(step=2).pk, actor=ella)
    assert Message.objects.filter(status=MessageStatus.SENT).count() == 2


def test_an_edited_touch_keeps_its_hour(clock: Clock, ella: User) -> None:
    drip, _people = start()
    tick()
    message = Message.objects.get()
    body = message.body.replace("Hello Pat", "Hello there")
    editing.edit(message.pk, actor="ella", version=1, subject="Hello", body=body)
    approve_all(drip, ella)
    message.refresh_from_db()
    assert message.due_at == datetime(2026, 12, 1, 14, 0, tzinfo=UTC)


def test_a_condition_is_judged_when_its_time_has_come(clock: Clock) -> None:
    steps = [TWO_MAILS[0], {**TWO_MAILS[1], "only_if": "opened"}, TWO_MAILS[1]]
    _drip, people = start(2, sequence_version=make_version(steps))
    tick()
    for message in Message.objects.all():
        Message.objects.filter(pk=message.pk).update(status="approved")
        mark_sent(message, clock.now)
    opened = Message.objects.get(enrollment__contact=people[0])
    clock.turn(days=2, hours=6)
    tick()
    assert not Message.objects.filter(step=2).exists(), "nobody can know yet"
    Message.objects.filter(pk=opened.pk).update(opened_at=clock.now)
    clock.turn(days=1)
    tick()
    assert Message.objects.get(step=2).enrollment_id == opened.enrollment_id


def test_the_wording_of_a_person_is_the_one_of_their_arm(clock: Clock) -> None:
    variants = [
        {"name": "a", "weight": 1, "subject": "A", "body": "Text A"},
        {"name": "b", "weight": 1, "subject": "B", "body": "Text B"},
    ]
    start(20, sequence_version=make_version([{"channel": "email", "variants": variants}]))
    tick()
    rows = Message.objects.values_list("variant", "enrollment__variant", "body")
    found = {(variant, arm, body.split("\n")[0]) for variant, arm, body in rows}
    assert found == {("a", "a", "Text A"), ("b", "b", "Text B")}


def test_a_batch_takes_as_many_queries_as_one_person(clock: Clock) -> None:
    counts = []
    for number in (1, 15):
        start(number)
        with CaptureQueriesContext(connection) as queries:
            advance(batch=50)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16


def test_batches_follow_one_another_until_nobody_is_due(clock: Clock) -> None:
    start(7)
    assert advance(batch=3)["made"] == 7


def test_who_is_away_gets_the_next_touch_after_they_are_back(clock: Clock, ella: User) -> None:
    drip, people = start()
    tick()
    approve_all(drip, ella)
    clock.turn(hours=2)
    send_due(clock.now)
    heard = Message.objects.create(direction="inbound", enrollment=Enrollment.objects.get())
    Absence.objects.create(
        contact=people[0], message=heard, return_on=date(2026, 12, 14), noted_at=clock.now
    )
    for _day in range(20):
        clock.turn(days=1)
        tick()
    assert Message.objects.get(step=2).due_at == datetime(2026, 12, 15, 14, 0, tzinfo=UTC)
