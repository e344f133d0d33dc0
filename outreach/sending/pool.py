"""Connections of one mailbox that hand messages over side by side."""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime

from django.db import connection

from outreach.channels import outcomes
from outreach.channels.links import link_of
from outreach.models import Mailbox, Message
from outreach.sending import handover
from outreach.sending.sender import HANDFUL, Ended, Ready, Sender

WAIT_SECONDS = 0.2
UNKNOWN_AT_MOST = HANDFUL  # of each connection, if the worker dies: what it had in its hands


class ConnectionPool:
    """Up to `mailbox.max_connections` connections, opened as the work asks for them.

    With a real round trip to the provider nothing but several connections at once helps, so each
    runs in a thread with its own database session, both kept for the whole queue. A single
    connection works in the caller's thread. A worker that dies leaves what its connections had in
    their hands uncertain, never sent again by itself.
    """

    def __init__(self, mailbox: Mailbox, worker: str, clock: Callable[[], datetime]) -> None:
        self.mailbox, self.worker, self.clock = mailbox, worker, clock
        self.stop = threading.Event()
        self.outstanding = 0
        self._work: queue.SimpleQueue[Ready | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[list[Ended] | BaseException] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._own = Sender(link_of(mailbox), worker, clock, self.stop)

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

    def _ready(self, message: Message) -> Ready:
        try:
            prepared = self._own.link.prepare(message, self.clock())
            return Ready(message, prepared, handover.question(message, worker=self.worker))
        except ValueError as error:
            return Ready(message, refused=outcomes.permanent(f"It cannot be sent so: {error}"))

    def ended(self) -> list[Ended]:
        """Wait until a handful a connection has ended, or a moment has passed since the last."""
        if not self._threads:
            return self._work_alone()
        found: list[Ended] = []
        most = min(self.outstanding, HANDFUL * len(self._threads))
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
        self._own.link.close()

    def _work_alone(self) -> list[Ended]:
        found: list[Ended] = []
        end = time.monotonic() + WAIT_SECONDS
        work: deque[Ready] = deque()
        while self.outstanding and len(found) < HANDFUL and time.monotonic() < end:
            if work or self._take(work, self._own.at_once):
                ended = self._own.hand_over(work)
                self.outstanding -= len(ended)
                found += ended
        for ready in work:
            self._work.put(ready)
        return found

    def _serve(self) -> None:
        """Hand over and tell of it, not one by one: each telling wakes the thread that waits."""
        sender = Sender(link_of(self.mailbox), self.worker, self.clock, self.stop)
        work: deque[Ready] = deque()
        try:
            while work or self._take(work, sender.at_once):
                self._done.put(sender.hand_over(work))
        except BaseException as error:  # raised where the ends are waited for, not into the void
            self._done.put(error)
        finally:
            sender.link.close()
            connection.close()

    def _take(self, work: deque[Ready], most: int) -> bool:
        """Wait for work and take up to `most` of it; False when no more comes."""
        ready = self._work.get()
        while ready is not None:
            work.append(ready)
            if len(work) == most:
                break
            try:
                ready = self._work.get_nowait()
            except queue.Empty:
                break
        else:
            if work:
                self._work.put(None)  # for the next time
        return bool(work)
