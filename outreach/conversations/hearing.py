"""A person's reply takes effect: its conversation moves on, and what the rules say is done."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from compliance.optout import Verdict
from outreach import pipeline
from outreach.choices import MessageKind, Outcome, ReplyAction
from outreach.conversations import effects, moves, states
from outreach.conversations.case import ReplyReading
from outreach.conversations.decisions import Decision, Standing, decide, said_of
from outreach.conversations.rulebook import in_force
from outreach.models import Conversation, Enrollment, Message, MessageReading

ACTOR = "inbound"
A = ReplyAction
# What reaches people is done once for a message, however often it is read or worked off anew.
ONCE = frozenset(
    {
        A.OPT_OUT, A.STOP_PERSON, A.TELL_ADMIN, A.ESCALATE, A.TELL_OWNER, A.DRAFT_ANSWER, A.THANK,
        A.PROPOSE_CONTACT, A.FIND_CONTACT,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """The conversation as it stands now, and why a person must look at the message, if one must."""

    conversation: Conversation
    look: str = ""


def hear(message: Message, reading: ReplyReading) -> Heard:
    """Let a reply move its conversation on and do what the rules in force say about it.

    In the caller's transaction, its enrollment locked. Two replies may be worked off in another
    order than they came: the state follows the newest, and a wish to stop is never overtaken. The
    same reply heard again moves nothing and is not acted on twice.
    """
    enrollment = message.enrollment
    assert enrollment is not None
    conversation = moves.conversation_of(enrollment)
    at = message.received_at or timezone.now()
    before = conversation.state
    last = conversation.last_reply_at
    late = last is not None and at < last
    if last is None or at > last or (at == last and reading.intent != conversation.intent):
        _newest(conversation, reading, at)
    elif late:
        moves.record(
            conversation, "heard_late", actor=ACTOR, data={"intent": str(reading.intent)},
            reason="An earlier reply was worked off after a later one.",
        )  # fmt: skip
    if reading.opt_out_verdict is Verdict.CLEAR and conversation.outcome != Outcome.OPTED_OUT:
        now = moves.place_of(conversation)
        step = states.close(now, Outcome.OPTED_OUT, "They asked us to stop.")
        moves.move(
            conversation, step, actor=ACTOR, resume_at=None, answer_wanted_at=None,
            hot_since=None, pass_on_at=None, snoozed_until=None,
        )  # fmt: skip
    count(conversation, reading)
    look = _act(conversation, message, reading, before=before, late=late)
    pipeline.heard(conversation, message, reading.intent.value, meeting=reading.meeting_requested)
    return Heard(conversation, look)


def _act(
    conversation: Conversation, message: Message, reading: ReplyReading, *, before: str, late: bool
) -> str:
    """Decide and do; what was decided is kept with the reading."""
    row = MessageReading.objects.get(pk=message.pk)
    if row.decision.get("intent") == row.intent:
        return str(row.decision.get("look", ""))
    standing = standing_of(conversation, message, state=before, late=late)
    return carry_out(conversation, message, row, decide_now(reading, standing))


def standing_of(
    conversation: Conversation, message: Message, *, state: str, late: bool, touched: bool = False
) -> Standing:
    """Where a message finds its conversation, as the rules ask for it."""
    return Standing(
        state=state, channel=message.channel, campaign_kind=conversation.enrollment.campaign.kind,
        engaged=conversation.engaged, trusted=message.sender_known, late=late, touched=touched,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, by which edition of the rules, and where it found the conversation."""

    decision: Decision
    rulebook: int
    standing: Standing


def decide_now(reading: ReplyReading, standing: Standing) -> Decided:
    """What the rules in force say about a reading."""
    number, rules = in_force()
    return Decided(decide(said_of(reading), standing, rules), number, standing)


def carry_out(
    conversation: Conversation, message: Message, row: MessageReading, decided: Decided
) -> str:
    """Do what was decided and keep it with the reading; what reaches people, once a message."""
    decision, standing = decided.decision, decided.standing
    done = {str(action) for action in row.decision.get("done", row.decision.get("actions", []))}
    told = done | {A.TELL_OWNER.value} if A.ESCALATE in done else done
    left = tuple(a for a in decision.actions if a not in ONCE or a not in told)
    doing = effects.Doing(conversation, message, row, replace(decision, actions=left))
    look = effects.apply(doing)
    row.decision = {
        "rulebook": decided.rulebook, "rule": decision.rule, "actions": list(decision.actions),
        "done": sorted(done.union(left)), "bounds": list(decision.bounds), "look": look,
        "intent": row.intent, "version": conversation.version,
        "standing": {
            "state": standing.state, "engaged": standing.engaged, "late": standing.late,
        },
    }  # fmt: skip
    row.save(update_fields=["decision"])
    moves.record(
        conversation, "decided", actor=ACTOR, reason=decision.reason,
        data={"actions": list(left), "rulebook": decided.rulebook},
    )  # fmt: skip
    return look


def _newest(conversation: Conversation, reading: ReplyReading, at: datetime) -> None:
    step = states.after_reply(moves.place_of(conversation), reading.intent.value)
    if step is not None:
        # What we meant to do later, or had put aside, rests on what they said before.
        moves.move(
            conversation, step, actor=ACTOR, last_reply_at=at, snoozed_until=None, resume_at=None,
            answer_wanted_at=None, data={"confidence": reading.confidence},
        )  # fmt: skip


def count(conversation: Conversation, reading: ReplyReading) -> None:
    """Patterns over all replies of the thread, whatever order they came in."""
    if conversation.engaged or reading.intent.value not in states.KEEN:
        return
    if not states.is_engaged(intents_of(conversation.enrollment)):
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
