"""Stores what a provider tells us, once, before anything is done with it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from compliance.waking import wake
from outreach.choices import EventKind, EventStatus
from outreach.inbound import at_once
from outreach.models import ProviderEvent


def store_inbound(
    *, esp: str, raw: bytes, key: str = "", recipient: str = "", sender: str = ""
) -> bool:
    """Keep one inbound mail; False if it is here already. `recipient` is the envelope's."""
    payload = {"recipient": recipient.strip().lower(), "sender": sender.strip().lower()}
    return _store(esp, EventKind.INBOUND, key or digest(raw), "inbound", payload, raw)


def store_text(*, sid: str, fields: Mapping[str, Any], raw: bytes) -> bool:
    """Keep one inbound text by Twilio's id for it; False if it is here already."""
    payload = json.loads(json.dumps(dict(fields), default=str).replace("\\u0000", ""))
    return _store("twilio", EventKind.INBOUND, sid or digest(raw), "text", payload, raw)


def store_tracking(*, esp: str, event_type: str, key: str, payload: dict[str, Any]) -> bool:
    """Keep one delivery report, normalised; False if it is here already."""
    storable = json.loads(json.dumps(payload, default=str).replace("\\u0000", ""))
    return _store(esp, EventKind.TRACKING, key, event_type, storable, b"")


def store_unreadable(*, esp: str, kind: str, raw: bytes, problem: str) -> bool:
    """Keep what an authenticated provider sent and we cannot read, for a person to look at."""
    return _store(
        esp, kind, digest(raw), "unreadable", {"problem": problem}, raw,
        status=EventStatus.NEEDS_ATTENTION, detail=f"It could not be read: {problem}",
    )  # fmt: skip


def store_put_off(*, esp: str, kind: str, key: str, detail: str) -> bool:
    """Keep that something came which we could not take, for a person; False if that stands."""
    return _store(
        esp, kind, key, "put off", {}, b"", status=EventStatus.NEEDS_ATTENTION, detail=detail
    )


def digest(raw: bytes) -> str:
    """The key of what has no id: the same bytes are the same event."""
    return hashlib.sha256(raw).hexdigest()


def _store(
    esp: str, kind: str, key: str, event_type: str, payload: dict[str, Any], raw: bytes, **more: Any
) -> bool:
    # The unique constraint decides between two posts of the same event at the same moment;
    # ignore_conflicts keeps it one statement without a broken transaction.
    event = ProviderEvent(
        esp=esp[:40],
        kind=kind,
        key=key if len(key) <= 255 else digest(key.encode()),
        event_type=event_type[:40],
        payload=payload,
        raw=raw,
        received_at=timezone.now(),
        **more,
    )
    with transaction.atomic():
        ProviderEvent.objects.bulk_create([event], ignore_conflicts=True)
        stored = ProviderEvent.objects.filter(pk=event.pk).exists()
        if stored:
            heard = kind == EventKind.INBOUND
            transaction.on_commit(lambda: _wake(len(raw) if heard else None))
    return stored


def _wake(size: int | None) -> None:
    """Have what came in, of this size, read where we are; anything else is a worker's."""
    if size is None or not at_once.read_soon(size, otherwise=_ask_worker):
        _ask_worker()


def _ask_worker() -> None:
    """Ask a worker to look; one that never hears of it finds the event with the next tick."""
    wake("outreach.tasks.process_events")
