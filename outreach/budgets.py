"""The action budget: how many contacts, follow-ups and negotiation rounds a campaign may use."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from outreach.choices import BUDGET_USED, CampaignKind, Direction, MessageKind
from outreach.models import Campaign, Message


@dataclass(frozen=True, slots=True)
class Budget:
    """Contacts used (let go: approved, on their way or out) of contacts allowed."""

    used: int
    limit: int

    @property
    def left(self) -> int:
        return max(0, self.limit - self.used)

    @property
    def line(self) -> str:
        """As the queue shows it: "5 of 20 contacts used"."""
        return f"{self.used} of {self.limit} contacts used"


def contact_budget(campaign: Campaign) -> Budget:
    """Counts enrollments with at least one message let go; one query."""
    used = (
        Message.objects.filter(
            campaign=campaign, direction=Direction.OUTBOUND, status__in=BUDGET_USED
        )
        .values("enrollment")
        .distinct()
        .count()
    )
    return Budget(used, campaign.contact_budget)


def rounds_used(enrollments: Iterable[UUID | None]) -> dict[UUID, dict[str, int]]:
    """Follow-ups and negotiation rounds let go per enrollment; one query."""
    rows = (
        Message.objects.filter(
            enrollment__in=[pk for pk in enrollments if pk],
            direction=Direction.OUTBOUND,
            status__in=BUDGET_USED,
        )
        .values("enrollment")
        .annotate(
            follow_up=Count("pk", filter=Q(kind=MessageKind.FOLLOW_UP)),
            negotiation=Count("pk", filter=Q(kind=MessageKind.NEGOTIATION)),
        )
    )
    return {
        row["enrollment"]: {
            MessageKind.FOLLOW_UP: row["follow_up"],
            MessageKind.NEGOTIATION: row["negotiation"],
        }
        for row in rows
    }


def round_limit(campaign: Campaign, kind: str) -> int | None:
    """How many messages of this kind a vendor may get; None where there is no such limit.

    A sequence's own steps are its limit.
    """
    if campaign.kind == CampaignKind.SEQUENCE:
        return None
    limits = {
        MessageKind.FOLLOW_UP: campaign.follow_up_limit,
        MessageKind.NEGOTIATION: campaign.negotiation_limit,
    }
    return limits.get(MessageKind(kind))
