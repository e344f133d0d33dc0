"""How providers post: over HTTP, with their own signatures and envelopes."""

import base64
import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test.client import encode_multipart

from tests.outreach.inbound.conftest import SECRET

SENDGRID_KEY = ec.generate_private_key(ec.SECP256R1())
SENDGRID_PUBLIC = base64.b64encode(
    SENDGRID_KEY.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
).decode()
BOUNDARY = "xYzZY"  # SendGrid's own


@dataclass(frozen=True)
class Post:
    """One HTTP post of a provider."""

    path: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


def send(server: str, post: Post) -> int:
    """Post to the running server; returns the status."""
    request = urllib.request.Request(server + post.path, post.body, post.headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        return refusal.code


def json_post(path: str, body: Any, **headers: str) -> Post:
    return Post(
        path,
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Authorization": SECRET, **headers},
    )


def form_post(path: str, fields: dict[str, Any], **headers: str) -> Post:
    return Post(
        path,
        encode_multipart(BOUNDARY, fields),
        {
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Authorization": SECRET,
            **headers,
        },
    )


def signed_sendgrid(path: str, body: bytes) -> Post:
    moment = str(int(time.time()))
    signature = SENDGRID_KEY.sign(moment.encode() + body, ec.ECDSA(hashes.SHA256()))
    return Post(
        path,
        body,
        {
            "Content-Type": "application/json",
            "Authorization": SECRET,
            "X-Twilio-Email-Event-Webhook-Signature": base64.b64encode(signature).decode(),
            "X-Twilio-Email-Event-Webhook-Timestamp": moment,
        },
    )


def mailgun_signature(token: str, moment: float | None = None) -> dict[str, str]:
    timestamp = str(int(moment if moment is not None else time.time()))
    digest = hmac.new(b"signing-key", f"{timestamp}{token}".encode(), hashlib.sha256)
    return {"timestamp": timestamp, "token": token, "signature": digest.hexdigest()}


def sns(path: str, message: Any, *, number: int = 1, kind: str = "Notification") -> Post:
    """An SNS envelope as Amazon posts it; the secret comes with it, as SNS was asked to."""
    text = message if isinstance(message, str) else json.dumps(message)
    envelope = {
        "Type": kind,
        "MessageId": f"22b80b92-fdea-4c2c-8f9d-{number:012}",
        "TopicArn": "arn:aws:sns:us-east-1:123456789012:desk",
        "Message": text,
        "Timestamp": "2026-11-20T15:00:00.000Z",
        "SignatureVersion": "1",
        "Signature": base64.b64encode(b"not checked by anymail").decode(),
        "SigningCertURL": "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
    }
    if kind == "SubscriptionConfirmation":
        envelope["Token"] = "2336412f37"
    return Post(
        path,
        json.dumps(envelope).encode(),
        {
            "Content-Type": "text/plain; charset=UTF-8",
            "Authorization": SECRET,
            "x-amz-sns-message-type": kind,
            "x-amz-sns-message-id": str(envelope["MessageId"]),
        },
    )
