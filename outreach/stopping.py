"""Cancels what has not left: after a reply, an opt-out, a bounce, or the end of a campaign."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from compliance import audit
from outreach import lifecycle
from outreach.choices import CANCELLABLE, Direction, MessageStatus
from outreach.models import Approval, Message


def cancel_open_messages(*, actor: str, reason: str, **which: Any) -> int:
    """Cancel every outbound message matching `which` (queryset filters) that has not left.

    Runs in the caller's transaction, so that the stop and what it stops are committed together;
    what a worker holds right now is caught by the check before hand-over.
    """
    rows = list(
        Message.objects.filter(
            direction=Direction.OUTBOUND, status__in=CANCELLABLE, **which
        ).select_for_update()
    )
    ids: list[UUID] = [row.pk for row in rows]
    if not ids:
        return 0
    moved = lifecycle.move(
        Message.objects.filter(pk__in=ids),
        MessageStatus.CANCELLED,
        only_from=frozenset(CANCELLABLE),
        reason=reason,
        due_at=None,
    )
    Approval.objects.filter(message__in=ids, voided_at=None).update(
        voided_at=timezone.now(), void_reason=reason[:200]
    )
    audit.append_many(
        [audit.Act("message.cancelled", row, reason, row.campaign_id) for row in rows], actor=actor
    )
    return moved
