"""Lets exactly this content go: approve one, approve all that may, skip, and take back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Case, F, QuerySet, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from compliance import audit, gate
from compliance.gate import Decision
from outreach import budgets, lifecycle
from outreach.actors import name_of
from outreach.choices import (
    MANUAL_CHANNELS,
    CampaignStatus,
    Channel,
    Direction,
    MessageKind,
    MessageStatus,
)
from outreach.errors import BudgetExceeded, EditConflict, NotAllowedNow, OutreachError
from outreach.models import Approval, Campaign, Conversation, Message
from outreach.outbounds import outbounds_of
from outreach.sending.kick import kick

BATCH = 500
CHANGED = "Somebody changed it since you read it: look at it again."
TO_REVIEW = frozenset({MessageStatus.EA_REVIEW})


class UsedUp(str):
    """Words that refuse a draft because a limit of its campaign is used up."""


@dataclass(frozen=True, slots=True)
class Left:
    """A draft that was not approved, and why, in words."""

    message_id: UUID
    to: str
    reason: str


@dataclass(frozen=True, slots=True)
class Approved:
    """What a bulk approval did: ids let go, and what it left behind with reasons."""

    approved: list[UUID] = field(default_factory=list)
    left_behind: list[Left] = field(default_factory=list)


def waiting(campaign: Campaign | None = None) -> QuerySet[Message]:
    """Drafts waiting for a person, of one campaign or of all."""
    drafts = Message.objects.filter(direction=Direction.OUTBOUND, status=MessageStatus.EA_REVIEW)
    return drafts if campaign is None else drafts.filter(campaign=campaign)


def approve_all(campaign: Campaign, *, approver: User) -> Approved:
    """Approve every draft of the campaign that nothing speaks against; see `approve_many`."""
    return approve_many(waiting(campaign), approver=approver)


@transaction.atomic
def approve_many(
    drafts: QuerySet[Message], *, approver: User, versions: Mapping[UUID, int] | None = None
) -> Approved:
    """Approve what may go and leave the rest with reasons; the same few queries for any number.

    Left behind: flagged drafts, what the gate refuses, what the budget does not cover, messages
    of a manual channel (a person does those by hand), and whatever somebody else moved meanwhile.
    `versions` are those that were read, by message: what changed since then stays too.
    """
    chosen = list(
        drafts.filter(status=MessageStatus.EA_REVIEW)
        .select_related("campaign", "enrollment")
        .order_by("campaign_id", "created_at", "id")
    )
    lock_campaigns(chosen)
    refusals = refusals_of(chosen)
    if versions is not None:
        refusals |= {m.pk: CHANGED for m in chosen if versions.get(m.pk) != m.version}
    ready = [message for message in chosen if message.pk not in refusals]
    approved = let_go(ready, approver=approver, by=name_of(approver))
    gone = set(approved)
    for message in ready:
        if message.pk not in gone:
            refusals[message.pk] = "Somebody else changed or approved it at the same moment."
    left = [Left(m.pk, m.to_address, refusals[m.pk]) for m in chosen if m.pk in refusals]
    return Approved(approved, left)


def lock_campaigns(messages: Sequence[Message]) -> None:
    """Budgets are counted and used under the campaign's lock, or two people would use one place."""
    ids = {message.campaign_id for message in messages if message.campaign_id}
    list(Campaign.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


def refusals_of(messages: Sequence[Message]) -> dict[UUID, str]:
    """Why each message that may not be approved in bulk may not; several queries, not per row."""
    refusals: dict[UUID, str] = {}
    sendable = []
    for message in messages:
        if message.channel in MANUAL_CHANNELS:
            refusals[message.pk] = (
                f"{message.get_channel_display()} is done by hand: "
                f"{'call' if message.channel == Channel.PHONE else 'copy the text'}, then log it."
            )
        elif message.flagged:
            refusals[message.pk] = message.reason or "The fact check marked something to look at."
        elif not _campaign_open(message):
            refusals[message.pk] = "Its campaign is finished or cancelled."
        elif message.enrollment and message.enrollment.paused_at:
            refusals[message.pk] = f"{message.enrollment.paused_by} paused this person."
        else:
            sendable.append(message)
    verdicts = gate.check_many(outbounds_of(sendable))
    passed = []
    for message, verdict in zip(sendable, verdicts, strict=True):
        if verdict.decision is Decision.REFUSED:
            refusals[message.pk] = " ".join(verdict.reasons)
        else:  # what may only go later is approved now and waits for its hour
            passed.append(message)
    return refusals | _over_budget(passed)


def _campaign_open(message: Message) -> bool:
    closed = {CampaignStatus.COMPLETED, CampaignStatus.CANCELLED}
    return message.campaign is None or message.campaign.status not in closed


def _over_budget(messages: Sequence[Message]) -> dict[UUID, str]:
    refusals: dict[UUID, str] = {}
    rounds = budgets.rounds_used(message.enrollment_id for message in messages)
    left = {
        campaign.pk: budgets.contact_budget(campaign)
        for campaign in {m.campaign for m in messages if m.campaign}
    }
    used = {pk: budget.used for pk, budget in left.items()}
    for message in messages:
        campaign = message.campaign
        if campaign is None or message.enrollment_id is None:
            continue
        counts = rounds.setdefault(message.enrollment_id, {})
        limit = budgets.round_limit(campaign, message.kind)
        if limit is not None:
            if counts.get(message.kind, 0) >= limit:
                label = message.get_kind_display().lower()
                refusals[message.pk] = UsedUp(
                    f"This vendor had {limit} messages of kind “{label}” already."
                )
                continue
            counts[message.kind] = counts.get(message.kind, 0) + 1
        elif message.kind == MessageKind.FIRST:
            if used[campaign.pk] >= campaign.contact_budget:
                refusals[message.pk] = UsedUp(
                    f"The budget of {campaign.contact_budget} contacts is used up."
                )
                continue
            used[campaign.pk] += 1
    return refusals


def let_go(messages: Sequence[Message], *, approver: User | None, by: str) -> list[UUID]:
    """Move, approve and record in bulk; returns the ids that were really ours to move.

    `by` names who approves; without an approver it is the policy of the campaign. What may be let
    go is the caller's to ask of `refusals_of` first.
    """
    if not messages:
        return []
    now = timezone.now()
    moved = _moved(messages, now)
    ours = [message for message in messages if message.pk in moved]
    _record(ours, approver, by, now)
    answered = {one.enrollment_id for one in ours if one.kind == MessageKind.ANSWER}
    if answered:
        Conversation.objects.filter(pk__in=answered).update(answered_at=now)
    Campaign.objects.filter(
        pk__in={message.campaign_id for message in ours}, status=CampaignStatus.DRAFT
    ).update(status=CampaignStatus.ACTIVE, updated_at=now)
    transaction.on_commit(kick)
    return [message.pk for message in ours]


def _moved(messages: Sequence[Message], now: datetime) -> set[UUID]:
    """Approve each over the version that was read; the ids of those that really moved."""
    by_version: dict[int, list[UUID]] = {}
    for message in messages:
        by_version.setdefault(message.version, []).append(message.pk)
    for version, ids in by_version.items():
        lifecycle.move(
            Message.objects.filter(pk__in=ids, version=version),
            MessageStatus.APPROVED,
            only_from=TO_REVIEW,
            approved_at=now,
            due_at=Greatest(Coalesce("due_at", now), now),  # a touch keeps its hour
            reason="",
            error="",
        )
    # One stamp of our own tells our rows from those that somebody else moved in between.
    ours = Message.objects.filter(
        pk__in=[message.pk for message in messages],
        status=MessageStatus.APPROVED,
        approved_at=now,
    )
    return set(ours.values_list("pk", flat=True))


def _record(messages: Sequence[Message], approver: User | None, by: str, now: datetime) -> None:
    """The approvals with what exactly they let go, and the ledger's entries."""
    Approval.objects.bulk_create(
        [_approval(message, approver, by, now) for message in messages], batch_size=BATCH
    )
    acts = [
        audit.Act(
            "message.approved",
            message,
            campaign_id=message.campaign_id,
            data={"content_hash": lifecycle.content_hash(message), "version": message.version},
        )
        for message in messages
    ]
    audit.append_many(acts, actor=name_of(approver) if approver else by)


def _approval(message: Message, approver: User | None, by: str, now: datetime) -> Approval:
    original = message.original or {}
    edited = bool(original) and (
        original.get("subject") != message.subject or original.get("body") != message.body
    )
    return Approval(
        message=message,
        content_hash=lifecycle.content_hash(message),
        approver=approver,
        approved_by=by,
        edited=edited,
        approved_at=now,
    )


@transaction.atomic
def approve(message_id: UUID, *, approver: User, version: int, checked: bool = False) -> Message:
    """Approve one draft as it was read (`version`).

    A flagged draft needs `checked`: the person says they looked at what the fact check marked.
    Raises EditConflict when it changed since, NotAllowedNow when it is not waiting for review,
    BudgetExceeded when a limit is used up.
    """
    message = Message.objects.select_related("campaign", "enrollment").get(pk=message_id)
    lock_campaigns([message])
    message.refresh_from_db()
    if message.status != MessageStatus.EA_REVIEW:
        raise NotAllowedNow(f"This message is {message.get_status_display().lower()} already.")
    if message.version != version:
        raise EditConflict(
            "Somebody changed this draft since you read it. Look at it again, then approve.",
            theirs={"subject": message.subject, "body": message.body},
            version=message.version,
        )
    if message.flagged and checked:
        message.flagged = False  # for the rules only; the marks stay on the row as evidence
    refusal = refusals_of([message]).get(message.pk)
    if refusal:
        raise (BudgetExceeded if isinstance(refusal, UsedUp) else NotAllowedNow)(refusal)
    if not let_go([message], approver=approver, by=name_of(approver)):
        raise NotAllowedNow("Somebody else changed or approved this draft at the same moment.")
    message.refresh_from_db()
    return message


@transaction.atomic
def skip(drafts: QuerySet[Message], *, actor: str, reason: str = "") -> list[UUID]:
    """Set drafts aside, with why; returns the ids that were skipped."""
    words = reason.strip() or "Skipped in review."
    return _move_each(drafts, MessageStatus.SKIPPED, TO_REVIEW, "message.skipped", actor, words)


@transaction.atomic
def return_to_review(messages: QuerySet[Message], *, actor: str, reason: str) -> list[UUID]:
    """Take skipped, approved or failed messages back into review; standing approvals are voided."""
    sources = frozenset({MessageStatus.SKIPPED, MessageStatus.APPROVED, MessageStatus.FAILED})
    ids = _move_each(
        messages, MessageStatus.EA_REVIEW, sources, "message.returned_to_review", actor, reason
    )
    void_approvals(ids, reason=reason)
    taken_back = Message.objects.filter(pk__in=ids, kind=MessageKind.ANSWER)
    Conversation.objects.filter(enrollment__messages__in=taken_back).update(answered_at=None)
    return ids


def void_approvals(message_ids: Sequence[UUID], *, reason: str) -> int:
    """End the standing approvals of these messages, in the caller's transaction."""
    return Approval.objects.filter(message__in=message_ids, voided_at=None).update(
        voided_at=timezone.now(), void_reason=reason[:200]
    )


def _move_each(
    messages: QuerySet[Message],
    to: MessageStatus,
    sources: frozenset[MessageStatus],
    action: str,
    actor: str,
    reason: str,
) -> list[UUID]:
    # Locked, so that what is recorded is exactly what moved.
    rows = list(messages.filter(status__in=sources).select_for_update().order_by("pk"))
    lifecycle.move(
        Message.objects.filter(pk__in=[row.pk for row in rows]),
        to,
        only_from=sources,
        reason=reason,
        due_at=Case(When(step__isnull=False, then=F("due_at")), default=None),
    )
    audit.append_many(
        [audit.Act(action, row, reason, row.campaign_id) for row in rows], actor=actor
    )
    return [row.pk for row in rows]


__all__ = [
    "Approved",
    "Left",
    "OutreachError",
    "approve",
    "approve_all",
    "approve_many",
    "let_go",
    "lock_campaigns",
    "refusals_of",
    "return_to_review",
    "skip",
    "void_approvals",
    "waiting",
]
