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
    return f"<{message_id.hex}.{_signature(settings.SECRET_KEY, message_id)}@{domain}>"


def read(rfc_id: str) -> UUID | None:
    """Which message a Message-ID (or a References header) names; None unless we signed it."""
    for match in FORM.finditer(rfc_id):
        message_id = UUID(hex=match.group(1))
        if hmac.compare_digest(match.group(2).lower(), _signature(settings.SECRET_KEY, message_id)):
            return message_id
    return None


@lru_cache(maxsize=4096)  # asked for at each step of a message's way out
def _signature(secret: str, message_id: UUID) -> str:
    # Not `hmac.digest`: it lets other threads in, and waits for its turn longer than it works.
    signing = _keyed(secret).copy()
    signing.update(message_id.bytes)
    return signing.hexdigest()[:20]


@lru_cache(maxsize=4)
def _keyed(secret: str) -> hmac.HMAC:
    key = hashlib.sha256(b"outreach.message-id:" + secret.encode()).digest()
    return hmac.new(key, digestmod="sha256")
