"""Endpoints: which URLs are allowed, their secrets, ending and beginning again."""

import base64
import ipaddress
import socket
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from compliance import audit
from outreach.models import DeliveryStatus, WebhookDelivery, WebhookEndpoint

OLD_SECRET_LASTS = timedelta(hours=24)
# Public by the book, but a gateway may turn them into any address of IPv4: NAT64 and 6to4.
TRANSLATED = [ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")]


class UrlError(ValueError):
    """Why a URL may not hear our news; the text is for the person who typed it."""


def check_url(url: str) -> tuple[str, int, str]:
    """Host, port and the public IP address to connect to; UrlError when news may not go there.

    Whoever may add an endpoint must not reach through us what only our network can: private,
    loopback and link-local addresses are refused unless WEBHOOKS_ALLOW_PRIVATE is set.
    """
    parts = urlsplit(url)
    private = settings.WEBHOOKS_ALLOW_PRIVATE
    if parts.scheme != "https" and not (private and parts.scheme == "http"):
        raise UrlError("The URL must begin with https://.")
    if not parts.hostname or parts.username or parts.password:
        raise UrlError("Give a URL with a host and without a user name in it.")
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except ValueError as error:
        raise UrlError("The URL's port is no port.") from error
    except OSError as error:
        raise UrlError(f"No address is known for {parts.hostname}.") from error
    addresses = [str(where[0]) for *_rest, where in found]
    if not private and not all(map(_is_public, addresses)):
        raise UrlError(f"{parts.hostname} is not on the public internet.")
    return parts.hostname, port, addresses[0]


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address)
    leads_on = found.version == 6 and any(found in net for net in TRANSLATED)
    return found.is_global and not found.is_multicast and not leads_on


def create(*, name: str, url: str, events: list[str], owner: User, actor: str) -> WebhookEndpoint:
    """A new endpoint; UrlError when its URL is not allowed."""
    check_url(url)
    with transaction.atomic():
        endpoint = WebhookEndpoint.objects.create(name=name, url=url, events=events, owner=owner)
        audit.append("webhook.created", endpoint, actor=actor, data={"url": url, "events": events})
    return endpoint


@transaction.atomic
def edit(endpoint: WebhookEndpoint, *, actor: str) -> None:
    """Save a changed name, URL or choice of events; UrlError when the URL is not allowed."""
    check_url(endpoint.url)
    endpoint.save(update_fields=["name", "url", "events"])
    data = {"url": endpoint.url, "events": endpoint.events}
    audit.append("webhook.changed", endpoint, actor=actor, data=data)


def secrets_of(endpoint: WebhookEndpoint) -> list[str]:
    """The secrets to sign with, the shown one first: `whsec_…` as Standard Webhooks writes them.

    For a day after a rotation the one before signs too; so do Django's SECRET_KEY_FALLBACKS.
    """
    generations = [endpoint.generation]
    if endpoint.rotated_at and timezone.now() - endpoint.rotated_at < OLD_SECRET_LASTS:
        generations.append(endpoint.generation - 1)
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [_secret(endpoint, generation, key) for generation in generations for key in keys]


def _secret(endpoint: WebhookEndpoint, generation: int, key: str) -> str:
    made = salted_hmac(
        "outreach.webhooks", f"{endpoint.pk}:{generation}", secret=key, algorithm="sha256"
    )
    return "whsec_" + base64.b64encode(made.digest()).decode()


@transaction.atomic
def rotate(endpoint: WebhookEndpoint, *, actor: str) -> str:
    """A new secret, returned; the old one signs beside it for a day."""
    endpoint.generation += 1
    endpoint.rotated_at = timezone.now()
    endpoint.save(update_fields=["generation", "rotated_at"])
    audit.append("webhook.secret_rotated", endpoint, actor=actor)
    return secrets_of(endpoint)[0]


@transaction.atomic
def disable(endpoint: WebhookEndpoint, *, reason: str, actor: str) -> bool:
    """Tell it nothing from now on; False if it was off already."""
    changed = WebhookEndpoint.objects.filter(pk=endpoint.pk, disabled_at=None).update(
        disabled_at=timezone.now(), disabled_reason=reason[:300]
    )
    if changed:
        audit.append("webhook.disabled", endpoint, actor=actor, reason=reason)
    return bool(changed)


@transaction.atomic
def enable(endpoint: WebhookEndpoint, *, actor: str) -> bool:
    """Tell it the news again, beginning with what still waits."""
    changed = (
        WebhookEndpoint.objects.filter(pk=endpoint.pk)
        .exclude(disabled_at=None)
        .update(disabled_at=None, disabled_reason="")
    )
    if changed:
        audit.append("webhook.enabled", endpoint, actor=actor)
    return bool(changed)


@transaction.atomic
def send_again(delivery: WebhookDelivery, *, actor: str) -> bool:
    """Try an ended delivery once more from the start; False while it still waits."""
    changed = (
        WebhookDelivery.objects.filter(pk=delivery.pk)
        .exclude(status=DeliveryStatus.PENDING)
        .update(
            status=DeliveryStatus.PENDING, attempts=0, next_try_at=timezone.now(), ended_at=None
        )
    )
    if changed:
        audit.append("webhook.sent_again", delivery, actor=actor, data={"event": delivery.event})
    return bool(changed)
