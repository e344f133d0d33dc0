"""Connections of one mailbox that hand messages over side by side."""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import DatabaseError, connection

from outreach.channels import outcomes
from outreach.channels.links import Link, link_of
from outreach.channels.outcomes import Outcome
from outreach.models import Mailbox, Message
from outreach.sending import handover

log = structlog.get_logger(__name__)
# How many hand-overs a connection tells of at once. One handful may be in its hands, one gathered
# and one being recorded: so many, and the one in mid-air, can't be known if the worker dies.
HANDFUL, HANDFUL_SECONDS = 4, 0.2
HANDFUL_ALONE = 10  # of a single connection, which tells of each handful before it goes on
UNKNOWN_AT_MOST = max(3 * HANDFUL, HANDFUL_ALONE) + 1  # a connection


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of one message: its outcome, or None where its hand-over never began.

    `lost` where the step itself broke: the row knows how far it got, and its lease ends it.
    """

    message: Message
    outcome: Outcome | None
    at: datetime
    lost: bool = False


@dataclass(frozen=True, slots=True)
class _Ready:
    """A message with all that can be made before its turn comes: once it comes, time is dear."""

    message: Message
    prepared: Any = None
    question: handover.Question | None = None
    refused: Outcome | None = None  # what can't be put into the form it would leave in


class ConnectionPool:
    """Up to `mailbox.max_connections` connections, opened as the work asks for them.

    With a real round trip to the provider nothing but several connections at once helps, so each
    runs in a thread with its own database session, both kept for the whole queue. A single
    connection works in the caller's thread. A worker that dies leaves what was not yet taken out
    by `ended` uncertain, never sent again by itself.
    """

    def __init__(self, mailbox: Mailbox, worker: str, clock: Callable[[], datetime]) -> None:
        self.mailbox, self.worker, self.clock = mailbox, worker, clock
        self.stop = threading.Event()
        self.outstanding = 0
        self._work: queue.SimpleQueue[_Ready | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[list[Ended]] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._own_link = link_of(mailbox)

    @property
    def several(self) -> bool:
        """Whether connections work in threads of their own by now."""
        return bool(self._threads)

    def give(self, messages: list[Message]) -> None:
        """Queue messages to be handed over."""
        self.outstanding += len(messages)
        for message in messages:
            self._work.put(self._ready(message))
        wanted = min(self.mailbox.max_connections, len(messages) // 2)
        if wanted < 2:
            return
        while len(self._threads) < wanted:
            thread = threading.Thread(target=self._serve, daemon=True)
            self._threads.append(thread)
            thread.start()

    def _ready(self, message: Message) -> _Ready:
        try:
            prepared = self._own_link.prepare(message, self.clock())
            return _Ready(message, prepared, handover.question(message, worker=self.worker))
        except ValueError as error:
            return _Ready(message, refused=outcomes.permanent(f"It cannot be sent so: {error}"))

    def ended(self) -> list[Ended]:
        """Wait until a handful a connection has ended, or a moment has passed since the last."""
        if not self._threads:
            return self._work_a_handful()
        found: list[Ended] = []
        most = min(self.outstanding, HANDFUL * len(self._threads))
        end = time.monotonic() + HANDFUL_SECONDS
        while len(found) < most:
            try:
                found += self._done.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                if found:
                    break
                end = time.monotonic() + HANDFUL_SECONDS
        self.outstanding -= len(found)
        return found

    def close(self) -> None:
        """Let every connection go; what was not begun stays with its lease."""
        self.stop.set()
        for _thread in self._threads:
            self._work.put(None)
        for thread in self._threads:
            thread.join()
        self._own_link.close()

    def _work_a_handful(self) -> list[Ended]:
        found: list[Ended] = []
        end = time.monotonic() + HANDFUL_SECONDS
        while self.outstanding and len(found) < HANDFUL_ALONE and time.monotonic() < end:
            ready = self._work.get()
            assert ready is not None
            self.outstanding -= 1
            try:
                found.append(self._hand_over(self._own_link, ready))
            except DatabaseError:
                if not found:
                    raise
                # What this handful sent is told first; the next one meets the trouble again.
                found.append(Ended(ready.message, None, self.clock(), lost=True))
                break
        return found

    def _serve(self) -> None:
        link = link_of(self.mailbox)
        try:
            while self._serve_a_handful(link):
                pass
        finally:
            link.close()
            connection.close()

    def _serve_a_handful(self, link: Link) -> bool:
        """Hand over and tell of it, not one by one: each telling wakes the thread that waits.

        False when no more work comes.
        """
        told: list[Ended] = []
        ready = self._work.get()
        end = time.monotonic() + HANDFUL_SECONDS
        try:
            while ready is not None:
                told.append(self._try(link, ready))
                if len(told) == HANDFUL or time.monotonic() > end:
                    break
                ready = self._work.get_nowait()
        except queue.Empty:
            pass
        finally:
            self._done.put(told)
        return ready is not None

    def _try(self, link: Link, ready: _Ready) -> Ended:
        try:
            return self._hand_over(link, ready)
        except Exception:
            # The lease brings this message back; a fresh session takes the others on.
            log.exception("hand_over_failed", mailbox=str(self.mailbox.pk))
            connection.close()
            return Ended(ready.message, None, self.clock(), lost=True)

    def _hand_over(self, link: Link, ready: _Ready) -> Ended:
        message = ready.message
        if self.stop.is_set():
            return Ended(message, None, self.clock())
        if ready.question is None:
            assert ready.refused is not None
            return self._end(message, ready.refused)
        trouble = link.open()
        if trouble is not None:
            return self._end(message, trouble)
        if not handover.begin(ready.question, now=self.clock()):
            return Ended(message, None, self.clock())
        return self._end(message, link.send(ready.prepared))

    def _end(self, message: Message, outcome: Outcome) -> Ended:
        if outcome.mailbox_trouble:
            self.stop.set()
        return Ended(message, outcome, self.clock())
