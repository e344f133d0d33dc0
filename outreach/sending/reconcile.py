"""Takes over from workers that died: what surely did not leave goes on, the rest is uncertain."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from compliance import audit
from outreach import lifecycle, pipeline
from outreach.actors import name_of
from outreach.choices import AttemptOutcome, MessageStatus
from outreach.errors import NotAllowedNow
from outreach.models import Attempt, Message
from outreach.sending.render import rfc_message_id

SENDING = frozenset({MessageStatus.SENDING})
LOST_BEFORE = "The worker stopped before hand-over; it goes on by itself."
LOST_AFTER = (
    "The worker stopped while handing this over: the provider may have taken it. It is not sent "
    "again by itself: wait for a delivery report, or look and decide."
)


def recover_expired(now: datetime) -> tuple[int, int]:
    """Settle every claim whose lease ran out; returns (put back, uncertain)."""
    expired = Message.objects.filter(status=MessageStatus.SENDING, lease_until__lt=now)
    back = _settle(
        expired.filter(hand_over_at=None), MessageStatus.APPROVED, LOST_BEFORE,
        AttemptOutcome.ABANDONED, now,
    )  # fmt: skip
    uncertain = _settle(
        expired.filter(hand_over_at__isnull=False), MessageStatus.UNCERTAIN, LOST_AFTER,
        AttemptOutcome.UNCERTAIN, now,
    )  # fmt: skip
    return back, uncertain


@transaction.atomic
def _settle(
    expired: QuerySet[Message],
    to: MessageStatus,
    reason: str,
    outcome: AttemptOutcome,
    now: datetime,
) -> int:
    ids = list(expired.values_list("pk", flat=True)[:5000])
    moved = 0
    for message in Message.objects.filter(pk__in=ids):
        # The claim's own name in the condition: a worker that reported meanwhile wins.
        changed = lifecycle.move(
            expired.filter(pk=message.pk, claimed_by=message.claimed_by),
            to,
            only_from=SENDING,
            reason=reason,
            claimed_by=message.claimed_by if to == MessageStatus.UNCERTAIN else "",
            lease_until=None,
            rfc_message_id=rfc_message_id(message) if to == MessageStatus.UNCERTAIN else "",
        )
        if not changed:
            continue
        moved += 1
        Attempt.objects.filter(message=message, outcome=AttemptOutcome.STARTED).update(
            outcome=outcome, detail=reason, finished_at=now
        )
        audit.append(
            f"message.{outcome}", message, actor="dispatcher", reason=reason,
            campaign_id=message.campaign_id,
        )  # fmt: skip
    return moved


@transaction.atomic
def resolve_uncertain(message_id: UUID, *, was_sent: bool, actor: User, now: datetime) -> Message:
    """A person decides about an uncertain message: it left, or it is to be approved again."""
    rows = Message.objects.filter(pk=message_id, status=MessageStatus.UNCERTAIN)
    if was_sent:
        moved = lifecycle.move(rows, MessageStatus.SENT, sent_at=now, reason="", error="")
    else:
        reason = "It did not leave: approve it again to send it."
        moved = lifecycle.move(
            rows, MessageStatus.EA_REVIEW, reason=reason, hand_over_at=None, rfc_message_id=""
        )
    message = Message.objects.get(pk=message_id)
    if not moved:
        state = message.get_status_display().lower()
        raise NotAllowedNow(f"This message is not uncertain any more: it is {state}.")
    if was_sent:
        audit.append_many(pipeline.sent([message]), actor=name_of(actor))
    else:
        message.approvals.filter(voided_at=None).update(
            voided_at=now, void_reason="Did not leave; needs a new approval."
        )
    audit.append(
        "message.resolved", message, actor=name_of(actor), campaign_id=message.campaign_id,
        data={"was_sent": was_sent},
    )  # fmt: skip
    return message
