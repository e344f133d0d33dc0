"""Does what was decided about a reply, each action once, in the transaction that heard it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from compliance.choices import SuppressionReason
from outreach.choices import Outcome, ReplyAction
from outreach.conversations import handoff, moves, proposals, states, thanks
from outreach.conversations.decisions import Decision
from outreach.conversations.wishes import stop_sender
from outreach.errors import NotAllowedNow
from outreach.models import Conversation, Message, MessageReading
from outreach.signals import answer_wanted

ACTOR = "inbound"
NO_DATE = timedelta(days=30)  # "not now", without saying when
FURTHEST = timedelta(days=730)
MORNING = time(9)


@dataclass(slots=True)
class Doing:
    """One decision being done; `look` collects why a person must look at the message."""

    conversation: Conversation
    message: Message
    reading: MessageReading
    decision: Decision
    look: list[str] = field(default_factory=list)


def apply(doing: Doing) -> str:
    """Do every action in its order; returns why a person must look, empty if nobody must."""
    for action in doing.decision.actions:
        effect = EFFECTS.get(ReplyAction(action))
        if effect is None:
            continue
        try:
            with transaction.atomic():
                effect(doing)
        except NotAllowedNow as error:
            doing.look.append(str(error))
            doing.conversation.refresh_from_db()
    return " ".join(doing.look)


def _close_cold(doing: Doing) -> None:
    _close(doing.conversation, Outcome.COLD, "They are not interested.")


def _mark_wrong(doing: Doing) -> None:
    _close(doing.conversation, Outcome.COLD, "They are the wrong person.")


def _close(conversation: Conversation, outcome: str, reason: str) -> None:
    step = states.close(moves.place_of(conversation), outcome, reason)
    moves.move(conversation, step, actor=ACTOR, resume_at=None, hot_since=None, pass_on_at=None)


def _stop_person(doing: Doing) -> None:
    """Everything of this person, in every campaign, until an administrator lifts it."""
    stop_sender(
        doing.message, doing.conversation.enrollment, reason=SuppressionReason.COMPLAINT,
        words=_words(doing), why="They complained.", actor=ACTOR,
    )  # fmt: skip
    moves.record(
        doing.conversation, "person_stopped", actor=ACTOR, reason="They complained: nothing more "
        "is sent to them."
    )  # fmt: skip


def _words(doing: Doing) -> str:
    found = doing.reading.evidence
    evidence = found.get("escalate") or found.get("intent") or {}
    return str(evidence.get("text") or doing.message.body)[:300]


def _escalate(doing: Doing) -> None:
    handoff.escalate(doing.conversation, doing.message, reason=_why(doing))


def _why(doing: Doing) -> str:
    said = doing.reading
    if said.score < 0 and said.escalate:
        return "They are angry."
    if said.meeting_requested:
        return "They ask for a meeting."
    return f"Their reply: {said.get_intent_display().lower()}."


def _tell_owner(doing: Doing) -> None:
    handoff.tell_owner(doing.conversation, doing.message)


def _tell_admin(doing: Doing) -> None:
    handoff.tell_administrators(doing.conversation, doing.message, reason=_why(doing))


def _ask_person(doing: Doing) -> None:
    said = doing.reading
    bounds = " ".join(doing.decision.bounds)
    doing.look.append(bounds or f"Their reply: {said.get_intent_display().lower()}. Please look.")


def _draft_answer(doing: Doing) -> None:
    """Note that an answer is wanted; who drafts hears of it after commit."""
    moves.write(doing.conversation, answer_wanted_at=timezone.now())
    pk = doing.message.pk
    transaction.on_commit(lambda: _want(pk))


def _want(message_id: object) -> None:
    answer_wanted.send_robust(sender=Message, message_id=message_id)


def _later(doing: Doing, *, touches: bool) -> None:
    heard = doing.message.received_at or timezone.now()
    at = later_than(heard, doing.reading)
    moves.write(doing.conversation, resume_at=at, resume_touches=touches)
    dated = "on the day they named" if at - heard != NO_DATE else "in a month, as they named no day"
    does = "The sequence goes on" if touches else "A person is reminded"
    moves.record(doing.conversation, "deferred", actor=ACTOR, reason=f"{does} {dated}.")


def later_than(heard: datetime, reading: MessageReading) -> datetime:
    """The morning of the day they named; in a month where none, or none that can be, was read."""
    day = reading.defer_until
    if day is None or not heard.date() < day <= (heard + FURTHEST).date():
        return heard + NO_DATE
    return timezone.make_aware(datetime.combine(day, MORNING))


def _propose(doing: Doing) -> None:
    if not doing.reading.referred_to:
        proposals.look_for(doing.message, actor=ACTOR)
        return
    proposals.propose(doing.message, doing.reading, actor=ACTOR)


def _thank(doing: Doing) -> None:
    thanks.thank(doing.message, doing.reading, actor=ACTOR)


def _find(doing: Doing) -> None:
    proposals.look_for(doing.message, actor=ACTOR)


EFFECTS: dict[ReplyAction, Callable[[Doing], None]] = {
    ReplyAction.STOP_PERSON: _stop_person,
    ReplyAction.TELL_ADMIN: _tell_admin,
    ReplyAction.ESCALATE: _escalate,
    ReplyAction.TELL_OWNER: _tell_owner,
    ReplyAction.ASK_PERSON: _ask_person,
    ReplyAction.DRAFT_ANSWER: _draft_answer,
    ReplyAction.RESUME: lambda doing: _later(doing, touches=True),
    ReplyAction.REMIND: lambda doing: _later(doing, touches=False),
    ReplyAction.PROPOSE_CONTACT: _propose,
    ReplyAction.THANK: _thank,
    ReplyAction.MARK_WRONG: _mark_wrong,
    ReplyAction.FIND_CONTACT: _find,
    ReplyAction.CLOSE_COLD: _close_cold,
}
