"""Reads thousands of replies, over several processes where that pays. Pure."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from outreach.conversations.case import ReplyCase, ReplyReading
from outreach.conversations.classify import classify

CHUNK = 50


def classify_many(cases: Iterable[ReplyCase], *, workers: int = 1) -> Iterator[ReplyReading]:
    """The reading of each case, in order; about half a second goes by until a worker is ready."""
    if workers <= 1:
        yield from map(classify, cases)
        return
    # Spawned, not forked: a fork would share the parent's database connections.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(classify, cases, chunksize=CHUNK)
