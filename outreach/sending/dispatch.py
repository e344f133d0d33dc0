"""The dispatcher: claim, gate, render, hand over, record, until nothing more is due."""

import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from compliance import audit, gate
from outreach import lifecycle
from outreach.approvals import void_approvals
from outreach.choices import AttemptOutcome, MessageStatus
from outreach.models import Attempt, Mailbox, Message
from outreach.outage import AWAY, is_away, wait_until_back
from outreach.outbounds import outbounds_of
from outreach.sending import handover, throttle, touches
from outreach.sending.claim import Claim, claim
from outreach.sending.due import due_mailboxes
from outreach.sending.pool import ConnectionPool, Ended
from outreach.sending.record import Result, record_batch, record_one, record_sent

# A worker that is asked to stop ends its task first, and supervisors wait some 30 seconds.
TICK_SECONDS = 20.0
SENDING = frozenset({MessageStatus.SENDING})
STORY_BATCH = 200
# What a list of ours that is too old holds back is asked about again so much later.
CURE = timedelta(hours=1)


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
    """Send a mailbox's queue: the next claim is made while the last one is still going out."""
    pool = ConnectionPool(mailbox, worker, clock)
    story = Story(mailbox, worker, tick)
    size = settings.SEND_BATCH * max(1, mailbox.max_connections // 2)
    low_water = 0 if mailbox.min_gap_ms else size // 2
    more = True
    try:
        while more or pool.outstanding:
            if more and pool.outstanding <= low_water:
                batch = claim(mailbox, worker=worker, now=clock(), size=size)
                pool.give(_gate(batch, tick))
                more = batch.more or bool(batch.messages and mailbox.min_gap_ms)
            if pool.outstanding:
                story.add(pool.ended())
            if pool.stop.is_set():
                more = False
            elif time.monotonic() > end:
                tick.unfinished, more = tick.unfinished or more, False
            elif more and mailbox.min_gap_ms:
                time.sleep(min(mailbox.min_gap_ms / 1000, 5))
        story.close()
    finally:
        pool.close()


def _gate(batch: Claim, tick: Tick) -> list[Message]:
    """Ask the gate about the whole batch: refused is cancelled, too early waits, the rest goes."""
    outbounds = outbounds_of(batch.messages, at=batch.taken_at)
    verdicts = gate.check_many(outbounds, grounds=True)
    ready: list[Message] = []
    for message, verdict in zip(batch.messages, verdicts, strict=True):
        if verdict.allowed:
            message.deadline, message.grounds = verdict.deadline, verdict.grounds
            ready.append(message)
        elif verdict.time is not None or verdict.curable:
            until = verdict.time or batch.taken_at + CURE
            _wait(batch, message, until, " ".join(verdict.reasons), tick)
        else:
            _refuse(batch, message, " ".join(verdict.reasons), tick)
    taken = touches.take(ready, batch.taken_at)
    for message in ready:
        if message.pk in taken:
            reason = "They just had a marketing message of another campaign; one a day."
            _wait(batch, message, taken[message.pk], reason, tick)
    return [message for message in ready if message.pk not in taken]


def _refuse(batch: Claim, message: Message, reason: str, tick: Tick) -> None:
    rows = Message.objects.filter(pk=message.pk, claimed_by=batch.worker)
    lifecycle.move(rows, MessageStatus.CANCELLED, only_from=SENDING, reason=reason)
    void_approvals([message.pk], reason=reason)
    _close(message, batch.worker, AttemptOutcome.REFUSED, reason)
    audit.append(
        "message.refused", message, actor="dispatcher", reason=reason,
        campaign_id=message.campaign_id,
    )  # fmt: skip
    throttle.give_back(batch.mailbox, [message.to_address], batch.taken_at)
    tick.counts[AttemptOutcome.REFUSED] += 1


def _wait(batch: Claim, message: Message, until: datetime, reason: str, tick: Tick) -> None:
    """Back to the queue until the moment the gate named."""
    rows = Message.objects.filter(pk=message.pk, claimed_by=batch.worker)
    lifecycle.move(
        rows, MessageStatus.APPROVED, only_from=SENDING, due_at=until, lease_until=None,
        reason=f"Held until {until:%d %b %H:%M} UTC: {reason}",
    )  # fmt: skip
    _close(message, batch.worker, AttemptOutcome.HELD, reason)
    throttle.give_back(batch.mailbox, [message.to_address], batch.taken_at)
    tick.counts[AttemptOutcome.HELD] += 1


class Story:
    """Writes down what became of messages: the states at once, the rest a batch at a time."""

    def __init__(self, mailbox: Mailbox, worker: str, tick: Tick) -> None:
        self.mailbox, self.worker, self.tick = mailbox, worker, tick
        self.results: list[Result] = []

    def add(self, ended: list[Ended]) -> None:
        """Record how each ended; what was not begun goes back to the queue."""
        results = [Result(e.message, e.outcome, e.at) for e in ended if e.outcome is not None]
        sent = [r for r in results if r.outcome.result == AttemptOutcome.SENT]
        if sent:
            self._record_sent(sent)
        for result in results:
            if result.outcome.result != AttemptOutcome.SENT:
                record_one(result, worker=self.worker)
        unused = [r.message for r in results if r.outcome.result == AttemptOutcome.TEMPORARY]
        for one in ended:
            if one.outcome is None and not one.lost:
                _release(one.message, self.worker)
                self.tick.counts[AttemptOutcome.HELD] += 1
                unused.append(one.message)
        touches.give_back(message.pk for message in unused)
        addresses = [message.to_address for message in unused]
        throttle.give_back(self.mailbox, addresses, timezone.now())
        self.tick.counts.update(result.outcome.result.value for result in results)
        self.results += results
        if len(self.results) >= STORY_BATCH:
            self.close()

    def _record_sent(self, sent: list[Result]) -> None:
        """What the provider took is known only here, so an outage is waited for."""
        try:
            record_sent(sent, worker=self.worker)
        except AWAY as error:
            if not is_away(error) or not wait_until_back():
                raise
            record_sent(sent, worker=self.worker)

    def close(self) -> None:
        """Attempts, threads, ledger and news of what was recorded since the last time."""
        record_batch(self.results, worker=self.worker)
        self.results = []


def _release(message: Message, worker: str) -> None:
    """A brake was put on between claim and hand-over: back to where that brake leaves it."""
    rows = Message.objects.filter(pk=message.pk, claimed_by=worker, hand_over_at=None)
    standing = message.approvals.filter(voided_at=None).first()
    message.refresh_from_db()
    if standing is None or standing.content_hash != lifecycle.content_hash(message):
        reason = "What was approved is not what stands here now: approve it again."
        lifecycle.move(rows, MessageStatus.EA_REVIEW, only_from=SENDING, reason=reason)
        void_approvals([message.pk], reason=reason)
    elif reason := handover.ended_meanwhile(message):
        lifecycle.move(rows, MessageStatus.CANCELLED, only_from=SENDING, reason=reason)
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
