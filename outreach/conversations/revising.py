"""A reply that was heard is read anew: what follows from it now is done, nothing a second time.

What reached people stays: who was told, stopped or proposed is not again. The conversation's own
steps are taken anew where nobody has touched it since; elsewhere only alarms are added.
"""

from django.utils import timezone

from outreach import pipeline
from outreach.choices import MessageKind, ReplyAction, TalkState
from outreach.conversations import moves
from outreach.conversations.case import ReplyReading
from outreach.conversations.hearing import (
    ACTOR,
    Decided,
    Heard,
    carry_out,
    count,
    decide_now,
    standing_of,
)
from outreach.conversations.states import read_again
from outreach.models import Conversation, Message, MessageReading
from outreach.stopping import cancel_open_messages

DRAFTS = frozenset({ReplyAction.DRAFT_ANSWER, ReplyAction.THANK})


def hear_again(message: Message, reading: ReplyReading) -> Heard:
    """Let another reading of a reply take the place of the one it was heard with.

    In the caller's transaction, its enrollment locked, the reading stored, and a wish to stop that
    came with it obeyed. Where both readings ask for the same, nothing happens.
    """
    assert message.enrollment is not None
    conversation = moves.conversation_of(message.enrollment)
    row = MessageReading.objects.get(pk=message.pk)
    first = dict(row.decision)
    at = message.received_at or timezone.now()
    late = bool(conversation.last_reply_at and at < conversation.last_reply_at)
    touched = conversation.version != first.get("version")
    count(conversation, reading)
    decided = decide_now(
        reading,
        standing_of(
            conversation, message, state=_state(conversation, first), late=late, touched=touched
        ),
    )
    same = list(decided.decision.actions) == first.get("actions")
    if same and row.intent == first.get("intent"):
        return Heard(conversation, str(first.get("look", "")))
    if not (late or touched):
        _step_anew(conversation, reading, decided)
        _withdraw_drafts(message, first, decided)
    look = carry_out(conversation, message, row, decided)
    pipeline.heard(conversation, message, reading.intent.value, meeting=reading.meeting_requested)
    return Heard(conversation, look)


def _state(conversation: Conversation, first: dict[str, object]) -> str:
    """What the first decision found, unless a person has it by now."""
    if conversation.state == TalkState.TAKEN_OVER:
        return conversation.state
    standing = first.get("standing")
    return str(standing["state"]) if isinstance(standing, dict) else conversation.state


def _step_anew(conversation: Conversation, reading: ReplyReading, decided: Decided) -> None:
    step = read_again(moves.place_of(conversation), reading.intent.value)
    if step is None:
        return
    changes: dict[str, object] = {"resume_at": None}
    if ReplyAction.DRAFT_ANSWER not in decided.decision.actions:
        changes["answer_wanted_at"] = None
    moves.move(conversation, step, actor=ACTOR, data={"confidence": reading.confidence}, **changes)


def _withdraw_drafts(message: Message, first: dict[str, object], decided: Decided) -> None:
    """A draft that rests on the first reading alone is not left for somebody to approve."""
    was, now = set(_names(first.get("actions"))), set(decided.decision.actions)
    if was & DRAFTS and not now & DRAFTS:
        cancel_open_messages(
            actor=ACTOR, reason="Their reply was read again.", enrollment=message.enrollment_id,
            kind=MessageKind.ANSWER, approved_at=None, version=1,
        )  # fmt: skip


def _names(actions: object) -> list[str]:
    return [str(action) for action in actions] if isinstance(actions, list) else []
