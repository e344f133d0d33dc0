"""Delivery reports from webhooks: finds the message each is about and lets it take effect."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from outreach.inbound.effects import apply_provider_opt_out
from outreach.inbound.outcome import Worked, needs_attention, processed
from outreach.models import Message, ProviderEvent
from outreach.sending import message_ids, provider_trouble
from outreach.sending.tracking import Report, apply_report

KNOWN = frozenset({"delivered", "opened", "bounced", "rejected", "complained", "unsubscribed"})
ALERT = "alert-"  # how our own mail to staff names itself to the provider


def process(event: ProviderEvent) -> Worked:
    """Apply one report; one about a message we do not know waits in triage if it matters."""
    data: dict[str, Any] = event.payload
    if event.event_type not in KNOWN:
        return processed(f"“{event.event_type}” changes nothing here.")
    message = find_message(data)
    if message is None and str(data.get("our_id") or "").startswith(ALERT):
        return processed("About our own mail to staff.")
    if message is None:
        return needs_attention("No message of ours fits this report.")
    report = _report(event, data)
    if report.event == "unsubscribed":
        changed = apply_provider_opt_out(message, report.at)
    else:
        changed = apply_report(message, report)
        if changed:
            provider_trouble.obey(message, _code(data), at=report.at)
    return processed("" if changed else "It said nothing new.", message.pk)


def find_message(data: dict[str, Any]) -> Message | None:
    """By our own id in the metadata (or Message-ID), else by the provider's id and recipient."""
    rows = Message.objects.select_related("enrollment").filter(direction="outbound")
    for value in (str(data.get("our_id") or ""), str(data.get("rfc_message_id") or "")):
        ours = message_ids.read(value) or _as_uuid(value)
        found = rows.filter(pk=ours).first() if ours else None
        if found:
            return found
    provider_id = str(data.get("message_id") or "")
    if not provider_id:
        return None
    carried = rows.filter(provider_message_id=provider_id)
    recipient = str(data.get("recipient") or "")
    return (carried.filter(to_address__iexact=recipient) if recipient else carried).first()


def _as_uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def _code(data: dict[str, Any]) -> int:
    code = str(data.get("code") or "")
    return int(code) if code.isdecimal() and len(code) < 9 else 0


def _report(event: ProviderEvent, data: dict[str, Any]) -> Report:
    return Report(
        event=event.event_type,
        at=_time(data.get("timestamp")) or event.received_at,
        detail=str(data.get("detail") or "")[:1000],
        hard=bool(data.get("hard")),
        user_agent=str(data.get("user_agent") or ""),
        cause=str(data.get("cause") or ""),
    )


def _time(value: object) -> datetime | None:
    try:
        parsed = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return parsed if timezone.is_aware(parsed) else None
