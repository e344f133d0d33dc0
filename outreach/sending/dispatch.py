"""The dispatcher: claim, gate, render, hand over, record, until nothing more is due."""

import queue
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from django.conf import settings
from django.db import connection
from django.utils import timezone

from compliance import audit, gate
from outreach import lifecycle
from outreach.approvals import outbound_of, void_approvals
from outreach.channels.email import EmailConnection
from outreach.channels.outcomes import Outcome
from outreach.choices import AttemptOutcome, MessageStatus
from outreach.models import Attempt, Mailbox, Message
from outreach.sending import handover, throttle
from outreach.sending.claim import Claim, claim
from outreach.sending.due import due_mailboxes
from outreach.sending.record import Result, record_batch, record_one, record_sent
from outreach.sending.render import render

log = structlog.get_logger(__name__)
# Below q2's task timeout, so that a long queue ends in an orderly way and is kicked again.
TICK_SECONDS = 200.0
SENDING = frozenset({MessageStatus.SENDING})


@dataclass(slots=True)
class Tick:
    """What one run of the dispatcher did, by outcome."""

    counts: Counter[str] = field(default_factory=Counter)
    unfinished: bool = False


def new_worker_name() -> str:
    """A name no other worker has, for claims."""
    return uuid.uuid4().hex


def dispatch(*, worker: str | None = None, clock: Callable[[], datetime] = timezone.now) -> Tick:
    """Send what is due from every mailbox; `unfinished` when time ran out before the queue did."""
    tick = Tick()
    name = worker or new_worker_name()
    end = time.monotonic() + TICK_SECONDS
    for mailbox in due_mailboxes(clock()):
        _drain(mailbox, name, tick, clock, end)
    return tick


