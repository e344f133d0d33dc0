"""Writes down what became of messages, beside the sending of the next ones."""

from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context

from django.db import connection
from django.utils import timezone

from outreach import lifecycle
from outreach.approvals import void_approvals
from outreach.choices import AttemptOutcome, MessageStatus
from outreach.models import Attempt, Mailbox, Message
from outreach.sending import handover, throttle, touches
from outreach.sending.pool import Ended
from outreach.sending.record import Result, record_batch, record_one

SENDING = frozenset({MessageStatus.SENDING})
BATCH = 400


class Story:
    """Writes down what became of messages: the states at once, the rest a batch at a time.

    That a message was sent, its connection has written already.
    """

    def __init__(self, mailbox: Mailbox, worker: str) -> None:
        self.mailbox, self.worker = mailbox, worker
        self.counts: Counter[str] = Counter()
        self._results: list[Result] = []
        self._thread: ThreadPoolExecutor | None = None
        self._last: Future[None] | None = None

    def add(self, ended: list[Ended], *, beside: bool) -> None:
        """Record how each ended; what was not begun goes back to the queue.

        `beside`: in a thread with a database session of its own, one handful at a time. What
        went wrong there is raised by the next call.
        """
        self._wait()
        if not beside:
            self._add(ended)
            return
        self._thread = self._thread or ThreadPoolExecutor(1, thread_name_prefix="story")
        self._last = self._thread.submit(copy_context().run, self._add, ended)

    def close(self) -> Counter[str]:
        """Write down what is left; how many messages ended how."""
        self._wait()
        self._write()
        return self.counts

    def let_go(self) -> None:
        """Wait for what is being recorded, whatever else went wrong, and end the thread."""
        if self._thread is not None:
            self._thread.submit(connection.close)
            self._thread.shutdown()

    def _wait(self) -> None:
        last, self._last = self._last, None
        if last is not None:
            last.result()

    def _add(self, ended: list[Ended]) -> None:
        results = [Result(e.message, e.outcome, e.at) for e in ended if e.outcome is not None]
        for result in results:
            if result.outcome.result != AttemptOutcome.SENT:
                record_one(result, worker=self.worker)
        unused = [r.message for r in results if r.outcome.result == AttemptOutcome.TEMPORARY]
        for one in ended:
            if one.outcome is None and not one.lost:
                _release(one.message, self.worker)
                self.counts[AttemptOutcome.HELD] += 1
                unused.append(one.message)
        touches.give_back(message.pk for message in unused)
        addresses = [message.to_address for message in unused]
        throttle.give_back(self.mailbox, addresses, timezone.now())
        self.counts.update(result.outcome.result.value for result in results)
        self._results += results
        if len(self._results) >= BATCH:
            self._write()

    def _write(self) -> None:
        """Attempts, threads, ledger and news of what was recorded since the last time."""
        record_batch(self._results, worker=self.worker)
        self._results = []


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
    close_attempt(message, worker, AttemptOutcome.HELD, reason)


def close_attempt(message: Message, worker: str, outcome: AttemptOutcome, detail: str) -> None:
    """End the try this worker began, with what came of it."""
    Attempt.objects.filter(message=message, worker=worker, outcome=AttemptOutcome.STARTED).update(
        outcome=outcome, detail=detail, finished_at=timezone.now()
    )
