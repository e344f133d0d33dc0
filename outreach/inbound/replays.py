"""Refuses signatures that are old or were used: what somebody kept and sends again."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from anymail.exceptions import AnymailWebhookValidationFailure
from django.http import HttpRequest
from django.utils import timezone

from outreach.choices import EventKind
from outreach.models import ProviderEvent

# How long each goes on repeating a post that failed (Mailgun eight hours, SendGrid a day), and
# some more; what is older was kept by somebody. Resend's five minutes are anymail's to check; the
# others sign no time: their events are stored once, by their ids.
OLDEST = {"Mailgun": timedelta(hours=12), "SendGrid": timedelta(hours=30)}
AHEAD = timedelta(minutes=10)
SENDGRID_TIME = "X-Twilio-Email-Event-Webhook-Timestamp"


def check_fresh(view: Any, request: HttpRequest, kind: EventKind) -> None:
    """Raise AnymailWebhookValidationFailure for a signature of another day or another door.

    Asked after the signature itself was verified; of posts that carry none (a secret in the
    address lets them in) nothing is asked. Rules: documentation.mailgun.com, "Securing webhooks";
    docs.sendgrid.com, "Getting started with the Event Webhook security features".
    """
    if view.esp_name == "Mailgun":
        token, signed_at = _signed(request)
        _check_moment(view.esp_name, signed_at)
        _check_door(token, kind)
    elif view.esp_name == "SendGrid" and getattr(view, "webhook_verification_key", None):
        _check_moment(view.esp_name, _moment(request.headers[SENDGRID_TIME]))


def _check_moment(esp: str, signed_at: datetime | None) -> None:
    now = timezone.now()
    if signed_at is None or not now - OLDEST[esp] <= signed_at <= now + AHEAD:
        raise AnymailWebhookValidationFailure(f"This {esp} signature is not of today.")


def _check_door(token: str, kind: EventKind) -> None:
    """Mailgun signs a token and a time, but not the content.

    Used again at the same door a token stores nothing, since it is the event's key.
    """
    if ProviderEvent.objects.filter(esp="mailgun", key=token).exclude(kind=kind).exists():
        raise AnymailWebhookValidationFailure("This Mailgun signature was used for something else.")


def _signed(request: HttpRequest) -> tuple[str, datetime | None]:
    """Token and time of the signature, as anymail has verified them."""
    if request.content_type == "application/json":
        block: Any = json.loads(request.body)["signature"]
    else:
        block = request.POST
    return str(block["token"]), _moment(block["timestamp"])


def _moment(seconds: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(seconds), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None
