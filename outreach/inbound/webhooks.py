"""The webhook doors: authenticate, store raw, answer fast. Fail closed, lose nothing."""

import json
import warnings
from collections.abc import Callable
from typing import Any

import anymail.urls
import structlog
from anymail.exceptions import (
    AnymailAPIError,
    AnymailConfigurationError,
    AnymailError,
    AnymailImproperlyInstalled,
    AnymailInvalidAddress,
    AnymailWebhookValidationFailure,
)
from anymail.inbound import AnymailInboundMessage
from anymail.signals import AnymailInboundEvent, AnymailTrackingEvent
from anymail.webhooks.amazon_ses import AnymailBotoClientAPIError
from anymail.webhooks.base import AnymailBasicAuthMixin
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from outreach.choices import EventKind
from outreach.inbound import receive, too_large
from outreach.inbound.broken_addresses import without_broken
from outreach.inbound.hardness import cause_of
from outreach.inbound.notices.reading import Hardness
from outreach.inbound.notices.reports import without_type
from outreach.inbound.replays import check_fresh
from outreach.inbound.whole_files import guard_files

log = structlog.get_logger(__name__)
Door = Callable[..., HttpResponse]
# What anymail raises over a post, or a signature, that it does not understand.
UNREADABLE = (ValueError, TypeError, AttributeError, LookupError, AssertionError)


def guard(view_callback: Any) -> Door:
    """anymail's view behind our door: it authenticates and reads, we store and answer.

    403 for what is not signed as configured, also when nothing is configured to check with; 200
    for an authenticated post that cannot be read, which is kept for a person. 5xx only when we
    could not store it, so that the provider repeats.
    """

    @csrf_exempt
    def door(request: HttpRequest, *_path_parts: str) -> HttpResponse:
        asked_for = {"HEAD", "GET"} if hasattr(view_callback.view_class, "get") else {"HEAD"}
        if request.method in asked_for:
            return HttpResponse()  # some providers look whether the address exists
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST", *sorted(asked_for)])
        try:
            body = request.body  # read first: parsing a form would consume it
        except RequestDataTooBig:
            return _too_large(view_callback, request)
        try:
            view = _entered(view_callback, request)
            if view.esp_name == "Amazon SES" and "Authorization" not in request.headers:
                return _asks_for_secret()
            view.run_validators(request)
            check_fresh(view, request, _kind(request))
        except (AnymailError, ImproperlyConfigured, *UNREADABLE) as error:
            log.warning("webhook_refused", path=request.path, reason=str(error))
            return _refused()
        return _accept(view, request, body)

    return door


def _entered(view_callback: Any, request: HttpRequest) -> Any:
    view = view_callback.view_class(**view_callback.view_initkwargs)
    _insist_on_secret(view)
    view.setup(request)
    return view


def _too_large(view_callback: Any, request: HttpRequest) -> HttpResponse:
    """Of what was not read only the secret in the address can be checked."""
    try:
        view = _entered(view_callback, request)
        if getattr(view, "basic_auth", None):
            AnymailBasicAuthMixin.validate_request(view, request)
    except (AnymailError, ImproperlyConfigured, *UNREADABLE) as error:
        log.warning("webhook_refused", path=request.path, reason=str(error))
        return _refused()
    return too_large.put_off(request, esp=_name(view), kind=_kind(request))


def _name(view: Any) -> str:
    return str(view.esp_name).lower().replace(" ", "_")


def _insist_on_secret(view: Any) -> None:
    """Providers that sign nothing need our secret in the address; without one nobody enters."""
    if getattr(view, "warn_if_no_basic_auth", False) and not getattr(view, "basic_auth", None):
        raise AnymailConfigurationError("Set ANYMAIL_WEBHOOK_SECRET to open this webhook.")


def _asks_for_secret() -> HttpResponse:
    """Amazon SNS sends the secret only after it was asked for it in this form."""
    return HttpResponse(status=401, headers={"WWW-Authenticate": 'Basic realm="webhooks"'})


def _kind(request: HttpRequest) -> EventKind:
    return EventKind.INBOUND if "/inbound" in request.path else EventKind.TRACKING


def _refused() -> JsonResponse:
    problem = {
        "title": "Not authenticated",
        "status": 403,
        "detail": "The signature or secret is missing or wrong.",
    }
    return JsonResponse(problem, status=403, content_type="application/problem+json")


def _accept(view: Any, request: HttpRequest, body: bytes) -> HttpResponse:
    esp = _name(view)
    try:
        events = _read_events(view, request, body)
    except AnymailWebhookValidationFailure as error:
        log.warning("webhook_refused", path=request.path, reason=str(error))
        return _refused()
    except AnymailBotoClientAPIError:
        raise  # the mail lies in S3 and could not be fetched: the provider shall ask again
    except (*UNREADABLE, AnymailAPIError, AnymailConfigurationError) as error:
        receive.store_unreadable(esp=esp, kind=_kind(request), raw=body, problem=repr(error)[:500])
        return HttpResponse("kept for a person to look at")
    for event in events:
        if isinstance(event, AnymailInboundEvent):
            _store_mail(esp, event, body)
        elif isinstance(event, AnymailTrackingEvent):
            _store_report(esp, event)
    return HttpResponse("stored")


