"""One connection of a mailbox at work: asks whether messages may go, and hands them over."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Event
from typing import Any

import structlog
from django.db import connection

from outreach.channels.links import Link
from outreach.channels.outcomes import Outcome
from outreach.choices import AttemptOutcome
from outreach.models import Message
from outreach.sending import handover
from outreach.sending.record import Result, record_sent

log = structlog.get_logger(__name__)
# The database is asked about a handful at once, which costs half, as long as the handful is gone
# within a blink: what is decided against a message in between comes too late for it.
HANDFUL, BLINK = 8, 0.05


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


class Sender:
    """A connection and its pace: `at_once` messages leave it within a blink, as far as is known.

    Sets `stop` when the trouble is the mailbox's, and begins nothing once it is set.
    """

    def __init__(self, link: Link, worker: str, clock: Callable[[], datetime], stop: Event) -> None:
        self.link, self.worker, self.clock, self.stop = link, worker, clock, stop
        self.at_once = 1

    def hand_over(self, work: deque[Ready]) -> list[Ended]:
        """Take a handful from the left of `work`, as much as leaves at once; how each ended.

        What did not get its turn in time is back in `work`, to be asked about anew.
        """
        handful = deque(work.popleft() for _ in range(min(self.at_once, len(work))))
        ended: list[Ended] = []
        try:
            self._hand_over(handful, ended)
        except Exception:
            # The leases bring these messages back; a fresh session takes the others on.
            log.exception("hand_over_failed", messages=[str(one.message.pk) for one in handful])
            connection.close()
            ended += [Ended(one.message, None, self.clock(), lost=True) for one in handful]
            handful.clear()
        work.extendleft(reversed(handful))
        return self._written_down(ended)

    def _hand_over(self, handful: deque[Ready], ended: list[Ended]) -> None:
        """Move each to `ended`; who is left in the handful has not been begun."""
        trouble = None if self.stop.is_set() else self.link.open()
        if trouble is not None or self.stop.is_set():
            ended.append(self._end(handful.popleft(), trouble))
            return
        begun_at, end = self.clock(), time.monotonic() + BLINK
        asked = [one.question for one in handful if one.question is not None]
        begun = handover.begin(asked, now=begun_at) if asked else set()
        first = True
        while handful:
            ready = handful[0]
            if ready.message.pk not in begun:
                outcome = ready.refused
            elif first or (time.monotonic() < end and not self.stop.is_set()):
                outcome = self.link.open() or self.link.send(ready.prepared)
                first = False
            else:
                rest = [one.question for one in handful if one.question is not None]
                handover.take_back(rest, begun_at=begun_at)
                break
            ended.append(self._end(ready, outcome))
            handful.popleft()
        in_time = time.monotonic() < end
        self.at_once = min(HANDFUL, 2 * self.at_once) if in_time else max(1, self.at_once // 2)

    def _written_down(self, ended: list[Ended]) -> list[Ended]:
        """What left stands as sent before anything else is begun: a death hides no more."""
        sent = [
            Result(one.message, one.outcome, one.at)
            for one in ended
            if one.outcome is not None and one.left
        ]
        if not sent:
            return ended
        try:
            record_sent(sent, worker=self.worker)
        except Exception:
            log.exception("not_recorded", messages=[str(one.message.pk) for one in sent])
            connection.close()
            return [replace(one, outcome=None, lost=True) if one.left else one for one in ended]
        return ended

    def _end(self, ready: Ready, outcome: Outcome | None) -> Ended:
        if outcome is not None and outcome.mailbox_trouble:
            self.stop.set()
        return Ended(ready.message, outcome, self.clock())
