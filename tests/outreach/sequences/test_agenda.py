"""What really happens in a week, counted by hour and segment, whatever its size."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from outreach.models import Campaign, Enrollment, Message, Sequence
from outreach.sequences.agenda import Entry, What, load_agenda
from tests.outreach.sequences.build import make_drip, make_people, make_version

pytestmark = pytest.mark.django_db

NEW_YORK = ZoneInfo("America/New_York")
TUESDAY = datetime(2026, 9, 15, 9, 20, tzinfo=NEW_YORK)
HOUR = TUESDAY.replace(minute=0)


def drip(voice: str = "referral_network") -> Campaign:
    version = make_version()
    Sequence.objects.filter(pk=version.sequence_id).update(voice=voice)
    return make_drip(version)


def enroll(campaign: Campaign, count: int = 1, **changes: Any) -> list[Enrollment]:
    values = {"version": campaign.sequence_version, "status": "active", **changes}
    return Enrollment.objects.bulk_create(
        Enrollment(campaign=campaign, contact=person, **values) for person in make_people(count)
    )


def due(campaign: Campaign, count: int = 1, **changes: Any) -> list[Message]:
    values = {"direction": "outbound", "status": "ea_review", "due_at": TUESDAY, **changes}
    return Message.objects.bulk_create(
        Message(campaign=campaign, enrollment=enrollment, step=1, **values)
        for enrollment in enroll(campaign, count)
    )


def agenda() -> list[Entry]:
    return load_agenda(TUESDAY.date(), NEW_YORK)


def test_what_leaves_in_an_hour_is_counted_by_segment() -> None:
    due(drip(), 3)
    due(drip("home_owner"), 2, status="approved")
    due(drip(""), due_at=TUESDAY + timedelta(hours=1))
    assert agenda() == [
        Entry(HOUR, "home_owner", What.DUE, 2),
        Entry(HOUR, "referral_network", What.DUE, 3),
        Entry(HOUR + timedelta(hours=1), "other", What.DUE, 1),
    ]


def test_what_left_is_counted_where_it_left() -> None:
    due(drip(), 2, status="delivered", due_at=TUESDAY, sent_at=TUESDAY + timedelta(hours=2))
    assert agenda() == [Entry(HOUR + timedelta(hours=2), "referral_network", What.SENT, 2)]


def test_who_moves_on_is_counted_while_under_way() -> None:
    campaign = drip()
    enroll(campaign, 4, next_touch_at=TUESDAY)
    enroll(campaign, 2, next_touch_at=TUESDAY, status="replied")
    assert agenda() == [Entry(HOUR, "referral_network", What.MOVES_ON, 4)]


def test_what_a_pause_holds_is_said() -> None:
    campaign = drip()
    due(campaign, 2)
    enroll(campaign, next_touch_at=TUESDAY)
    enroll(campaign, 2, next_touch_at=TUESDAY, paused_at=timezone.now())
    assert [(entry.count, entry.held) for entry in agenda()] == [(2, 0), (3, 2)]
    Campaign.objects.update(paused_at=timezone.now())
    assert [(entry.count, entry.held) for entry in agenda()] == [(2, 2), (3, 3)]


@pytest.mark.parametrize("status", ["skipped", "cancelled", "failed"])
def test_what_will_never_leave_is_not_counted(status: str) -> None:
    due(drip(), status=status)
    assert agenda() == []


def test_a_week_goes_from_monday_to_sunday_midnight_on_the_desk_s_clock() -> None:
    campaign = drip()
    monday = datetime(2026, 9, 14, 4, tzinfo=UTC)
    due(campaign, due_at=monday - timedelta(minutes=1))
    due(campaign, due_at=monday)
    due(campaign, due_at=monday + timedelta(days=7, minutes=-1))
    due(campaign, due_at=monday + timedelta(days=7))
    assert [f"{entry.hour:%a %H}" for entry in agenda()] == ["Mon 00", "Sun 23"]


def test_the_hour_that_comes_twice_loses_nothing() -> None:
    campaign = drip()
    for hour in (5, 6):  # 01:30 in summer time, then again in winter time
        due(campaign, due_at=datetime(2026, 11, 1, hour, 30, tzinfo=UTC))
    found = load_agenda(datetime(2026, 11, 1, tzinfo=NEW_YORK).date(), NEW_YORK)
    assert sum(entry.count for entry in found) == 2


def test_it_takes_three_queries_however_much_there_is(django_assert_num_queries: Any) -> None:
    for voice in ("referral_network", "thought_leadership", "home_owner"):
        due(drip(voice), 5)
    with django_assert_num_queries(3):
        agenda()
