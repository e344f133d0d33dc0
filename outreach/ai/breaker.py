"""Stops asking a model that is in trouble, so that eleven drafts do not wait eleven time limits."""

import hashlib

from django.conf import settings
from django.core.cache import cache

TRIPS_AFTER = 3  # exchanges in a row without a reply
RESTS_FOR = 60  # seconds


def tripped() -> bool:
    """Whether the model gave no reply several times in a row within the last minute."""
    return int(cache.get(_key(), 0)) >= TRIPS_AFTER


def record_trouble() -> None:
    """The server gave no usable reply."""
    key = _key()
    cache.set(key, int(cache.get(key, 0)) + 1, timeout=RESTS_FOR)


def record_reply() -> None:
    """The server answers, whatever the answer is worth."""
    if cache.get(_key()) is not None:
        cache.delete(_key())


def _key() -> str:
    """One count for each server and model, shared by all workers."""
    server = f"{settings.AI_BASE_URL} {settings.AI_MODEL}".encode()
    return f"ai-trouble:{hashlib.sha256(server).hexdigest()[:32]}"
