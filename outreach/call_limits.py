"""Counts calls in windows of time, in the shared cache, so that it holds over all web workers."""

import time

from django.core.cache import cache


def within(scope: str, limit: int, seconds: int) -> bool:
    """Count one more call under `scope`; False once more than `limit` came in this window."""
    return _count(scope, seconds) <= limit


def used_up(scope: str, limit: int, seconds: int) -> bool:
    """Whether `limit` calls were already counted in this window, without counting one."""
    return int(cache.get(_window(scope, seconds), 0)) >= limit


def seconds_left(seconds: int) -> int:
    """How long the current window of this length still lasts."""
    return seconds - int(time.time()) % seconds


def _count(scope: str, seconds: int) -> int:
    window = _window(scope, seconds)
    cache.add(window, 0, timeout=seconds * 2)
    try:
        return cache.incr(window)
    except ValueError:  # evicted between the two calls
        cache.set(window, 1, timeout=seconds * 2)
        return 1


def _window(scope: str, seconds: int) -> str:
    return f"rate:{scope}:{seconds}:{int(time.time()) // seconds}"
