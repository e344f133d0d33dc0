"""Writes down how each hand-over ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone

from compliance import audit
from outreach import lifecycle, pipeline
from outreach.channels.outcomes import Outcome
from outreach.choices import AttemptOutcome, EnrollmentStatus, MessageStatus
from outreach.learning import learn_contacted
from outreach.models import Attempt, Enrollment, Message
from outreach.outage import AWAY, is_away, wait_until_back
from outreach.sending import provider_trouble, retry, touches
from outreach.sending.render import rfc_message_id
from outreach.signals import message_sent

# A worker that was thought dead may still report: what it knows beats not knowing.
REPORTABLE = frozenset({MessageStatus.SENDING, MessageStatus.UNCERTAIN})


@dataclass(frozen=True, slots=True)
class Result:
    """One message with its outcome and when it came."""

    message: Message
    outcome: Outcome
    at: datetime


def record_sent(results: Sequence[Result], *, worker: str) -> int:
    """Move what left, with one statement; the Message-ID was written when hand-over began.

    What the provider took is known only here, so an outage is waited for.
    """
    try:
        return _record_sent(results, worker)
    except AWAY as error:
        if not is_away(error) or not wait_until_back():
            raise
        return _record_sent(results, worker)


def _record_sent(results: Sequence[Result], worker: str) -> int:
    moved = 0
    for provider in {result.outcome.provider for result in results}:
        same = [r for r in results if r.outcome.provider == provider]
        moved += lifecycle.move(
            Message.objects.filter(pk__among=[r.message.pk for r in same], claimed_by=worker),
            MessageStatus.SENT,
            only_from=REPORTABLE,
            lease_until=None,
            sent_at=same[-1].at,
            reason="",
            error="",
            provider=provider,
        )
    for result in results:
        if result.outcome.provider_message_id:
            Message.objects.filter(pk=result.message.pk, claimed_by=worker).update(
                provider_message_id=result.outcome.provider_message_id
            )
    return moved


def record_one(result: Result, *, worker: str) -> MessageStatus | None:
    """Move one message by its outcome; None if it was not this worker's to report any more."""
    message, outcome = result.message, result.outcome
    rows = Message.objects.filter(pk=message.pk, claimed_by=worker)
    to, changes = _move_for(result)
    sources = REPORTABLE if to in (MessageStatus.SENT, MessageStatus.FAILED) else None
    moved = lifecycle.move(
        rows,
        to,
        only_from=sources or frozenset({MessageStatus.SENDING}),
        lease_until=None,
        error="" if outcome.result == AttemptOutcome.SENT else outcome.detail,
        **changes,
    )
    return to if moved else None


def _move_for(result: Result) -> tuple[MessageStatus, dict[str, Any]]:
    message, outcome, at = result.message, result.outcome, result.at
    if outcome.result == AttemptOutcome.SENT:
        return MessageStatus.SENT, {
            "sent_at": at,
            "reason": "",
            "rfc_message_id": rfc_message_id(message),
            "provider": outcome.provider,
            "provider_message_id": outcome.provider_message_id,
        }
    if outcome.result == AttemptOutcome.UNCERTAIN:
        reason = (
            "The connection broke while the provider was taking it. It is not sent again by "
            "itself: wait for a delivery report, or look and decide."
        )
        return MessageStatus.UNCERTAIN, {
            "reason": reason,
            "rfc_message_id": rfc_message_id(message),
        }
    if outcome.result == AttemptOutcome.PERMANENT:
        return MessageStatus.FAILED, {"reason": f"The provider refused it: {outcome.detail}"}
    # The mailbox's own trouble is not counted against the message.
    attempts = message.attempts + (0 if outcome.mailbox_trouble else 1)
    again = retry.next_try(attempts, at)
    if outcome.mailbox_trouble:
        again = at + retry.MAILBOX_WAIT
    if again is None:
        return MessageStatus.FAILED, {
            "reason": f"Given up after {attempts} tries: {outcome.detail}"
        }
    return MessageStatus.APPROVED, {
        "due_at": again,
        "hand_over_at": None,
        "attempts": attempts,
        "reason": f"Tried and put off until {again:%H:%M} UTC: {outcome.detail}",
    }


def record_batch(results: Sequence[Result], *, worker: str) -> None:
    """The rest of the story of a batch, in a few statements: attempts, threads, ledger, news."""
    if not results:
        return
    now = timezone.now()
    sent = [r for r in results if r.outcome.result == AttemptOutcome.SENT]
    with transaction.atomic():
        _close_attempts(results, worker, now)
        _touch_enrollments(sent, now)
        touches.left_at([result.message for result in sent], now)
        learn_contacted([result.message for result in sent])
        moved = pipeline.sent([result.message for result in sent])
        audit.append_thousands([*map(_act, results), *moved], actor="dispatcher")
        for result in results:
            provider_trouble.obey(result.message, result.outcome.code, at=result.at)
    for result in sent:
        message_sent.send_robust(sender=Message, message_id=result.message.pk)


def _close_attempts(results: Sequence[Result], worker: str, now: datetime) -> None:
    groups: dict[tuple[str, str], list[Any]] = {}
    for result in results:
        groups.setdefault((result.outcome.result, result.outcome.detail), []).append(
            result.message.pk
        )
    for (outcome, detail), ids in groups.items():
        Attempt.objects.filter(
            message__pk__among=ids, worker=worker, outcome=AttemptOutcome.STARTED
        ).update(outcome=outcome, detail=detail, finished_at=now)


def _touch_enrollments(sent: Sequence[Result], now: datetime) -> None:
    ids = [r.message.enrollment_id for r in sent if r.message.enrollment_id]
    begun = When(status=EnrollmentStatus.PENDING, then=Value(EnrollmentStatus.ACTIVE))
    Enrollment.objects.filter(pk__among=ids).update(
        last_outbound_at=now, status=Case(begun, default=F("status"))
    )


def _act(result: Result) -> audit.Act:
    message, outcome = result.message, result.outcome
    data = {
        "to": message.to_address,
        "message_id": rfc_message_id(message),
        "decision": dict(message.grounds),
    }
    return audit.Act(
        f"message.{outcome.result}", message, outcome.detail[:500], message.campaign_id, data
    )
