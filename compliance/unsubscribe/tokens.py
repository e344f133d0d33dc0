"""The token in an unsubscribe link: signed, the same for ever, and silent about whose it is.

It holds the address itself, so that it works after everything else about the person is gone; but
encrypted, so that logs and link scanners learn nothing. The construction is SIV (RFC 5297) with
HMAC-SHA-256: the tag authenticates the text and starts the key stream, so equal addresses make
equal tokens and there is no nonce to get wrong.
"""

import base64
import binascii
import hmac

from compliance.choices import AddressKind
from compliance.keyed_hash import derived_keys

LABEL = "unsubscribe token"
TAG = 16
KINDS = {AddressKind.EMAIL: b"e", AddressKind.PHONE: b"p"}
# What mail programs drag along when they make a link of plain text.
AROUND = " <>().,;:'\"»”’"


def make_token(kind: str, address: str) -> str:
    """The token of a normalised e-mail address or phone number."""
    text = KINDS[AddressKind(kind)] + address.encode()
    key = derived_keys(LABEL)[0]
    tag = _tag(key, text)
    return base64.urlsafe_b64encode(tag + _mix(key, tag, text)).rstrip(b"=").decode()


def read_token(token: str) -> tuple[str, str] | None:
    """The (kind, address) a token is for; None unless we made it."""
    bare = token.strip(AROUND)
    try:
        sealed = base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    tag, mixed = sealed[:TAG], sealed[TAG:]
    for key in derived_keys(LABEL):
        text = _mix(key, tag, mixed)
        if len(tag) == TAG and hmac.compare_digest(tag, _tag(key, text)):
            kind = next(kind for kind, mark in KINDS.items() if mark == text[:1])
            return str(kind), text[1:].decode()
    return None


def _tag(key: bytes, text: bytes) -> bytes:
    return hmac.digest(key, b"tag" + text, "sha256")[:TAG]


def _mix(key: bytes, tag: bytes, text: bytes) -> bytes:
    blocks = range((len(text) + 31) // 32)
    stream = b"".join(
        hmac.digest(key, b"stream" + tag + n.to_bytes(4, "big"), "sha256") for n in blocks
    )
    return bytes(one ^ other for one, other in zip(text, stream, strict=False))
