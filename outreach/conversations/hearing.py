"""A person's reply takes effect in its conversation: read, moved on, patterns counted."""

from datetime import datetime

from django.utils import timezone

from compliance.optout import Verdict
from outreach.choices import MessageKind, Outcome
from outreach.conversations import moves, states
from outreach.conversations.case import ReplyReading
from outreach.models import Conversation, Enrollment, Message, MessageReading

ACTOR = "inbound"


def hear(message: Message, reading: ReplyReading) -> Conversation:
    """Let a reply move its conversation on; in the caller's transaction, its enrollment locked.

    Two replies may be worked off in another order than they came: the state follows the newest,
    and a wish to stop is never overtaken. The same reply heard again moves nothing.
    """
    enrollment = message.enrollment
    assert enrollment is not None
    conversation = moves.conversation_of(enrollment)
    at = message.received_at or timezone.now()
    last = conversation.last_reply_at
    if last is None or at > last or (at == last and reading.intent != conversation.intent):
        _newest(conversation, reading, at)
    elif at < last:
        moves.record(
            conversation, "heard_late", actor=ACTOR, data={"intent": str(reading.intent)},
            reason="An earlier reply was worked off after a later one.",
        )  # fmt: skip
    if reading.opt_out_verdict is Verdict.CLEAR and conversation.outcome != Outcome.OPTED_OUT:
        now = moves.place_of(conversation)
        step = states.close(now, Outcome.OPTED_OUT, "They asked us to stop.")
        moves.move(
            conversation, step, actor=ACTOR, resume_at=None, answer_wanted_at=None, hot=False,
            pass_on_at=None, snoozed_until=None,
        )  # fmt: skip
    _count(conversation)
    return conversation


def _newest(conversation: Conversation, reading: ReplyReading, at: datetime) -> None:
    step = states.after_reply(moves.place_of(conversation), reading.intent.value)
    if step is not None:
        # What we meant to do later, or had put aside, rests on what they said before.
        moves.move(
            conversation, step, actor=ACTOR, last_reply_at=at, snoozed_until=None, resume_at=None,
            answer_wanted_at=None, data={"confidence": reading.confidence},
        )  # fmt: skip


def _count(conversation: Conversation) -> None:
    """Patterns over all replies of the thread, whatever order they came in."""
    if conversation.engaged or not states.is_engaged(intents_of(conversation.enrollment)):
        return
    moves.write(conversation, engaged=True)
    moves.record(
        conversation,
        "engaged",
        actor=ACTOR,
        reason="They asked twice, or asked and are interested.",
    )


def intents_of(enrollment: Enrollment) -> list[str]:
    """What each reply of the thread wanted, as corrected where a person did; oldest first."""
    rows = MessageReading.objects.filter(
        message__enrollment=enrollment, message__kind=MessageKind.REPLY
    ).order_by("message__received_at")
    return [row.said_intent for row in rows.only("intent", "corrected_intent")]
