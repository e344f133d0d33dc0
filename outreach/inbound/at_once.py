"""Reads what came in where it was heard: no queue, and no worker's long chore, stands before it.

A reply stops what is still to be sent, and seconds count. Only a web server does so (`enable`), a
few at a time; a flood is left to the workers. What is cut off, the next tick finds.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import structlog
from django.db import close_old_connections
from django.utils import timezone

from outreach.conversations.case import ReplyCase
from outreach.conversations.classify import classify
from outreach.inbound.process import process_few

log = structlog.get_logger(__name__)
FEW = 3  # more that wait are a flood: its reading would slow the pages this process serves
LARGEST = 256 * 1024  # bytes of a mail; one with attachments is a worker's
_enabled = threading.Event()
# One reads and one is asked to: the second finds what came while the first was at it.
_places = threading.BoundedSemaphore(2)


def enable() -> None:
    """Let this process read; called by the web server when it starts.

    The first reading compiles its words, which takes a second: nobody's reply shall wait for that.
    """
    classify(ReplyCase("Yes, call me tomorrow at 10.", timezone.now()))
    _enabled.set()


def read_soon(size: int, *, otherwise: Callable[[], None]) -> bool:
    """Have a thread read what waits now, after commit; False where a worker has to.

    `size` is what just came, in bytes. `otherwise` asks a worker: called when some is left.
    """
    if not _enabled.is_set() or size > LARGEST or not _places.acquire(blocking=False):
        return False
    _reader().submit(_read, otherwise)
    return True


@cache
def _reader() -> ThreadPoolExecutor:
    """Made when first asked for, so that a server which forks has one in each process.

    Its thread is waited for when the process ends: what it has begun it finishes.
    """
    return ThreadPoolExecutor(1, thread_name_prefix="inbound")


def _read(otherwise: Callable[[], None]) -> None:
    close_old_connections()
    try:
        with structlog.contextvars.bound_contextvars(task="read_at_once"):
            left = process_few(FEW)
    except Exception:
        # A thread has nobody to tell; the events stand as they were.
        log.exception("read_at_once_failed")
        left = True
    finally:
        _places.release()
    if left:
        otherwise()
    close_old_connections()
