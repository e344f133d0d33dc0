"""Drafts ordered with a campaign: kept as rows, so that a killed drafting goes on by itself."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from compliance.waking import wake
from crm.vendors import VendorMatch
from outreach.ai.client import configured
from outreach.choices import CampaignStatus
from outreach.drafting.generate import ALREADY_IN, draft_for, store
from outreach.errors import OutreachError
from outreach.models import Campaign, DraftOrder

SLICE_SECONDS = 20.0  # then other tasks have their turn, and a worker may stop
MOST_ATTEMPTS = 3
SPARE = 40  # seconds a draft may take beside the model


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a campaign's drafting is; `left_out` holds (vendor, reason)."""

    done: int
    total: int
    begun: bool
    left_out: list[tuple[str, str]]

    @property
    def open(self) -> int:
        return self.total - self.done

    @property
    def drafted(self) -> int:
        return self.done - len(self.left_out)


def place(
    campaign: Campaign, matches: Sequence[VendorMatch], *, actor: str, held: bool = False
) -> None:
    """Order a draft for each vendor, in the caller's transaction.

    `held`: the caller drafts at once, and the worker takes over only if the caller dies.
    """
    now = timezone.now()
    until = now + _lease(len(matches)) if held else None
    DraftOrder.objects.bulk_create(
        DraftOrder(
            campaign=campaign,
            company=match.company,
            contact=match.contact,
            point=match.point,
            reasons=match.reasons,
            position=position,
            actor=actor,
            lease_until=until,
        )
        for position, match in enumerate(matches)
    )


def dismiss(campaign: Campaign) -> None:
    """The caller drafted everything itself: nothing is left to be done or counted."""
    DraftOrder.objects.filter(campaign=campaign).delete()


def progress_of(campaign_id: UUID) -> Progress:
    """Where the campaign's ordered drafts stand; total 0 when none were ordered."""
    rows = DraftOrder.objects.filter(campaign=campaign_id).order_by()
    found = rows.aggregate(
        total=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False)),
        begun=Count("pk", filter=Q(attempts__gt=0)), missing=Count("pk", filter=~Q(left_out="")),
    )  # fmt: skip
    left_out: list[tuple[str, str]] = []
    if found["missing"]:
        said = rows.exclude(left_out="").order_by("position")
        left_out = list(said.values_list("company__name", "left_out"))
    return Progress(found["done"], found["total"], found["begun"] > 0, left_out)


def kick() -> None:
    """Wake a worker."""
    wake("outreach.tasks.draft_ordered")


def stalled(now: datetime) -> bool:
    """Whether drafts wait and no worker is at them: the last one died, or the kick was lost."""
    return _claimable(now).exists() and not _working(now)


def fulfil(*, clock: Callable[[], datetime] = timezone.now, seconds: float = SLICE_SECONDS) -> bool:
    """Draft what was ordered, each stored at once; True when time ran out before the orders did.

    One worker drafts at a time: a slow model must not keep the others from sending.
    """
    if _working(clock()):
        return False
    end = time.monotonic() + seconds
    while (order := _claim(clock)) is not None:
        _fulfil(order)
        if time.monotonic() > end:
            return _claimable(clock()).exists()
    return False


def _lease(drafts: int = 1) -> timedelta:
    each = settings.AI_TIMEOUT_SECONDS + 5 if configured() else 0
    return timedelta(seconds=SPARE + drafts * each)


def _open() -> QuerySet[DraftOrder]:
    return DraftOrder.objects.filter(done_at=None)


def _claimable(now: datetime) -> QuerySet[DraftOrder]:
    return _open().filter(Q(lease_until=None) | Q(lease_until__lt=now))


def _working(now: datetime) -> bool:
    # A caller who drafts at once holds a lease too, but has not attempted by way of a worker.
    return _open().filter(lease_until__gte=now, attempts__gt=0).exists()


def _claim(clock: Callable[[], datetime]) -> DraftOrder | None:
    """The next order, leased to us alone by compare-and-swap; None when there is none."""
    while True:
        rows = _claimable(clock()).select_related(
            "campaign__mailbox", "campaign__request__category", "company", "contact", "point"
        )
        order = rows.first()
        if order is None:
            return None
        mine = _claimable(clock()).filter(pk=order.pk, attempts=order.attempts)
        if mine.update(attempts=F("attempts") + 1, lease_until=clock() + _lease()):
            order.attempts += 1
            return order


def _fulfil(order: DraftOrder) -> None:
    refusal = _refusal(order)
    if refusal or order.point is None:
        _close(order, refusal)
        return
    match = VendorMatch(order.company, order.contact, order.point, 0.0, order.reasons)
    try:
        draft = draft_for(order.campaign, match)
    except OutreachError as error:
        _close(order, str(error))
        return
    left_out: list[tuple[str, str]] = []
    with transaction.atomic():
        store(order.campaign, [(match, draft)], order.actor, left_out)
        reasons = [reason for _vendor, reason in left_out if reason != ALREADY_IN]
        _close(order, " ".join(reasons))


def _refusal(order: DraftOrder) -> str:
    if order.campaign.status == CampaignStatus.CANCELLED:
        return "The campaign was cancelled."
    if order.point is None:
        return "The address was removed."
    if order.attempts > MOST_ATTEMPTS:
        return f"Drafting failed {MOST_ATTEMPTS} times; write this one by hand."
    return ""


def _close(order: DraftOrder, left_out: str) -> None:
    DraftOrder.objects.filter(pk=order.pk, done_at=None).update(
        done_at=timezone.now(), left_out=left_out[:300]
    )
