"""What a person of ours does with a conversation: take over, assign, look, close, correct.

Each raises NotAllowedNow where the conversation does not permit it, or somebody was faster.
"""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from compliance import audit
from compliance.choices import SuppressionReason
from outreach import pipeline
from outreach.actors import name_of
from outreach.choices import Outcome, ReplyIntent, TalkState
from outreach.conversations import alerts, attention, moves, states
from outreach.conversations.automatic import unhear
from outreach.conversations.wishes import stop_sender
from outreach.errors import NotAllowedNow
from outreach.models import Alert, Conversation, Enrollment, Message, MessageReading
from outreach.models.alert import AlertKind
from outreach.sequences.stop import hand_over


def _open(enrollment_id: UUID) -> Conversation:
    """The conversation with its enrollment locked; made where they have not answered yet."""
    enrollment = (
        Enrollment.objects.select_related("campaign")
        .select_for_update(of=("self",))
        .get(pk=enrollment_id)
    )
    return moves.conversation_of(enrollment)


@transaction.atomic
def take_over(enrollment_id: UUID, *, actor: User) -> Conversation:
    """The actor has it from here: what was still to be sent is cancelled, and it is theirs."""
    conversation = _open(enrollment_id)
    name = name_of(actor)
    hand_over(conversation.enrollment, actor=name, reason=f"{name} took over.")
    step = states.take_over(moves.place_of(conversation), "Taken over by hand.")
    now = timezone.now()
    moves.move(
        conversation, step, actor=name, owner_id=actor.pk, assigned_at=now, acknowledged_at=now,
        pass_on_at=None, resume_at=None, snoozed_until=None, answered_at=None,
    )  # fmt: skip
    pipeline.talking(conversation, actor=name)
    _seen(conversation)
    return conversation


@transaction.atomic
def give_back(enrollment_id: UUID, *, actor: User) -> Conversation:
    """The desk reads and drafts again; touches that were cancelled do not come back."""
    conversation = _open(enrollment_id)
    if conversation.state != TalkState.TAKEN_OVER:
        raise NotAllowedNow("Nobody has taken over this conversation.")
    step = states.give_back(moves.place_of(conversation), "Given back to the desk.")
    moves.move(conversation, step, actor=name_of(actor), hot_since=None, pass_on_at=None)
    return conversation


@transaction.atomic
def assign(enrollment_id: UUID, *, to: User, actor: User) -> Conversation:
    """Make it somebody's; they are told, unless they took it themselves."""
    if not to.is_active or not to.has_perm("outreach.triage_message"):
        raise NotAllowedNow(f"{name_of(to)} cannot work on conversations.")
    conversation = _open(enrollment_id)
    own = to.pk == actor.pk
    now = timezone.now()
    moves.write(
        conversation, owner_id=to.pk, assigned_at=now, answered_at=None,
        acknowledged_at=now if own else conversation.acknowledged_at,
        pass_on_at=None if own else conversation.pass_on_at,
    )  # fmt: skip
    moves.record(conversation, "assigned", actor=name_of(actor), data={"to": name_of(to)})
    pipeline.owned(conversation, actor=name_of(actor))
    if not own:
        alerts.tell(
            to.pk, AlertKind.ASSIGNED, enrollment_id=conversation.pk,
            words=f"{name_of(actor)} gave it to you.",
        )  # fmt: skip
    return conversation


@transaction.atomic
def acknowledge(enrollment_id: UUID, *, actor: User) -> Conversation:
    """The actor has looked: it is not passed on any more, and is theirs if it was somebody else's.

    Looking twice changes nothing.
    """
    conversation = _open(enrollment_id)
    if conversation.acknowledged_at is None and conversation.hot_since is not None:
        now = timezone.now()
        moves.write(
            conversation, owner_id=actor.pk, acknowledged_at=now, pass_on_at=None,
            assigned_at=conversation.assigned_at if conversation.owner_id == actor.pk else now,
        )  # fmt: skip
        moves.record(conversation, "acknowledged", actor=name_of(actor))
        pipeline.owned(conversation, actor=name_of(actor))
        _seen(conversation)
    else:
        alerts.mark_seen(Alert.objects.filter(enrollment=conversation.pk, user=actor))
    return conversation


@transaction.atomic
def snooze(enrollment_id: UUID, *, until: datetime, actor: User) -> Conversation:
    """Put it out of sight until then, or until they write again; `until` is aware and to come."""
    if until <= timezone.now():
        raise NotAllowedNow("Choose a time that is still to come.")
    conversation = _open(enrollment_id)
    if conversation.hot_since and conversation.acknowledged_at is None:
        raise NotAllowedNow("Somebody has to look at it first: acknowledge it, then put it aside.")
    moves.write(conversation, snoozed_until=until, answered_at=None)
    moves.record(conversation, "snoozed", actor=name_of(actor), data={"until": until.isoformat()})
    return conversation


