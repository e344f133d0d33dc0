"""Refuses used signatures of a provider that signs a token and a time, but not the content."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from anymail.exceptions import AnymailWebhookValidationFailure
from django.http import HttpRequest
from django.utils import timezone

from outreach.choices import EventKind
from outreach.models import ProviderEvent

# Mailgun repeats a post that failed for eight hours; what is older was kept by somebody.
OLDEST = timedelta(hours=12)
AHEAD = timedelta(minutes=10)


def check_signature_unused(view: Any, request: HttpRequest, kind: EventKind) -> None:
    """Raise AnymailWebhookValidationFailure for a signature of another day or another door.

    Used again at the same door a token stores nothing, since it is the event's key. The signature
    itself was verified before. Rules: documentation.mailgun.com, "Securing webhooks".
    """
    if view.esp_name != "Mailgun":
        return
    token, signed_at = _signed(request)
    now = timezone.now()
    if signed_at is None or not now - OLDEST <= signed_at <= now + AHEAD:
        raise AnymailWebhookValidationFailure("This Mailgun signature is not of today.")
    if ProviderEvent.objects.filter(esp="mailgun", key=token).exclude(kind=kind).exists():
        raise AnymailWebhookValidationFailure("This Mailgun signature was used for something else.")


def _signed(request: HttpRequest) -> tuple[str, datetime | None]:
    """Token and time of the signature, as anymail has verified them."""
    if request.content_type == "application/json":
        block: Any = json.loads(request.body)["signature"]
    else:
        block = request.POST
    try:
        return str(block["token"]), datetime.fromtimestamp(float(block["timestamp"]), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return str(block["token"]), None
