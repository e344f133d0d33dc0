"""Turns what happens in the desk into events."""

from datetime import datetime
from typing import Any
from uuid import UUID

from compliance.choices import ASKED
from outreach.models import WebhookDelivery
from outreach.webhooks.events import announce


def tell_opted_out(
    sender: object,
    *,
    kind: str,
    address: str,
    source: str,
    received_at: datetime,
    reason: str,
    scope: str,
    **_signal: Any,
) -> int:
    """Hears `compliance.signals.opted_out`, in its transaction; cancels nothing itself."""
    if reason in ASKED:
        data = {
            "kind": kind, "address": address, "source": source, "scope": scope,
            "received_at": received_at.isoformat(),
        }  # fmt: skip
        announce("contact.opted_out", data, address=address)
    return 0


def forget(contact_id: UUID, addresses: list[str]) -> int:
    """Blank what was told about an erased person; returns how many deliveries."""
    blank: dict[str, Any] = {"payload": {}, "address": "", "contact_id": None}
    about = WebhookDelivery.objects.filter(contact_id=contact_id).update(**blank)
    return about + WebhookDelivery.objects.filter(address__in=addresses).update(**blank)
