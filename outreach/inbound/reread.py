"""A model's opinion on replies that the rules have read: what it adds takes effect, once.

The order is kept: forms and machines, the wish to stop, the rules, each in the transaction that
took the mail in; then the model, outside of any, and here what both say together.
"""

import time
from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from compliance.optout import Verdict
from outreach import lifecycle
from outreach.choices import MessageStatus
from outreach.conversations import asking, readings
from outreach.conversations.case import ReplyReading
from outreach.conversations.revising import hear_again
from outreach.conversations.second_reading import ask_about
from outreach.inbound import effects
from outreach.inbound.mail import reply_of
from outreach.inbound.match import Match
from outreach.models import Enrollment, Message, MessageReading
from outreach.outage import is_away

log = structlog.get_logger(__name__)
TURN_SECONDS = 60  # many slow answers must not outlast what the queue gives a task
Answer = tuple[ReplyReading, str] | None


def ask_waiting() -> tuple[int, bool]:
    """Ask about every reply that waits, oldest first, for a minute at most.

    Returns how many, and whether more may wait. Any number of workers may do so at once.
    """
    ends, done = time.monotonic() + TURN_SECONDS, 0
    while time.monotonic() < ends:
        waiting = asking.next_waiting()
        if waiting is None:
            return done, False
        done += ask_one(*waiting)
    return done, True


def ask_one(message_id: UUID, waiting_since: datetime) -> bool:
    """Ask about one reply and let the answer take effect; False where another worker has it."""
    ours = asking.claim(message_id, waiting_since)
    if ours is None:
        return False
    try:
        answer = _ask(message_id)
        with transaction.atomic():
            _take(message_id, ours, answer)
    except Exception as error:
        if is_away(error):
            raise
        # What the rules read stands; asked again, it would fail again and cost again.
        log.exception("second_reading_failed", message=str(message_id))
        asking.settle(message_id, ours)
    return True


def _ask(message_id: UUID) -> Answer:
    row = MessageReading.objects.select_related(
        "message__enrollment__campaign", "message__enrollment__contact"
    ).get(pk=message_id)
    message, thread = row.message, row.message.enrollment
    if thread is None or row.corrected_intent:
        return None
    case = readings.case_of(message, reply_of(message).own_text, {})
    return ask_about(
        case, readings.reading_of(row), campaign_id=thread.campaign_id,
        contact_id=thread.contact_id,
    )  # fmt: skip


def _take(message_id: UUID, ours: datetime, answer: Answer) -> None:
    """Opt-out first, then the conversation, as when it came; its thread is locked before."""
    held = Enrollment.objects.select_for_update(of=("self",)).filter(messages=message_id)
    thread = held.select_related("campaign", "contact").first()
    if not asking.settle(message_id, ours) or answer is None or thread is None:
        return
    said, engine = answer
    message = Message.objects.select_related("reading").get(pk=message_id)
    message.enrollment = thread
    before = readings.reading_of(message.reading)
    looked = str(message.reading.decision.get("look", ""))
    readings.store_reading(message, said, engine=engine)
    held_now = before.opt_out_verdict is Verdict.NONE and said.opt_out_verdict is not Verdict.NONE
    if held_now:
        found = Match(thread, "second reading", message.sender_known, None)
        effects.apply_opt_out(message, readings.opt_out_of(said), found)
    look = hear_again(message, said).look
    _settle(message, message.reason if held_now else look, looked=looked)
    log.info("reply_read_again", message=str(message_id), engine=engine)


def _settle(message: Message, look: str, *, looked: str) -> None:
    """A new reason to look is told; one that the rules had is taken back where it fell away."""
    rows = Message.objects.filter(pk=message.pk)
    if (
        look
        and look != looked
        and not lifecycle.move(rows, MessageStatus.NEEDS_ATTENTION, reason=look)
    ):
        rows.update(reason=look)  # somebody was to look already
    elif looked and not look:
        waiting = rows.filter(status=MessageStatus.NEEDS_ATTENTION, reason=looked)
        lifecycle.move(waiting, MessageStatus.PROCESSED, reason="")
