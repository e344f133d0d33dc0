"""Drafts sooner than the minute's look: right after people came in, or when somebody asks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Min, Q
from django.utils import timezone

from compliance import audit
from compliance.waking import wake
from outreach.choices import UNDER_WAY
from outreach.models import Campaign, Enrollment

REACH = timedelta(days=7)  # what leaves later than this is not worth reading yet


def kick() -> None:
    """Wake a worker."""
    wake("outreach.tasks.advance_sequences")


@dataclass(frozen=True, slots=True)
class Coming:
    """The drafts ahead: `due` are being written, of `later` first ones the next is at `next_at`."""

    under_way: int = 0
    due: int = 0
    later: int = 0
    next_at: datetime | None = None


def coming(campaign: Campaign) -> Coming:
    """Who is under way, and when their next drafts are written; one query."""
    now = timezone.now()
    going = Enrollment.objects.filter(
        campaign=campaign, status__in=sorted(UNDER_WAY), paused_at=None
    )
    return Coming(**going.aggregate(
        under_way=Count("pk"), due=Count("pk", filter=Q(next_touch_at__lte=now)),
        later=Count("pk", filter=_later_first(now)),
        next_at=Min("next_touch_at", filter=Q(next_touch_at__gt=now)),
    ))  # fmt: skip


def _later_first(now: datetime) -> Q:
    """First drafts only: what a follow-up says may yet depend on what is heard before its day."""
    return Q(step=0, needs_person=False, next_touch_at__gt=now, next_touch_at__lte=now + REACH)


@transaction.atomic
def draft_now(campaign: Campaign, *, actor: str) -> int:
    """Have the coming week's first drafts written now, for review; returns for how many people.

    When they leave does not change.
    """
    now = timezone.now()
    going = Enrollment.objects.filter(
        campaign=campaign, status__in=sorted(UNDER_WAY), paused_at=None, version__isnull=False
    )
    changed = going.filter(_later_first(now)).update(next_touch_at=now, updated_at=now)
    if changed:
        Campaign.objects.filter(pk=campaign.pk).update(
            first_drafts_until=now + REACH, updated_at=now
        )
        audit.append(
            "campaign.drafts_wanted", campaign, actor=actor, campaign_id=campaign.pk,
            data={"people": changed},
        )  # fmt: skip
        transaction.on_commit(kick)
    return changed
