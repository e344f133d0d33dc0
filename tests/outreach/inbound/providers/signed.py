"""Providers that sign their posts: one report of a delivery each, by a key that may be chosen."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from django.utils.http import urlencode
from twilio.request_validator import RequestValidator

from tests.outreach.inbound.providers.posting import SENDGRID_KEY, SENDGRID_PUBLIC, Post

OURS, THEIRS = "our-account", "another-account"
POSTAL = {name: rsa.generate_private_key(65537, 2048) for name in (OURS, THEIRS)}
SENDGRID = {OURS: SENDGRID_KEY, THEIRS: ec.generate_private_key(ec.SECP256R1())}
ADDRESS = "person0@jets.example"
SERVER = "https://desk.example"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"

SETTINGS = {
    "SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY": SENDGRID_PUBLIC,
    "MAILGUN_WEBHOOK_SIGNING_KEY": OURS,
    "MAILERSEND_SIGNING_SECRET": OURS,
    "MAILTRAP_TRACKING_SECRET": OURS,
    "MANDRILL_WEBHOOK_KEY": OURS,
    "MANDRILL_WEBHOOK_URL": f"{SERVER}/anymail/mandrill/",
    "UNISENDER_GO_API_KEY": OURS,
    "POSTAL_WEBHOOK_KEY": base64.b64encode(
        POSTAL[OURS].public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    ).decode(),
}  # fmt: skip


def _hex(key: str, text: bytes) -> str:
    return hmac.new(key.encode(), text, hashlib.sha256).hexdigest()


def sendgrid(key: str = OURS, moment: float | None = None) -> Post:
    event = {"email": ADDRESS, "event": "delivered", "sg_event_id": "one", "timestamp": 1795186800}
    body, when = json.dumps([event]).encode(), str(int(moment or time.time()))
    signed = SENDGRID[key].sign(when.encode() + body, ec.ECDSA(hashes.SHA256()))
    names = {"Signature": base64.b64encode(signed).decode(), "Timestamp": when}
    headers = {f"X-Twilio-Email-Event-Webhook-{name}": value for name, value in names.items()}
    return Post("/anymail/sendgrid/tracking/", body, {"Content-Type": JSON, **headers})


def mailgun(key: str = OURS, moment: float | None = None) -> Post:
    when = str(int(moment or time.time()))
    signature = {"timestamp": when, "token": "t", "signature": _hex(key, f"{when}t".encode())}
    event = {"event": "delivered", "recipient": ADDRESS, "timestamp": 1795186800.0, "id": "one",
             "message": {"headers": {"message-id": "m@x"}}}  # fmt: skip
    body = json.dumps({"signature": signature, "event-data": event}).encode()
    return Post("/anymail/mailgun/tracking/", body, {"Content-Type": JSON})


def mailersend(key: str = OURS) -> Post:
    data = {"type": "delivered", "id": "one", "created_at": "2026-11-20T15:00:00Z",
            "email": {"message": {"id": "m"}, "recipient": {"email": ADDRESS}}}  # fmt: skip
    body = json.dumps({"type": "activity.delivered", "data": data}).encode()
    headers = {"Content-Type": JSON, "Signature": _hex(key, body)}
    return Post("/anymail/mailersend/tracking/", body, headers)


def mailtrap(key: str = OURS) -> Post:
    event = {"event": "delivery", "message_id": "m", "email": ADDRESS, "timestamp": 1795186800,
             "event_id": "one"}  # fmt: skip
    body = json.dumps({"events": [event]}).encode()
    headers = {"Content-Type": JSON, "Mailtrap-Signature": _hex(key, body)}
    return Post("/anymail/mailtrap/tracking/", body, headers)


def mandrill(key: str = OURS) -> Post:
    event = {"event": "open", "_id": "one", "ts": 1795186800, "msg": {"email": ADDRESS}}
    events = json.dumps([event])
    text = f"{SERVER}/anymail/mandrill/mandrill_events{events}"
    signed = hmac.new(key.encode(), text.encode(), hashlib.sha1).digest()
    headers = {"Content-Type": FORM, "X-Mandrill-Signature": base64.b64encode(signed).decode()}
    return Post("/anymail/mandrill/", urlencode({"mandrill_events": events}).encode(), headers)


def postal(key: str = OURS) -> Post:
    payload = {"status": "Sent", "message": {"id": 1, "to": ADDRESS, "direction": "outgoing"}}
    body = json.dumps({"uuid": "one", "timestamp": 1795186800, "payload": payload}).encode()
    signed = POSTAL[key].sign(body, padding.PKCS1v15(), hashes.SHA1())  # Postal's own
    headers = {"Content-Type": JSON, "X-Postal-Signature": base64.b64encode(signed).decode()}
    return Post("/anymail/postal/tracking/", body, headers)


def unisender_go(key: str = OURS) -> Post:
    event = {"event_name": "transactional_email_status", "status": "delivered", "job_id": "m",
             "email": ADDRESS, "event_time": "2026-11-20 15:00:00"}  # fmt: skip
    return signed_unisender({**event, "auth": key})


def signed_unisender(event: dict[str, Any]) -> Post:
    """Unisender signs by what stands in “auth”, first the key and then the sum."""
    unsigned = json.dumps(event)
    signed = hashlib.md5(unsigned.encode()).hexdigest()  # Unisender's own
    body = json.dumps({**event, "auth": signed}).encode()
    return Post("/anymail/unisender_go/tracking/", body, {"Content-Type": JSON})


def twilio(key: str = OURS) -> Post:
    fields = {"MessageSid": "SM1", "MessageStatus": "delivered", "To": "+12015550118"}
    path = "/webhooks/twilio/status"
    signed = RequestValidator(key).compute_signature(SERVER + path, fields)
    headers = {"Content-Type": FORM, "X-Twilio-Signature": str(signed)}
    return Post(path, urlencode(fields).encode(), headers)


SIGNED: dict[str, Callable[..., Post]] = {
    "mailersend": mailersend, "mailgun": mailgun, "mailtrap": mailtrap, "mandrill": mandrill,
    "postal": postal, "sendgrid": sendgrid, "twilio": twilio, "unisender_go": unisender_go,
}  # fmt: skip
# Where each keeps its signature: in a header, or in the body.
HEADERS: dict[str, str] = {
    "mailersend": "Signature", "mailtrap": "Mailtrap-Signature",
    "mandrill": "X-Mandrill-Signature", "postal": "X-Postal-Signature",
    "sendgrid": "X-Twilio-Email-Event-Webhook-Signature", "twilio": "X-Twilio-Signature",
}  # fmt: skip


def otherwise(post: Post, old: str = "person0", new: str = "person1") -> bytes:
    """The post's body with another address in it."""
    changed = post.body.replace(old.encode(), new.encode())
    return changed if changed != post.body else changed.replace(b"5550118", b"5550119")


def posted(client: Any, post: Post, **headers: str) -> int:
    """Post it to the test's client; the status that came back."""
    sent = {**post.headers, **headers}
    kind = sent.pop("Content-Type")
    answer = client.post(post.path, post.body, content_type=kind, headers=sent)
    return int(answer.status_code)
