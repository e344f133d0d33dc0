"""Connections of a mailbox at work: ask whether messages may go, and hand them over."""

import select
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Event
from typing import Any, Protocol, TypeVar

import structlog
from django.db import connection

from outreach.channels.links import Link
from outreach.channels.outcomes import Outcome
from outreach.channels.talk import Talk
from outreach.choices import AttemptOutcome
from outreach.models import Message
from outreach.sending import handover
from outreach.sending.record import Result, record_sent

T = TypeVar("T")
log = structlog.get_logger(__name__)
# The database is asked about some at once, which costs half, as long as they are gone within a
# blink: what is decided against a message in between comes too late for it. So many a connection.
HANDFUL, BLINK = 8, 0.05
AHEAD = BLINK / 2  # for a line that is free so soon the database is asked while it still works
UNHURRIED = 1.0  # seconds a message is thought to take before one did
LULL = 0.002  # seconds without an answer, in which there is time to write down what left
FOREVER = 3600.0  # seconds; a connection that was given no limit to its patience


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of one message: its outcome, or None where its hand-over never began.

    `lost` where the step itself broke: the row knows how far it got, and its lease ends it.
    """

    message: Message
    outcome: Outcome | None
    at: datetime
    lost: bool = False

    @property
    def left(self) -> bool:
        """Whether the provider took it."""
        return self.outcome is not None and self.outcome.result == AttemptOutcome.SENT


@dataclass(frozen=True, slots=True)
class Ready:
    """A message with all that can be made before its turn comes: once it comes, time is dear."""

    message: Message
    prepared: Any = None
    question: handover.Question | None = None
    refused: Outcome | None = None  # what can't be put into the form it would leave in


class Work(Protocol):
    """Where a sender gets messages from, and whom it tells how they ended."""

    def take(self, most: int, *, wait: bool) -> list[Ready]:
        """Up to `most`; none where there are none now, or with `wait` where no more come."""

    def tell(self, ended: list[Ended]) -> None:
        """What became of some; what left is written down already."""


@dataclass(slots=True)
class Line:
    """One connection and what goes over it `since` when; it waits for an answer until `overdue`."""

    link: Link
    opened: bool = False
    ready: Ready | None = None
    talk: Talk[Outcome] | None = None
    since: float = 0.0
    descriptor: int = -1
    overdue: float = 0.0


class Sender:
    """The connections that one thread drives: while one server thinks, another is spoken to.

    Sets `stop` when the trouble is the mailbox's, and begins nothing once it is set.
    """

    def __init__(
        self, links: Sequence[Link], worker: str, clock: Callable[[], datetime], stop: Event
    ) -> None:
        self.worker, self.clock, self.stop = worker, clock, stop
        self._lines = [Line(link) for link in links]
        self._pace = UNHURRIED  # seconds a message took lately
        # What the database let go and has not had its turn, and until when it may.
        self._begun: deque[Ready] = deque()
        self._begun_at, self._until = clock(), 0.0
        self._again: deque[Ready] = deque()  # what was taken back
        self._ended: list[Ended] = []
        self._written = 0.0  # when what ended was last written down

    def run(self, work: Work) -> None:
        """Hand over what `work` gives, until it gives nothing more and nothing is under way."""
        while True:
            idle = self._idle()
            if not self._begun and (wanted := len(idle) + self._free_soon()):
                handful = self._next(work, wanted, busy=len(self._lines) - len(idle))
                if handful:
                    self._begin(handful, idle)
                elif len(idle) == len(self._lines):
                    return
            for line in self._idle():
                if self._begun and not self._too_late():
                    self._speak(line)
            self._listen(work)
            if self._begun and self._too_late():
                self._take_back()

    def close(self) -> None:
        """Let every connection go."""
        _side_by_side(lambda line: line.link.close(), self._lines)

    def _idle(self) -> list[Line]:
        return [line for line in self._lines if line.talk is None]

    def _free_soon(self) -> int:
        """How many lines end within AHEAD, by the pace of late; none where all always do."""
        if self._pace <= AHEAD:
            return 0
        now = time.monotonic()
        ends = (line.since + self._pace for line in self._lines if line.talk is not None)
        return sum(now < end <= now + AHEAD for end in ends)

    def _next(self, work: Work, wanted: int, *, busy: int) -> list[Ready]:
        """As many as leave in a blink, by the pace of late; waits where nothing is under way.

        All that is begun and not written down is never more than a handful a connection: so much
        a death would leave unknown.
        """
        limit = HANDFUL * len(self._lines)
        each = int(BLINK / max(self._pace, BLINK / HANDFUL))
        most = min(max(wanted, each * len(self._lines)), limit - busy)
        if most + busy + len(self._ended) > limit:
            self._write_down(work)
        again = [self._again.popleft() for _ in range(min(most, len(self._again)))]
        handful = again or work.take(most, wait=False)
        if not handful and not busy:
            self._write_down(work)
            handful = work.take(most, wait=True)
        return handful

    def _begin(self, handful: list[Ready], idle: list[Line]) -> None:
        """Ask the database which of them may go; what may not has ended."""
        trouble = None if self.stop.is_set() else self._open(idle[: len(handful)])
        if trouble is not None:
            self._end(handful.pop(0), trouble)
        if self.stop.is_set():
            self._ended += [Ended(one.message, None, self.clock()) for one in handful]
            return
        self._begun_at = self.clock()
        asked = [one.question for one in handful if one.question is not None]
        try:
            begun = handover.begin(asked, now=self._begun_at) if asked else set()
        except Exception:
            self._lose(handful)
            return
        self._until = time.monotonic() + BLINK
        for one in handful:
            if one.message.pk in begun:
                self._begun.append(one)
            else:
                self._end(one, one.refused)

    def _open(self, lines: Sequence[Line]) -> Outcome | None:
        """Open what never was. Why there is no connection at all, if so.

        A server may allow fewer than the mailbox would open: then the others do the work.
        """
        new = [line for line in lines if not line.opened]
        troubles = _side_by_side(lambda line: line.link.open(), new)
        for line, trouble in zip(new, troubles, strict=True):
            line.opened = trouble is None
        if not any(line.opened for line in self._lines):
            return next(trouble for trouble in troubles if trouble is not None)
        for line, trouble in zip(new, troubles, strict=True):
            if trouble is not None:
                log.warning("connection_left_out", reason=trouble.detail)
                self._lines.remove(line)
        return None

    def _too_late(self) -> bool:
        return self.stop.is_set() or time.monotonic() > self._until

    def _take_back(self) -> None:
        """What did not get its turn in time is asked about anew."""
        late = list(self._begun)
        self._begun.clear()
        try:
            handover.take_back(
                [one.question for one in late if one.question], begun_at=self._begun_at
            )
        except Exception:
            self._lose(late)
        else:
            self._again.extend(late)

    def _speak(self, line: Line) -> None:
        """Begin to hand the next message over on a line that is free."""
        ready = self._begun.popleft()
        trouble = line.link.open()
        if trouble is not None:
            self._end(ready, trouble)
            return
        line.ready, line.talk = ready, line.link.talk(ready.prepared)
        line.since = time.monotonic()
        self._go_on(line)

    def _listen(self, work: Work) -> None:
        """Wait for the first answer, and go on with every talk that got one."""
        busy = {line.descriptor: line for line in self._lines if line.talk is not None}
        if not busy:
            return
        poll = select.poll()
        for descriptor in busy:
            poll.register(descriptor, select.POLLIN)
        now = time.monotonic()
        end = min(line.overdue for line in busy.values())
        if self._begun:
            end = min(end, self._until)
        elif self._pace > AHEAD:
            soon = (line.since + self._pace - AHEAD for line in busy.values())
            end = min([end, *(moment for moment in soon if moment > now)])
        if len(busy) < len(self._lines):
            end = min(end, now + BLINK)  # more work may come for those that are free
        if self._ended:
            end = min(end, max(now + LULL, self._written + BLINK))
        answered = {descriptor for descriptor, _event in poll.poll(max(0.0, end - now) * 1000)}
        for descriptor in answered:
            self._go_on(busy[descriptor])
        now = time.monotonic()
        for descriptor, line in busy.items():
            if descriptor not in answered and line.overdue <= now:
                self._go_on(line, TimeoutError("no answer in time"))
        if not answered and now >= self._written + BLINK:
            self._write_down(work)

    def _go_on(self, line: Line, error: Exception | None = None) -> None:
        """Take a talk on to its next wait, or to its end."""
        assert line.talk is not None
        assert line.ready is not None
        try:
            socket = line.talk.throw(error) if error else next(line.talk)
        except StopIteration as done:
            line.talk = None
            self._pace = max(time.monotonic() - line.since, self._pace / 2)
            self._end(line.ready, done.value)
        except Exception:
            line.talk = None
            self._lose([line.ready])
            line.link.close()
        else:
            patience = socket.gettimeout()
            line.descriptor = socket.fileno()
            line.overdue = time.monotonic() + (FOREVER if patience is None else patience)

    def _end(self, ready: Ready, outcome: Outcome | None) -> None:
        if outcome is not None and outcome.mailbox_trouble:
            self.stop.set()
        self._ended.append(Ended(ready.message, outcome, self.clock()))

    def _lose(self, handful: Sequence[Ready]) -> None:
        """The leases bring these back; a fresh session takes the others on."""
        log.exception("hand_over_failed", messages=[str(one.message.pk) for one in handful])
        connection.close()
        self._ended += [Ended(one.message, None, self.clock(), lost=True) for one in handful]

    def _write_down(self, work: Work) -> None:
        """What left stands as sent, and whoever waits for it hears how each ended."""
        if not self._ended:
            return
        ended, self._ended = self._ended, []
        self._written = time.monotonic()
        sent = [
            Result(one.message, one.outcome, one.at)
            for one in ended
            if one.outcome is not None and one.left
        ]
        try:
            if sent:
                record_sent(sent, worker=self.worker)
        except Exception:
            log.exception("not_recorded", messages=[str(one.message.pk) for one in sent])
            connection.close()
            ended = [replace(one, outcome=None, lost=True) if one.left else one for one in ended]
        work.tell(ended)


def _side_by_side(act: Callable[[Line], T], lines: Sequence[Line]) -> list[T]:
    """What takes round trips to the server, with several at once."""
    if len(lines) < 2:
        return [act(line) for line in lines]
    with ThreadPoolExecutor(len(lines), thread_name_prefix="connections") as threads:
        return list(threads.map(act, lines))
