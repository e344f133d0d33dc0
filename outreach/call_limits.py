"""Counts calls in windows of time, in the shared cache, so that it holds over all web workers."""

import time

from django.core.cache import cache

# A database cache gives a counter its default life of 300 s again with every count.
LONGEST_WINDOW = 300


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
    try:
        return cache.incr(window)
    except ValueError:  # the window's first call
        return 1 if cache.add(window, 1, timeout=LONGEST_WINDOW) else cache.incr(window)


def _window(scope: str, seconds: int) -> str:
    return f"rate:{scope}:{seconds}:{int(time.time()) // seconds}"
