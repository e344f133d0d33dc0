"""Twilio's doors: signed texts and delivery reports are stored raw, and answered fast.

A text that Twilio does not answer by itself (HELP, or a wish to stop in free words) is answered
in the reply to the post, once: the law allows one confirmation, at once, and nothing more.
"""

import json
from collections.abc import Mapping
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from twilio.request_validator import RequestValidator

from compliance.typed import number_of
from outreach.channels import keywords
from outreach.channels.sms_errors import handling_of
from outreach.inbound import receive

log = structlog.get_logger(__name__)
SIGNATURE = "X-Twilio-Signature"
EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
# What Twilio calls a state, and what it means to a message of ours; others change nothing.
MEANINGS = {
    "delivered": "delivered",
    "read": "opened",
    "undelivered": "bounced",
    "failed": "bounced",
}


@csrf_exempt
def text_received(request: HttpRequest) -> HttpResponse:
    """`/webhooks/twilio/sms`: somebody texted one of our numbers."""
    fields = _authenticated(request)
    if isinstance(fields, HttpResponse):
        return fields
    sid = str(fields.get("MessageSid") or fields.get("SmsSid") or "")
    new = receive.store_text(sid=sid, fields=fields, raw=request.body)
    answer = keywords.answer_to(fields) if new else ""
    return HttpResponse(_twiml(answer), content_type="text/xml")


@csrf_exempt
def status_changed(request: HttpRequest) -> HttpResponse:
    """`/webhooks/twilio/status`: what became of a text of ours. Any order, any number of times."""
    fields = _authenticated(request)
    if isinstance(fields, HttpResponse):
        return fields
    sid = str(fields.get("MessageSid") or fields.get("SmsSid") or "")
    status = str(fields.get("MessageStatus") or fields.get("SmsStatus") or "").lower()
    code = str(fields.get("ErrorCode") or "")
    receive.store_tracking(
        esp="twilio",
        event_type=MEANINGS.get(status, status or "unknown"),
        key=f"{sid}:{status}",
        payload={
            "our_id": request.GET.get("message", ""),
            "message_id": sid,
            "recipient": fields.get("To", ""),
            "detail": _words(status, code),
            "code": code,
            "segments": fields.get("NumSegments", ""),
        },
    )
    return HttpResponse(status=204)


def _words(status: str, code: str) -> str:
    """What staff read: Twilio's word, and what its error number means."""
    number = number_of(code, None)
    if number is None:
        return f"Twilio: {status}"
    return f"{handling_of(number).meaning} (Twilio: {status}, error {code})"


def _authenticated(request: HttpRequest) -> Mapping[str, Any] | HttpResponse:
    """The posted fields, or the refusal."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    body = request.body  # read first: parsing a form would consume it
    signature = request.headers.get(SIGNATURE, "")
    token = settings.TWILIO_AUTH_TOKEN
    # The address Twilio called, not the one a proxy or a forged Host header makes of it.
    url = settings.PUBLIC_URL.rstrip("/") + request.get_full_path()
    is_json = request.content_type == "application/json"
    try:
        posted: Any = body.decode() if is_json else request.POST
        genuine = bool(token and signature) and RequestValidator(token).validate(
            url, posted, signature
        )
    except (TypeError, ValueError):
        genuine = False  # a JSON body whose address carries no hash of it
    if not genuine:
        log.warning("webhook_refused", path=request.path, reason="signature")
        problem = {
            "title": "Not authenticated",
            "status": 403,
            "detail": "The signature is missing or wrong, or no TWILIO_AUTH_TOKEN is set.",
        }
        return JsonResponse(problem, status=403, content_type="application/problem+json")
    if not is_json:
        return {name: request.POST[name] for name in request.POST}
    try:
        fields = json.loads(posted)
    except ValueError:
        fields = None
    if isinstance(fields, dict):
        return fields
    receive.store_unreadable(esp="twilio", kind="inbound", raw=body, problem="no JSON object")
    return HttpResponse("kept for a person to look at")


def _twiml(answer: str) -> str:
    if not answer:
        return EMPTY
    # The library's own writer escapes; it is not needed for the usual empty answer.
    from twilio.twiml.messaging_response import MessagingResponse

    response = MessagingResponse()
    response.message(answer)
    return str(response)


urlpatterns = [
    path("webhooks/twilio/sms", text_received, name="twilio_sms"),
    path("webhooks/twilio/status", status_changed, name="twilio_status"),
]
