"""Turns what happens in the desk into events."""

from datetime import datetime
from typing import Any
from uuid import UUID

from compliance.choices import ASKED
from outreach.conversations.case import ReplyReading
from outreach.models import Message, WebhookDelivery
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


def tell_reply(message: Message, said: ReplyReading) -> None:
    """A person answered, and what we read in it; in the transaction that works it off."""
    data = {
        **_about(message), "intent": said.intent.value, "sentiment": said.score,
        "meeting_requested": said.meeting_requested,
    }  # fmt: skip
    announce("reply.received", data, contact_id=_contact(message), once=message.pk)


def tell_hot(message: Message, *, reason: str) -> None:
    """A person of ours has to take over; in the transaction that hands it over."""
    data = {**_about(message), "reason": reason}
    announce("lead.hot", data, contact_id=_contact(message), once=message.pk)


def _about(message: Message) -> dict[str, Any]:
    return {
        "message_id": str(message.pk),
        "enrollment_id": str(message.enrollment_id),
        "campaign_id": str(message.campaign_id),
        "contact_id": str(_contact(message) or ""),
        "channel": message.channel,
        "received_at": message.received_at.isoformat() if message.received_at else None,
    }


def _contact(message: Message) -> UUID | None:
    return message.enrollment.contact_id if message.enrollment else None


def forget(contact_id: UUID, addresses: list[str]) -> int:
    """Blank what was told about an erased person; returns how many deliveries."""
    blank: dict[str, Any] = {"payload": {}, "address": "", "contact_id": None}
    about = WebhookDelivery.objects.filter(contact_id=contact_id).update(**blank)
    return about + WebhookDelivery.objects.filter(address__in=addresses).update(**blank)