def _drain(
    mailbox: Mailbox, worker: str, tick: Tick, clock: Callable[[], datetime], end: float
) -> None:
    pool = ConnectionPool(mailbox, worker, clock)
    try:
        while True:
            if time.monotonic() > end:
                tick.unfinished = True
                return
            size = settings.SEND_BATCH * max(1, mailbox.max_connections // 2)
            batch = claim(mailbox, worker=worker, now=clock(), size=size)
            if not batch.messages:
                return
            ready = _gate(batch, tick)
            results = pool.run(ready)
            _settle(batch, ready, results, tick)
            if any(result.outcome.mailbox_trouble for result in results):
                return
            if batch.mailbox.min_gap_ms:
                time.sleep(min(batch.mailbox.min_gap_ms / 1000, 5))
            elif not batch.more:
                return
    finally:
        pool.close()


def _gate(batch: Claim, tick: Tick) -> list[Message]:
    """Ask the gate about the whole batch; what it refuses is cancelled with its reasons."""
    verdicts = gate.check_many([outbound_of(message) for message in batch.messages])
    ready: list[Message] = []
    for message, verdict in zip(batch.messages, verdicts, strict=True):
        if verdict.allowed:
            ready.append(message)
            continue
        reason = " ".join(verdict.reasons)
        row = Message.objects.filter(pk=message.pk, claimed_by=batch.worker)
        lifecycle.move(row, MessageStatus.CANCELLED, only_from=SENDING, reason=reason)
        void_approvals([message.pk], reason=reason)
        _close(message, batch.worker, AttemptOutcome.REFUSED, reason)
        audit.append(
            "message.refused", message, actor="dispatcher", reason=reason,
            campaign_id=message.campaign_id,
        )  # fmt: skip
        throttle.give_back(batch.mailbox, [message.to_address], batch.taken_at)
        tick.counts[AttemptOutcome.REFUSED] += 1
    return ready


def _settle(batch: Claim, ready: list[Message], results: list[Result], tick: Tick) -> None:
    """Record results, and return to the queue what was claimed but not handed over."""
    record_batch(results, worker=batch.worker)
    tick.counts.update(result.outcome.result.value for result in results)
    unused = [r.message for r in results if r.outcome.result == AttemptOutcome.TEMPORARY]
    done = {result.message.pk for result in results}
    for message in ready:
        if message.pk not in done:
            _release(message, batch.worker)
            tick.counts[AttemptOutcome.HELD] += 1
            unused.append(message)
    throttle.give_back(batch.mailbox, [m.to_address for m in unused], batch.taken_at)


def _release(message: Message, worker: str) -> None:
    """A brake was put on between claim and hand-over: back to the queue, or to review if edited."""
    rows = Message.objects.filter(pk=message.pk, claimed_by=worker, hand_over_at=None)
    standing = message.approvals.filter(voided_at=None).first()
    message.refresh_from_db()
    if standing is None or standing.content_hash != lifecycle.content_hash(message):
        reason = "What was approved is not what stands here now: approve it again."
        lifecycle.move(rows, MessageStatus.EA_REVIEW, only_from=SENDING, reason=reason)
        void_approvals([message.pk], reason=reason)
    else:
        reason = "Held: a brake was put on before it left."
        lifecycle.move(
            rows, MessageStatus.APPROVED, only_from=SENDING, reason=reason, lease_until=None
        )
    _close(message, worker, AttemptOutcome.HELD, reason)


def _close(message: Message, worker: str, outcome: AttemptOutcome, detail: str) -> None:
    Attempt.objects.filter(message=message, worker=worker, outcome=AttemptOutcome.STARTED).update(
        outcome=outcome, detail=detail, finished_at=timezone.now()
    )


class Left:
    """What just left on one connection, written down a handful at a time.

    A worker killed in between leaves at most this handful uncertain, never sent again by itself.
    """

    HANDFUL, SECONDS = 10, 0.2

    def __init__(self, worker: str) -> None:
        self.worker, self.since = worker, time.monotonic()
        self.waiting: list[Result] = []

    def add(self, result: Result) -> None:
        if not self.waiting:
            self.since = time.monotonic()
        self.waiting.append(result)
        if len(self.waiting) >= self.HANDFUL or time.monotonic() - self.since > self.SECONDS:
            self.record()

    def record(self) -> None:
        if self.waiting:
            record_sent(self.waiting, worker=self.worker)
            self.waiting = []


class ConnectionPool:
    """Up to `mailbox.max_connections` connections handing over side by side.

    With a real round trip to the provider nothing but several connections at once helps; with
    one message or one connection everything runs in the calling thread.
    """

    def __init__(self, mailbox: Mailbox, worker: str, clock: Callable[[], datetime]) -> None:
        self.mailbox, self.worker, self.clock = mailbox, worker, clock
        self.connections: list[EmailConnection] = []
        self.stop = threading.Event()

    def run(self, messages: list[Message]) -> list[Result]:
        """Hand the messages over; returns the results of those whose hand-over began."""
        work: queue.SimpleQueue[Message] = queue.SimpleQueue()
        for message in messages:
            work.put(message)
        results: list[Result] = []
        count = max(1, min(self.mailbox.max_connections, len(messages) // 2))
        while len(self.connections) < count:
            self.connections.append(EmailConnection(self.mailbox))
        if count == 1:
            self._work(self.connections[0], work, results)
            return results
        threads = [
            threading.Thread(target=self._thread, args=(link, work, results), daemon=True)
            for link in self.connections[:count]
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results

    def _thread(
        self, link: EmailConnection, work: "queue.SimpleQueue[Message]", results: list[Result]
    ) -> None:
        try:
            self._work(link, work, results)
        except Exception:
            # The lease brings back what this thread held; the others go on.
            log.exception("sending_thread_failed", mailbox=str(self.mailbox.pk))
        finally:
            connection.close()

    def _work(
        self, link: EmailConnection, work: "queue.SimpleQueue[Message]", results: list[Result]
    ) -> None:
        left = Left(self.worker)
        try:
            self._hand_over_each(link, work, results, left)
        finally:
            left.record()

    def _hand_over_each(
        self,
        link: EmailConnection,
        work: "queue.SimpleQueue[Message]",
        results: list[Result],
        left: "Left",
    ) -> None:
        while not self.stop.is_set():
            try:
                message = work.get_nowait()
            except queue.Empty:
                return
            trouble = link.open()
            if trouble is not None:
                self._report(message, trouble, results, left)
                if trouble.mailbox_trouble:
                    self.stop.set()
                continue
            mail = render(message, now=self.clock())
            if not handover.begin(message, worker=self.worker, now=self.clock()):
                continue
            outcome = link.send(mail)
            self._report(message, outcome, results, left)
            if outcome.mailbox_trouble:
                self.stop.set()

    def _report(
        self, message: Message, outcome: Outcome, results: list[Result], left: "Left"
    ) -> None:
        result = Result(message, outcome, self.clock())
        if outcome.result == AttemptOutcome.SENT:
            left.add(result)
        else:
            record_one(result, worker=self.worker)
        results.append(result)

    def close(self) -> None:
        for link in self.connections:
            link.close()