def _read_events(view: Any, request: HttpRequest, body: bytes) -> list[Any]:
    try:
        return list(view.parse_events(request))
    except (AnymailInvalidAddress, AttributeError, TypeError):
        mended = without_broken(body)
        if mended is None:
            raise
        # Its signature was verified over the body as it came.
        request._body = mended
        return list(view.parse_events(request))


def _store_mail(esp: str, event: AnymailInboundEvent, body: bytes) -> None:
    message: AnymailInboundMessage = event.message
    try:
        guard_files(message)
        raw = message.as_bytes()
    except (ValueError, LookupError, UnicodeError, AttributeError) as error:
        receive.store_unreadable(
            esp=esp, kind=EventKind.INBOUND, raw=body, problem=repr(error)[:500]
        )
        return
    receive.store_inbound(
        esp=esp,
        raw=raw,
        key=str(event.event_id or content_key(message, raw)),
        recipient=str(message.envelope_recipient or ""),
        sender=str(message.envelope_sender or ""),
    )


def content_key(message: AnymailInboundMessage, raw: bytes) -> str:
    """The key of a mail whose provider gives its posts no id: the same for the same content.

    A message that anymail put together from a form gets new boundaries with every post.
    """
    for part in message.walk():
        boundary = part.get_boundary()
        if boundary:
            raw = raw.replace(boundary.encode(), b"boundary")
    return receive.digest(raw)


def _store_report(esp: str, event: AnymailTrackingEvent) -> None:
    metadata = event.metadata or {}
    ours = str(metadata.get("message_id") or "")
    moment = event.timestamp.isoformat() if event.timestamp else ""
    cause = cause_of(esp, event)
    once = event.event_id or f"{event.message_id}:{moment}"
    # One post of Amazon's may speak of several people; a Mailgun token must not come twice.
    key = once if esp == "mailgun" else f"{event.event_type}:{once}:{event.recipient}"
    receive.store_tracking(
        esp=esp,
        event_type=str(event.event_type),
        key=str(key),
        payload={
            "our_id": ours,
            "message_id": event.message_id,
            "recipient": event.recipient,
            "timestamp": moment,
            "detail": without_type(event.mta_response or event.description or ""),
            "reject_reason": event.reject_reason,
            "hard": bool(cause and cause.hardness is Hardness.HARD),
            "cause": cause.name if cause else "",
            "user_agent": event.user_agent,
            "esp_event": _storable(event.esp_event),
        },
    )


def _storable(value: Any) -> Any:
    text = json.dumps(value, default=str)
    return json.loads(text) if len(text) < 20_000 else {"left_out": "too large"}


def anymail_patterns() -> list[URLPattern]:
    """anymail's own addresses for every provider, each behind our door."""
    return [
        URLPattern(pattern.pattern, guard(pattern.callback), pattern.default_args, pattern.name)
        for pattern in anymail.urls.urlpatterns
        if isinstance(pattern, URLPattern) and hasattr(pattern.callback, "view_class")
    ]


def configured_inbound() -> Door:
    """The inbound door of the provider that INBOUND_ESP names; 404-like refusal for no such one."""
    name = f"{settings.INBOUND_ESP.lower()}_inbound_webhook"
    for pattern in anymail.urls.urlpatterns:
        if isinstance(pattern, URLPattern) and pattern.name == name:
            return guard(pattern.callback)
    raise ImproperlyConfigured(
        f"INBOUND_ESP={settings.INBOUND_ESP!r} is no provider with inbound mail that anymail knows."
    )


def closed_doors() -> list[str]:
    """Why a provider that is set up can still not be let in: a key or a package is not usable."""
    found = []
    for pattern in anymail.urls.urlpatterns:
        view = getattr(pattern.callback, "view_class", None)
        try:
            with warnings.catch_warnings(action="ignore"):  # what is open to all is ours to close
                if view:
                    view(**pattern.callback.view_initkwargs)
        except (AnymailImproperlyInstalled, *UNREADABLE) as error:
            found.append(f"{pattern.name}: {' '.join(str(error).split())}")
        except AnymailConfigurationError:
            continue  # nobody set this one up
    return found


@csrf_exempt
def inbound_email(request: HttpRequest) -> HttpResponse:
    """`/webhooks/inbound-email`: the configured provider's inbound view."""
    return configured_inbound()(request)


urlpatterns = [path("webhooks/inbound-email", inbound_email, name="inbound_email")]
