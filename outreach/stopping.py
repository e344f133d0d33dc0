"""Cancels what has not left: after a reply, an opt-out, a bounce, or the end of a campaign."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from compliance import audit
from outreach import lifecycle
from outreach.choices import CANCELLABLE, UNDER_WAY, Direction, EnrollmentStatus, MessageStatus
from outreach.models import Approval, Enrollment, Message


def stop_enrollments(
    rows: QuerySet[Enrollment],
    *,
    actor: str,
    reason: str,
    to: EnrollmentStatus = EnrollmentStatus.STOPPED,
    only_from: Collection[EnrollmentStatus] = UNDER_WAY,
) -> list[UUID]:
    """End these people's touches and cancel what has not left; returns whose state changed.

    Messages are cancelled whatever the person's state was. In the caller's transaction.
    """
    found, ended = _end(rows, actor=actor, reason=reason, to=to, only_from=only_from)
    if found:
        cancel_open_messages(actor=actor, reason=reason, enrollment__in=found)
    return ended


def end_enrollments(
    rows: QuerySet[Enrollment],
    *,
    actor: str,
    reason: str,
    only_from: Collection[EnrollmentStatus] = UNDER_WAY,
) -> list[UUID]:
    """Stop these people; the caller cancels what waits for them, after this and not before."""
    return _end(rows, actor=actor, reason=reason, to=EnrollmentStatus.STOPPED, only_from=only_from)[
        1
    ]


def _end(
    rows: QuerySet[Enrollment],
    *,
    actor: str,
    reason: str,
    to: EnrollmentStatus,
    only_from: Collection[EnrollmentStatus],
) -> tuple[list[UUID], list[UUID]]:
    """The ids found and those whose state changed.

    People are locked before anybody looks for their messages: a worker that is just making a
    touch has either committed it, and it is cancelled, or will find them stopped.
    """
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    ended = [row for row in found if row.status in only_from and row.status != to]
    if ended:
        Enrollment.objects.filter(pk__in=[row.pk for row in ended]).update(
            status=to, stop_reason=reason[:300], next_touch_at=None, updated_at=timezone.now()
        )
        audit.append_many(
            [audit.Act(f"enrollment.{to}", row, reason, row.campaign_id) for row in ended],
            actor=actor,
        )
    return [row.pk for row in found], [row.pk for row in ended]


def cancel_open_messages(*, actor: str, reason: str, **which: Any) -> int:
    """Cancel every outbound message matching `which` (queryset filters) that has not left.

    Runs in the caller's transaction, so that the stop and what it stops are committed together;
    what a worker holds right now is caught by the check before hand-over.
    """
    rows = list(
        Message.objects.filter(direction=Direction.OUTBOUND, status__in=CANCELLABLE, **which)
        .select_for_update()
        .order_by("pk")  # as whoever else locks several: two stops never wait for each other
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