@transaction.atomic
def looked_at(enrollment_id: UUID, *, actor: User) -> int:
    """Nothing more is to be done about what waited for a look; returns how much that was."""
    conversation = _open(enrollment_id)
    name = name_of(actor)
    return attention.looked_at(conversation.pk, actor=name, reason=f"{name} looked at it.")


@transaction.atomic
def done(enrollment_id: UUID, *, actor: User) -> Conversation:
    """Nothing is to be answered: it leaves the inbox until they write again.

    What waited for a look has had one. A day they named, and whose it is, stay as they are.
    """
    conversation = _open(enrollment_id)
    if conversation.state == TalkState.CLOSED:
        raise NotAllowedNow("It is closed: nothing waits in it.")
    name = name_of(actor)
    now = timezone.now()
    moves.write(
        conversation, answered_at=now, snoozed_until=None, pass_on_at=None,
        acknowledged_at=conversation.acknowledged_at or (now if conversation.hot_since else None),
    )  # fmt: skip
    moves.record(conversation, "done", actor=name)
    attention.looked_at(conversation.pk, actor=name, reason=f"{name} had nothing to answer.")
    _seen(conversation)
    return conversation


@transaction.atomic
def wake(enrollment_id: UUID, *, actor: User) -> Conversation:
    """Bring it back before its time."""
    conversation = _open(enrollment_id)
    moves.write(conversation, snoozed_until=None, answered_at=None)
    moves.record(conversation, "woken", actor=name_of(actor))
    return conversation


@transaction.atomic
def close(enrollment_id: UUID, *, outcome: str, actor: User) -> Conversation:
    """End it as won, lost or cold; that they opted out, only their wish or a person's record says.

    What was still to be sent is cancelled.
    """
    if outcome not in {Outcome.WON, Outcome.LOST, Outcome.COLD}:
        raise NotAllowedNow("Close it as won, lost or cold; a wish to stop is entered as such.")
    conversation = _open(enrollment_id)
    name = name_of(actor)
    hand_over(conversation.enrollment, actor=name, reason=f"{name} closed it.")
    step = states.close(moves.place_of(conversation), outcome, "Closed by hand.")
    moves.move(
        conversation, step, actor=name, hot_since=None, pass_on_at=None, resume_at=None,
        answer_wanted_at=None, snoozed_until=None,
    )  # fmt: skip
    pipeline.closed(conversation, outcome, actor=name)
    attention.looked_at(conversation.pk, actor=name, reason=f"{name} closed it.")
    _seen(conversation)
    return conversation


@transaction.atomic
def label(message_id: UUID, *, intent: str, actor: User) -> MessageReading:
    """Correct what was read: kept beside the reading, as an example to measure by.

    The conversation takes on the corrected intent where it was its last reply. Nothing is sent by
    it; that they want us to stop is obeyed like any wish, for every address of theirs. What a
    machine wrote is no answer any more: touches go on, after the absence it may tell of.
    """
    if intent not in ReplyIntent.values:
        raise NotAllowedNow(f"“{intent}” is no intent the desk knows.")
    reading = (
        MessageReading.objects.select_for_update(of=("self",))
        .select_related("message")
        .get(pk=message_id)
    )
    reading.corrected_intent, reading.corrected_by = intent, name_of(actor)
    reading.corrected_at = timezone.now()
    reading.save(update_fields=["corrected_intent", "corrected_by", "corrected_at"])
    message = reading.message
    audit.append(
        "message.labelled", message, actor=name_of(actor), campaign_id=message.campaign_id,
        data={"read": reading.intent, "label": intent},
    )  # fmt: skip
    if message.enrollment_id:
        conversation = _open(message.enrollment_id)
        attention.looked_at(
            conversation.pk, actor=name_of(actor), reason="What was read was corrected."
        )
        if intent in states.WRITTEN_BY_MACHINES:
            unhear(conversation, reading, intent=intent, actor=name_of(actor))
        elif conversation.last_reply_at == message.received_at and conversation.intent != intent:
            moves.write(conversation, intent=intent)
        if intent == ReplyIntent.INTERESTED:
            pipeline.interested(conversation, actor=name_of(actor))
        if intent == ReplyIntent.OPT_OUT:
            _obey(conversation, message, actor=name_of(actor))
    return reading


def _obey(conversation: Conversation, message: Message, *, actor: str) -> None:
    """A person read a wish to stop that the desk did not."""
    why = "They asked us to stop."
    stop_sender(
        message, conversation.enrollment, reason=SuppressionReason.OPT_OUT, words=message.body,
        why=why, actor=actor,
    )  # fmt: skip
    if conversation.outcome != Outcome.OPTED_OUT:
        step = states.close(moves.place_of(conversation), Outcome.OPTED_OUT, why)
        moves.move(
            conversation, step, actor=actor, hot_since=None, pass_on_at=None, resume_at=None,
            answer_wanted_at=None, snoozed_until=None,
        )  # fmt: skip


def _seen(conversation: Conversation) -> None:
    alerts.mark_seen(Alert.objects.filter(enrollment=conversation.pk))
