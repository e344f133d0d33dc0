"""The action budget: how many contacts, follow-ups and negotiation rounds a campaign may use."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from outreach.choices import BUDGET_USED, CampaignKind, Direction, MessageKind, MessageStatus
from outreach.models import Campaign, Enrollment, Message

# What has left or is leaving; an approval alone may still be taken back.
GONE = BUDGET_USED - {MessageStatus.APPROVED}


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


def rounds_used(
    enrollments: Iterable[UUID | None], statuses: Iterable[str] = BUDGET_USED
) -> dict[UUID, dict[str, int]]:
    """Follow-ups and negotiation rounds let go per enrollment; one query."""
    rows = (
        Message.objects.filter(
            enrollment__in=[pk for pk in enrollments if pk],
            direction=Direction.OUTBOUND,
            status__in=statuses,
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


def exceeded(leaving: Sequence[Message]) -> dict[UUID, str]:
    """Which of the messages that are being sent a limit lowered since forbids, and why.

    `leaving` are claimed: they count as gone, and of too many the last ones are named. A query a
    campaign, or two where it has more people than its budget; one more for rounds.
    """
    found = _too_many_people(leaving) | _too_many_rounds(leaving)
    return {message.pk: found[message.pk] for message in leaving if message.pk in found}


def _too_many_people(leaving: Sequence[Message]) -> dict[UUID, str]:
    firsts: dict[Campaign, list[Message]] = {}
    for message in leaving:
        if message.kind == MessageKind.FIRST and message.campaign:
            firsts.setdefault(message.campaign, []).append(message)
    found: dict[UUID, str] = {}
    for campaign, messages in firsts.items():
        limit = campaign.contact_budget
        if Enrollment.objects.filter(campaign=campaign).count() <= limit:
            continue
        gone = Message.objects.filter(
            campaign=campaign, direction=Direction.OUTBOUND, status__in=GONE
        )
        over = gone.values("enrollment").distinct().count() - limit
        if over > 0:
            words = f"The budget of {limit} contacts is used up. Raise it, or skip this one."
            found |= {message.pk: words for message in messages[-over:]}
    return found


def _too_many_rounds(leaving: Sequence[Message]) -> dict[UUID, str]:
    limits = {m.pk: round_limit(m.campaign, m.kind) for m in leaving if m.campaign}
    limited = [message for message in leaving if limits.get(message.pk) is not None]
    if not limited:
        return {}
    rounds = rounds_used((message.enrollment_id for message in limited), GONE)
    found: dict[UUID, str] = {}
    held: Counter[tuple[UUID | None, str]] = Counter()
    for message in reversed(limited):
        key, limit = (message.enrollment_id, message.kind), limits[message.pk]
        gone = rounds.get(key[0], {}).get(message.kind, 0) if key[0] else 0  # type: ignore[call-overload]
        if limit is not None and gone - held[key] > limit:
            held[key] += 1
            label = message.get_kind_display().lower()
            found[message.pk] = f"This vendor had {limit} messages of kind “{label}” already."
    return found


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
