"""The home page's figures are what happened, on the desk's own days."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from config import figures
from outreach.models import Message
from tests.factories import make_campaign, make_drafts

pytestmark = pytest.mark.django_db
DESK = ZoneInfo("America/New_York")


def test_a_day_is_the_desks_own_also_where_clocks_turn_back() -> None:
    # 1 November 2026 has 25 hours in New York; its last one is 2 November in UTC.
    turned, after = date(2026, 11, 1), date(2026, 11, 2)
    drafts = make_drafts(make_campaign(), 3)
    moments = [
        datetime(2026, 11, 1, 0, 0, tzinfo=DESK),
        datetime(2026, 11, 1, 23, 59, tzinfo=DESK),
        datetime(2026, 11, 2, 0, 0, tzinfo=DESK),
    ]
    for draft, moment in zip(drafts, moments, strict=True):
        Message.objects.filter(pk=draft.pk).update(status="sent", sent_at=moment)
    assert figures.day_counts([turned, after]) == [(2, 0), (1, 0)]


def test_a_day_counts_answers_of_people_and_nothing_a_machine_wrote() -> None:
    now = timezone.now()
    for kind in ("reply", "auto_reply", "bounce"):
        Message.objects.create(direction="inbound", kind=kind, status="processed", received_at=now)
    today = timezone.localdate()
    assert figures.day_counts([today - timedelta(days=1), today]) == [(0, 0), (0, 1)]
    assert figures.day_counts([]) == []


def test_a_campaign_counts_what_waits_what_left_and_what_was_answered() -> None:
    campaign, other = make_campaign(), make_campaign()
    drafts = make_drafts(campaign, 6)
    for draft, status in zip(
        drafts, ("ea_review", "sent", "bounced", "uncertain", "failed", "approved"), strict=True
    ):
        Message.objects.filter(pk=draft.pk).update(status=status)
    for kind in ("reply", "auto_reply"):
        Message.objects.create(
            direction="inbound", kind=kind, status="processed", campaign=campaign,
            enrollment=drafts[0].enrollment, received_at=timezone.now(),
        )  # fmt: skip
    assert figures.campaign_counts([campaign.pk, other.pk]) == {
        campaign.pk: {"to_review": 1, "out": 2, "answered": 1},
        other.pk: {"to_review": 0, "out": 0, "answered": 0},
    }
    found = figures.waiting_by_status()
    assert found == {"review": 1, "attention": 0, "uncertain": 1, "failed": 1}
