"""Message-IDs derived and signed: a lost answer can be matched, a forged one not."""

import hashlib
import hmac
import re
from uuid import UUID

from django.conf import settings

FORM = re.compile(r"<?([0-9a-f]{32})\.([0-9a-f]{20})@[^>\s]+>?", re.IGNORECASE)


def build(message_id: UUID, domain: str) -> str:
    """The RFC 5322 Message-ID of one of our messages, angle brackets included."""
    return f"<{message_id.hex}.{_signature(message_id)}@{domain}>"


def read(rfc_id: str) -> UUID | None:
    """Which message a Message-ID (or a References header) names; None unless we signed it."""
    for match in FORM.finditer(rfc_id):
        message_id = UUID(hex=match.group(1))
        if hmac.compare_digest(match.group(2).lower(), _signature(message_id)):
            return message_id
    return None


def _signature(message_id: UUID) -> str:
    key = hashlib.sha256(b"outreach.message-id:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, message_id.bytes, hashlib.sha256).hexdigest()[:20]
