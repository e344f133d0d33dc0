"""Lets drafts go by a campaign's policy: a person approved the first so many, the rest follow."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from outreach.approvals import let_go, lock_campaigns, refusals_of, return_to_review, waiting
from outreach.choices import (
    MANUAL_CHANNELS,
    ApprovalPolicy,
    CampaignKind,
    CampaignStatus,
    MessageKind,
    MessageStatus,
)
from outreach.models import Approval, Campaign, Message, OutreachPolicy

BATCH = 500
DAY = timedelta(days=1)
ACTOR = "policy"


@transaction.atomic
def approve_by_policy(*, limit: int = BATCH) -> list[UUID]:
    """Let go what a policy covers, recorded as the policy's approval; returns the ids.

    Left for a person: what is flagged, was edited or taken back, and what the gate refuses, which
    is then said on the draft. Nothing goes while the switch over all campaigns is on.
    """
    if OutreachPolicy.load().force_every_message:
        return []
    campaigns = Campaign.objects.filter(
        kind=CampaignKind.SEQUENCE,
        approval_policy=ApprovalPolicy.FIRST_N,
        status=CampaignStatus.ACTIVE,
        paused_at=None,
    ).order_by("created_at")
    approved: list[UUID] = []
    for campaign in campaigns:
        room = limit - len(approved)
        chosen = _candidates(campaign)[:room] if room > 0 else []
        if chosen and _trusted(campaign):
            approved += _approve(campaign, list(chosen))
    return approved


def _candidates(campaign: Campaign) -> QuerySet[Message]:
    """Drafts as they were made: nobody edited, flagged or took them back."""
    return (
        waiting(campaign)
        .filter(flagged=False, reason="", version=1, enrollment__paused_at=None)
        .exclude(channel__in=MANUAL_CHANNELS)
        .select_related("campaign", "enrollment")
        .order_by("due_at", "created_at", "id")
    )


def _trusted(campaign: Campaign) -> bool:
    """Whether people have approved as many messages of it as its policy asks for."""
    seen = Approval.objects.filter(message__campaign=campaign, approver__isnull=False)
    needed = campaign.approve_first
    return seen.values("message").distinct()[:needed].count() >= needed


def _approve(campaign: Campaign, chosen: list[Message]) -> list[UUID]:
    lock_campaigns(chosen)
    refusals = refusals_of(chosen)
    refusals |= one_answer_a_day([one for one in chosen if one.pk not in refusals])
    for pk, why in refusals.items():
        Message.objects.filter(pk=pk, status=MessageStatus.EA_REVIEW).update(reason=why)
    ready = [message for message in chosen if message.pk not in refusals]
    by = f"{ACTOR}: a person approved the first {campaign.approve_first}"
    return let_go(ready, approver=None, by=by)


def one_answer_a_day(messages: Sequence[Message]) -> dict[UUID, str]:
    """Why an answer may not go by itself: its thread had an automatic message within a day.

    Two machines that answer each other are stopped by this, whatever each takes the other for.
    Asked under the campaign's lock.
    """
    answers = [message for message in messages if message.kind == MessageKind.ANSWER]
    if not answers:
        return {}
    since = timezone.now() - DAY
    lately = Q(approved_at__gt=since) | Q(message__sent_at__gt=since) | Q(message__sent_at=None)
    automatic = Approval.objects.filter(
        lately, approver=None, voided_at=None,
        message__enrollment__in={message.enrollment_id for message in answers},
    )  # fmt: skip
    had: set[UUID | None] = set(automatic.values_list("message__enrollment", flat=True))
    refusals = {}
    for message in answers:
        if message.enrollment_id in had:
            refusals[message.pk] = "A machine wrote in this thread within a day: a person decides."
        else:
            had.add(message.enrollment_id)
    return refusals


@transaction.atomic
def recall_policy_approvals(*, limit: int = BATCH) -> list[UUID]:
    """Take back into review what a policy let go and may no longer, where it has not left."""
    rows = Message.objects.filter(
        status=MessageStatus.APPROVED,
        approvals__isnull=False,
        approvals__approver=None,
        approvals__voided_at=None,
    )
    if not OutreachPolicy.load().force_every_message:
        rows = rows.filter(campaign__approval_policy=ApprovalPolicy.EVERY_MESSAGE)
    ids = list(rows.values_list("pk", flat=True)[:limit])
    if not ids:
        return []
    reason = "A person approves every message now."
    return return_to_review(Message.objects.filter(pk__in=ids), actor=ACTOR, reason=reason)
