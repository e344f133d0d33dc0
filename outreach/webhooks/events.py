"""Announces an event: one waiting delivery for each endpoint that wants to hear it."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from compliance.waking import wake
from outreach.models import WebhookDelivery, WebhookEndpoint

EVENTS = {
    "reply.received": "A person answered",
    "lead.hot": "A person is to take over",
    "quote.received": "A quote came in",
    "contact.opted_out": "Somebody asked us to stop",
}
PING = "ping"
NAMESPACE = uuid.UUID("6f6b1b0e-5d5c-4a70-9d0b-2f1c6a3e8d11")


def announce(
    event: str,
    data: Mapping[str, Any],
    *,
    contact_id: UUID | None = None,
    address: str = "",
    at: datetime | None = None,
    once: object = "",
) -> int:
    """Write the event down for every endpoint that subscribed; returns for how many.

    Runs in the caller's transaction: news of what was rolled back is never told, and none of what
    was committed is lost. `data` is JSON; ids rather than texts, for what is told cannot be erased.
    What has the same `once` is told once, however often it is worked off.
    """
    if event not in EVENTS:
        raise ValueError(f"There is no event {event}.")
    hearing = [
        endpoint
        for endpoint in WebhookEndpoint.objects.filter(disabled_at=None)
        if event in endpoint.events
    ]
    event_id = uuid.uuid5(NAMESPACE, f"{event} {once}") if once else uuid.uuid4()
    _write(
        hearing, event, data, event_id=event_id, contact_id=contact_id, address=address,
        at=at or timezone.now(),
    )  # fmt: skip
    return len(hearing)


def ping(endpoint: WebhookEndpoint) -> WebhookDelivery:
    """A delivery that only says hello, so that a new endpoint can be tried."""
    hello = {"message": "Hello from Attaché."}
    (row,) = _write([endpoint], PING, hello, event_id=uuid.uuid4(), at=timezone.now())
    return row


def kick() -> None:
    """Have the worker deliver now."""
    wake("outreach.tasks.deliver_webhooks")


def _write(
    endpoints: list[WebhookEndpoint],
    event: str,
    data: Mapping[str, Any],
    *,
    event_id: UUID,
    at: datetime,
    contact_id: UUID | None = None,
    address: str = "",
) -> list[WebhookDelivery]:
    if not endpoints:
        return []
    payload = {"type": event, "timestamp": at.isoformat(), "data": dict(data)}
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
        ],
        ignore_conflicts=True,
    )
    transaction.on_commit(kick)
    return rows
