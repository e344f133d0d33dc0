"""Connections of one mailbox that hand messages over side by side."""

import queue
import threading
import time
from collections.abc import Callable
from datetime import datetime

from django.db import connection

from outreach.channels import outcomes
from outreach.channels.links import Link, link_of
from outreach.models import Mailbox, Message
from outreach.sending import handover
from outreach.sending.sender import HANDFUL, Ended, Ready, Sender

WAIT_SECONDS = 0.2
UNKNOWN_AT_MOST = HANDFUL  # of each connection, if the worker dies: what it had in its hands


class ConnectionPool:
    """Up to `mailbox.max_connections` connections, opened as the work asks for them.

    With a real round trip to the provider nothing but several connections at once helps. Threads
    drive them, each with a database session of its own, both kept for the whole queue; those
    that can share a thread do. A single connection works in the caller's thread. A worker that
    dies leaves what its connections had in their hands uncertain, never sent again by itself.
    """

    def __init__(self, mailbox: Mailbox, worker: str, clock: Callable[[], datetime]) -> None:
        self.mailbox, self.worker, self.clock = mailbox, worker, clock
        self.stop = threading.Event()
        self.outstanding = 0
        self._work: queue.SimpleQueue[Ready | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[list[Ended] | BaseException] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._connections = 0  # that threads drive
        self._link = link_of(mailbox)
        self._own = Sender([self._link], worker, clock, self.stop)

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
        if wanted < 2 or wanted <= self._connections:
            return
        links = [link_of(self.mailbox) for _ in range(wanted - self._connections)]
        drivers = 1 if self._link.shares_thread else len(links)
        for number in range(drivers):
            thread = threading.Thread(
                target=self._drive, args=(links[number::drivers],), daemon=True
            )
            self._threads.append(thread)
            thread.start()
        self._connections = wanted

    def _ready(self, message: Message) -> Ready:
        try:
            prepared = self._link.prepare(message, self.clock())
            return Ready(message, prepared, handover.question(message, worker=self.worker))
        except ValueError as error:
            return Ready(message, refused=outcomes.permanent(f"It cannot be sent so: {error}"))

    def ended(self) -> list[Ended]:
        """Wait until a handful a connection has ended, or a moment has passed since the last."""
        if not self._threads:
            turn = Turn(self._work, time.monotonic() + WAIT_SECONDS)
            self._own.run(turn)
            self.outstanding -= len(turn.ended)
            return turn.ended
        found: list[Ended] = []
        most = min(self.outstanding, HANDFUL * self._connections)
        end = time.monotonic() + WAIT_SECONDS
        while len(found) < most:
            try:
                told = self._done.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                if found:
                    break
                end = time.monotonic() + WAIT_SECONDS
            else:
                if isinstance(told, BaseException):
                    raise told
                found += told
        self.outstanding -= len(found)
        return found

    def close(self) -> None:
        """Let every connection go; what was not begun stays with its lease."""
        self.stop.set()
        for _thread in self._threads:
            self._work.put(None)
        for thread in self._threads:
            thread.join()
        self._own.close()

    def _drive(self, links: list[Link]) -> None:
        sender = Sender(links, self.worker, self.clock, self.stop)
        try:
            sender.run(self)
        except BaseException as error:  # raised where the ends are waited for, not into the void
            self._done.put(error)
        finally:
            sender.close()
            connection.close()

    def take(self, most: int, *, wait: bool) -> list[Ready]:
        """Up to `most` of what is queued; with `wait`, none only once no more comes."""
        found: list[Ready] = []
        while len(found) < most:
            try:
                ready = self._work.get(block=wait and not found)
            except queue.Empty:
                break
            if ready is None:
                if found or not wait:
                    self._work.put(None)  # for the next time
                break
            found.append(ready)
        return found

    def tell(self, ended: list[Ended]) -> None:
        """Tell the thread that waits, not of each by itself: every telling wakes it."""
        self._done.put(ended)


class Turn:
    """What the caller's own thread works off: what is queued, until time is up."""

    def __init__(self, work: "queue.SimpleQueue[Ready | None]", end: float) -> None:
        self._work, self._end = work, end
        self.ended: list[Ended] = []

    def take(self, most: int, *, wait: bool) -> list[Ready]:
        """Up to `most` of what is queued; it never waits, for nobody else queues."""
        found: list[Ready] = []
        while len(found) < most and time.monotonic() < self._end and not self._work.empty():
            found += filter(None, [self._work.get()])
        return found

    def tell(self, ended: list[Ended]) -> None:
        """Keep how they ended for the caller."""
        self.ended += ended
