"""A person of ours says that a machine wrote what the desk took for an answer: it counts no more.

What the answer had ended goes on, an absence is waited out, and whom a person has, or who asked us
to stop, stays as they are.
"""

from typing import Any

from django.utils import timezone

from outreach import lifecycle
from outreach.choices import MessageKind, Outcome, ReplyIntent, TalkState
from outreach.conversations import alerts, handoff, hearing, moves, states
from outreach.conversations.own_text import own_text
from outreach.inbound.notices.absence import read_absence
from outreach.inbound.notified import note_absence
from outreach.models import Alert, Conversation, Message, MessageReading
from outreach.sequences.stop import take_up_again
from outreach.stopping import cancel_open_messages

DESK = frozenset({hearing.ACTOR, handoff.ACTOR})
STATES = frozenset(state.value for state in TalkState)
WHY = "What came was written by a machine."


def unhear(conversation: Conversation, reading: MessageReading, *, intent: str, actor: str) -> None:
    """Take back that this message was an answer; `intent` is one of WRITTEN_BY_MACHINES.

    In the caller's transaction, the enrollment locked and the correction stored. Done once: what
    is a machine's already changes nothing.
    """
    message = reading.message
    if message.kind != MessageKind.REPLY:
        return
    message.kind = MessageKind.AUTO_REPLY
    message.save(update_fields=["kind", "updated_at"])
    if intent == ReplyIntent.OUT_OF_OFFICE:
        _wait_out(message, actor=actor)
    lifecycle.take_back_reply(_answered(message))
    if _ended_otherwise(conversation, message):
        return
    earlier = _earlier(message)
    if earlier is not None:
        _stand_at(conversation, earlier, actor=actor)
    else:
        _await(conversation, actor=actor)
        take_up_again(conversation.enrollment, actor=actor, reason=WHY, now=timezone.now())


def _wait_out(message: Message, *, actor: str) -> None:
    received = message.received_at or timezone.now()
    words = own_text(message.body).text
    said = read_absence(words, sender=message.from_address, ours=set(), today=received.date())
    note_absence(message, said, actor=actor)


def _answered(message: Message) -> list[Message]:
    """What of ours counted as answered by this very message."""
    rows = Message.objects.filter(
        enrollment=message.enrollment_id, replied_at=message.received_at
    ).exclude(pk=message.pk)
    return list(rows.select_for_update())


def _ended_otherwise(conversation: Conversation, message: Message) -> bool:
    """Whether it is not this message, as the desk took it, that tells where the talk stands."""
    if conversation.outcome == Outcome.OPTED_OUT:
        return True
    last, at = conversation.last_reply_at, message.received_at
    if last and at and last > at:
        return True
    steps = [step for step in moves.history(conversation.pk) if step.what in STATES]
    return bool(steps) and steps[-1].actor not in DESK


def _earlier(message: Message) -> Message | None:
    """The last answer of the thread that a person did write."""
    rows = Message.objects.filter(enrollment=message.enrollment_id, kind=MessageKind.REPLY)
    return rows.exclude(pk=message.pk).order_by("-received_at").first()


def _stand_at(conversation: Conversation, earlier: Message, *, actor: str) -> None:
    """Back to what they said before."""
    known = MessageReading.objects.filter(pk=earlier.pk).first()
    intent = known.said_intent if known else ReplyIntent.UNKNOWN
    step = states.Step(states.Place(TalkState.REPLIED, intent), WHY)
    moves.move(conversation, step, actor=actor, last_reply_at=earlier.received_at)


def _await(conversation: Conversation, *, actor: str) -> None:
    """Nobody has answered: what was to be done about the answer falls away."""
    cancel_open_messages(
        actor=actor, reason=WHY, enrollment=conversation.pk, kind=MessageKind.ANSWER,
        approved_at=None,
    )  # fmt: skip
    changes: dict[str, Any] = {
        "last_reply_at": None, "engaged": False, "hot_since": None, "pass_on_at": None,
        "resume_at": None, "answer_wanted_at": None, "snoozed_until": None,
    }  # fmt: skip
    if conversation.state == TalkState.AWAITING:  # it was too like a machine's to move anything
        moves.write(conversation, intent="", **changes)
    else:
        if conversation.state == TalkState.CLOSED:
            place = states.Place(TalkState.REPLIED, conversation.intent)
            moves.move(conversation, states.Step(place, WHY), actor=actor)
        step = states.Step(states.Place(TalkState.AWAITING), WHY)
        moves.move(conversation, step, actor=actor, **changes)
    alerts.mark_seen(Alert.objects.filter(enrollment=conversation.pk))
