"""Announces an event: one waiting delivery for each endpoint that wants to hear it."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import DatabaseError, transaction
from django.utils import timezone
from django_q.tasks import async_task

from outreach.models import WebhookDelivery, WebhookEndpoint

log = structlog.get_logger(__name__)
EVENTS = {
    "reply.received": "A person answered",
    "lead.hot": "A person is to take over",
    "quote.received": "A quote came in",
    "contact.opted_out": "Somebody asked us to stop",
}
PING = "ping"


def announce(
    event: str,
    data: Mapping[str, Any],
    *,
    contact_id: UUID | None = None,
    address: str = "",
    at: datetime | None = None,
) -> int:
    """Write the event down for every endpoint that subscribed; returns for how many.

    Runs in the caller's transaction: news of what was rolled back is never told, and none of what
    was committed is lost. `data` is JSON; ids rather than texts, for what is told cannot be erased.
    """
    if event not in EVENTS:
        raise ValueError(f"There is no event {event}.")
    hearing = [
        endpoint
        for endpoint in WebhookEndpoint.objects.filter(disabled_at=None)
        if event in endpoint.events
    ]
    _write(hearing, event, data, contact_id, address, at or timezone.now())
    return len(hearing)


def ping(endpoint: WebhookEndpoint) -> WebhookDelivery:
    """A delivery that only says hello, so that a new endpoint can be tried."""
    (row,) = _write([endpoint], PING, {"message": "Hello from Attaché."}, None, "", timezone.now())
    return row


def kick() -> None:
    """Have the worker deliver now; a broker out of reach costs a minute's wait, nothing else."""
    try:
        async_task("outreach.tasks.deliver_webhooks")
    except (DatabaseError, OSError) as error:
        log.warning("kick_failed", error=repr(error))


def _write(
    endpoints: list[WebhookEndpoint],
    event: str,
    data: Mapping[str, Any],
    contact_id: UUID | None,
    address: str,
    at: datetime,
) -> list[WebhookDelivery]:
    if not endpoints:
        return []
    payload = {"type": event, "timestamp": at.isoformat(), "data": dict(data)}
    event_id = uuid.uuid4()
    rows = WebhookDelivery.objects.bulk_create(
        [
            WebhookDelivery(
                endpoint=endpoint,
                event_id=event_id,
                event=event,
                payload=payload,
                contact_id=contact_id,
                address=address,
                next_try_at=at,
            )
            for endpoint in endpoints
        ]
    )
    transaction.on_commit(kick)
    return rows
