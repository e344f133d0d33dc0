"""What stays of an address after erasure: a keyed hash, which only the pepper's holder can match.

A plain hash of a phone number can be found by trying every number; a keyed one cannot.
"""

import hashlib
import hmac
import re
from functools import lru_cache

from django.conf import settings

FORM = re.compile(r"hmac:([0-9a-f]{8}):[0-9a-f]{64}")


def hashed(address: str) -> str:
    """`hmac:<key id>:<HMAC-SHA-256>` of a normalised address, with the pepper in use."""
    return _hash(_peppers()[0], address)


def all_hashes(address: str) -> list[str]:
    """The address under the pepper in use and under every one before it."""
    return [_hash(pepper, address) for pepper in _peppers()]


def is_hash(address: str) -> bool:
    """Whether this is what `hashed` makes, whatever the pepper."""
    return FORM.fullmatch(address) is not None


def bare(kept: str) -> str:
    """The 64 hexadecimal digits of a hash, without form and key id."""
    return kept.rsplit(":", 1)[-1]


def key_ids() -> list[str]:
    """The ids of the peppers in use: a hash with another id can never be matched again."""
    return [_key_id(pepper) for pepper in _peppers()]


def derived_keys(label: str) -> list[bytes]:
    """32-byte keys for another purpose, one a pepper, the one in use first."""
    return [hmac.digest(pepper, label.encode(), "sha256") for pepper in _peppers()]


def _peppers() -> list[bytes]:
    given = [settings.ADDRESS_PEPPER or settings.SECRET_KEY, *settings.ADDRESS_PEPPER_FALLBACKS]
    return [_stretch(secret) for secret in given]


@lru_cache(maxsize=16)
def _stretch(secret: str) -> bytes:
    return hashlib.sha256(b"compliance.address:" + secret.encode()).digest()


@lru_cache(maxsize=16)
def _key_id(pepper: bytes) -> str:
    return hmac.digest(pepper, b"key id", "sha256").hex()[:8]


@lru_cache(maxsize=4096)  # the gate, the hand-over and the ledger ask about the same address
def _hash(pepper: bytes, address: str) -> str:
    digest = hmac.digest(pepper, b"address:" + address.encode("utf-8", "surrogatepass"), "sha256")
    return f"hmac:{_key_id(pepper)}:{digest.hex()}"
