"""Works off stored events: each exactly once, opt-outs before everything else, nothing dropped."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from outreach.choices import EventKind, EventStatus
from outreach.inbound import mail, reports, texts
from outreach.inbound.outcome import Worked
from outreach.models import ProviderEvent
from outreach.outage import is_away, wait_until_back

log = structlog.get_logger(__name__)
LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 5
BATCH = 200


def process_open(now: datetime | None = None) -> int:
    """Process every open event, oldest first; returns how many were worked on."""
    done = 0
    while True:
        waiting = list(
            _open_events(now or timezone.now())
            .order_by("received_at", "id")
            .values_list("pk", flat=True)[:BATCH]
        )
        worked = sum(process_one(pk, now) for pk in waiting)
        done += worked
        if not worked:
            return done


def process_few(most: int) -> bool:
    """Process what came in, oldest first, unless more than `most` wait; whether some is left."""
    heard = _open_events(timezone.now()).filter(kind=EventKind.INBOUND)
    waiting = list(heard.order_by("received_at", "id").values_list("pk", flat=True)[: most + 1])
    if len(waiting) > most:
        return True
    for pk in waiting:
        process_one(pk)
    return False


def _open_events(now: datetime) -> QuerySet[ProviderEvent]:
    abandoned = Q(status=EventStatus.PROCESSING, lease_until__lt=now)
    # After a failure the lease is the time to wait until the next try.
    fresh = Q(status=EventStatus.RECEIVED) & (Q(lease_until=None) | Q(lease_until__lt=now))
    return ProviderEvent.objects.filter(fresh | abandoned)


def process_one(event_id: UUID, now: datetime | None = None) -> bool:
    """Claim one event and work it off in one transaction; False if another worker has it."""
    now = now or timezone.now()
    claimed = (
        _open_events(now)
        .filter(pk=event_id)
        .update(status=EventStatus.PROCESSING, lease_until=now + LEASE, attempts=F("attempts") + 1)
    )
    if not claimed:
        return False
    event = ProviderEvent.objects.get(pk=event_id)
    with structlog.contextvars.bound_contextvars(event=str(event.pk)):
        try:
            with transaction.atomic():
                outcome = _work(event)
                _finish(event, outcome.status, outcome.detail, outcome.message_id)
        except Exception as error:
            # Whatever went wrong is kept on the event and tried again; never lost, never looped.
            log.exception("event_failed", kind=event.kind)
            if is_away(error):
                wait_until_back()
            _put_back(event, error, now)
    return True


def _work(event: ProviderEvent) -> Worked:
    if event.kind != EventKind.INBOUND:
        return reports.process(event)
    return texts.process(event) if event.esp == "twilio" else mail.process(event)


def _finish(event: ProviderEvent, status: str, detail: str, message_id: object) -> None:
    ProviderEvent.objects.filter(pk=event.pk).update(
        status=status,
        detail=detail,
        message_id=message_id,
        processed_at=timezone.now(),
        lease_until=None,
    )


def _put_back(event: ProviderEvent, error: Exception, now: datetime) -> None:
    given_up = event.attempts >= MAX_ATTEMPTS
    words = f"{type(error).__name__}: {error}"[:1000]
    ProviderEvent.objects.filter(pk=event.pk, status=EventStatus.PROCESSING).update(
        status=EventStatus.NEEDS_ATTENTION if given_up else EventStatus.RECEIVED,
        detail=f"Processing failed {event.attempts} times: {words}",
        lease_until=None if given_up else now + timedelta(seconds=10 * 2**event.attempts),
    )
