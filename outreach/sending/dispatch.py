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
from outreach import budgets, lifecycle
from outreach.approvals import void_approvals
from outreach.choices import AttemptOutcome, MessageStatus
from outreach.models import Mailbox, Message
from outreach.outbounds import outbounds_of
from outreach.sending import throttle, touches
from outreach.sending.claim import Claim, claim
from outreach.sending.due import due_mailboxes
from outreach.sending.pool import ConnectionPool
from outreach.sending.sender import HANDFUL
from outreach.sending.story import SENDING, Story, close_attempt

# A worker that is asked to stop ends its task first, and supervisors wait some 30 seconds.
TICK_SECONDS = 20.0
GROWTH = 8  # of the first claims of a queue
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
    """Send a mailbox's queue: the next claim is made while the last one is still going out.

    What has left is written down beside both where several connections send: all three mostly
    wait for the database.
    """
    pool = ConnectionPool(mailbox, worker, clock)
    story = Story(mailbox, worker)
    full = settings.SEND_BATCH * max(1, mailbox.max_connections // 2)
    low_water = 0 if mailbox.min_gap_ms else full
    # The first is small, so that the connections need not wait long for it; they grow from there.
    size, more = min(full, HANDFUL * mailbox.max_connections), True
    try:
        while more or pool.outstanding:
            if more and pool.outstanding <= low_water:
                batch = claim(mailbox, worker=worker, now=clock(), size=size)
                pool.give(_gate(batch, tick))
                size = min(full, size * GROWTH)
                more = batch.more or bool(batch.messages and mailbox.min_gap_ms)
            if pool.outstanding:
                story.add(pool.ended(), beside=pool.several)
            if pool.stop.is_set():
                more = False
            elif time.monotonic() > end:
                tick.unfinished, more = tick.unfinished or more, False
            elif more and mailbox.min_gap_ms:
                time.sleep(min(mailbox.min_gap_ms / 1000, 5))
        tick.counts.update(story.close())
    finally:
        pool.close()
        story.let_go()


def _gate(batch: Claim, tick: Tick) -> list[Message]:
    """Ask the gate about the whole batch: refused is cancelled, too early waits, the rest goes.

    What a limit lowered since the approval forbids goes back to review, before the gate is asked.
    """
    over = budgets.exceeded(batch.messages)
    for message in batch.messages:
        if message.pk in over:
            _return(batch, message, over[message.pk], tick)
    asked = [message for message in batch.messages if message.pk not in over]
    outbounds = outbounds_of(asked, at=batch.taken_at)
    verdicts = gate.check_many(outbounds, grounds=True)
    ready: list[Message] = []
    for message, verdict in zip(asked, verdicts, strict=True):
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


def _end(
    batch: Claim,
    message: Message,
    to: MessageStatus,
    outcome: AttemptOutcome,
    action: str,
    reason: str,
    tick: Tick,
) -> None:
    """Take its approval with the reason: it is over (refused), or a person says whether it goes."""
    rows = Message.objects.filter(pk=message.pk, claimed_by=batch.worker)
    lifecycle.move(rows, to, only_from=SENDING, reason=reason)
    void_approvals([message.pk], reason=reason)
    close_attempt(message, batch.worker, outcome, reason)
    audit.append(
        action, message, actor="dispatcher", reason=reason, campaign_id=message.campaign_id
    )
    throttle.give_back(batch.mailbox, [message.to_address], batch.taken_at)
    tick.counts[outcome] += 1


def _refuse(batch: Claim, message: Message, reason: str, tick: Tick) -> None:
    _end(
        batch, message, MessageStatus.CANCELLED, AttemptOutcome.REFUSED, "message.refused",
        reason, tick,
    )  # fmt: skip


def _return(batch: Claim, message: Message, reason: str, tick: Tick) -> None:
    _end(
        batch, message, MessageStatus.EA_REVIEW, AttemptOutcome.HELD,
        "message.returned_to_review", reason, tick,
    )  # fmt: skip


def _wait(batch: Claim, message: Message, until: datetime, reason: str, tick: Tick) -> None:
    """Back to the queue until the moment the gate named."""
    rows = Message.objects.filter(pk=message.pk, claimed_by=batch.worker)
    lifecycle.move(
        rows, MessageStatus.APPROVED, only_from=SENDING, due_at=until, lease_until=None,
        reason=f"Held until {until:%d %b %H:%M} UTC: {reason}",
    )  # fmt: skip
    close_attempt(message, batch.worker, AttemptOutcome.HELD, reason)
    throttle.give_back(batch.mailbox, [message.to_address], batch.taken_at)
    tick.counts[AttemptOutcome.HELD] += 1
