"""Message-IDs derived and signed: a lost answer can be matched, a forged one not."""

import hashlib
import hmac
import re
from functools import lru_cache
from uuid import UUID

from django.conf import settings

FORM = re.compile(r"<?([0-9a-f]{32})\.([0-9a-f]{20})@[^>\s]+>?", re.IGNORECASE)


def build(message_id: UUID, domain: str) -> str:
    """The RFC 5322 Message-ID of one of our messages, angle brackets included."""
    return f"<{message_id.hex}.{_signature(_key(settings.SECRET_KEY), message_id)}@{domain}>"


def read(rfc_id: str) -> UUID | None:
    """Which message a Message-ID (or a References header) names; None unless we signed it."""
    key = _key(settings.SECRET_KEY)
    for match in FORM.finditer(rfc_id):
        message_id = UUID(hex=match.group(1))
        if hmac.compare_digest(match.group(2).lower(), _signature(key, message_id)):
            return message_id
    return None


@lru_cache(maxsize=4096)  # asked for at each step of a message's way out
def _signature(key: bytes, message_id: UUID) -> str:
    return hmac.digest(key, message_id.bytes, "sha256").hex()[:20]


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return hashlib.sha256(b"outreach.message-id:" + secret.encode()).digest()
