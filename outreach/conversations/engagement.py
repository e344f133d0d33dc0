"""Takes in what a person or another program heard where the desk cannot listen."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from compliance import audit
from compliance.optout import Verdict
from outreach.actors import name_of
from outreach.choices import Direction, MessageKind, MessageStatus, ReplyIntent, TalkState
from outreach.conversations import acts, handoff, moves, readings
from outreach.errors import NotAllowedNow
from outreach.inbound import effects, mail
from outreach.inbound.match import Match
from outreach.models import Enrollment, Message


class Engagement(StrEnum):
    """What happened, by the names the requirements gave."""

    REPLY = "reply"
    EMAIL_RESPONSE = "email_response"
    MEETING_BOOKED = "meeting_booked"


BOOKED = "They booked a meeting."
FURTHEST_AHEAD = 300  # seconds a caller's clock may be ahead of ours


@transaction.atomic
def track(
    enrollment_id: UUID,
    kind: Engagement,
    *,
    actor: User,
    words: str = "",
    at: datetime | None = None,
    key: str = "",
) -> Message:
    """Write down that they answered, or booked a meeting; it counts like an answer we received.

    What was still to be sent in the thread stops, a wish to stop in the words is obeyed, and a
    booked meeting is handed to a person. The same `key` for a thread is taken once. NotAllowedNow
    where the moment lies ahead.
    """
    moment = at or timezone.now()
    if (moment - timezone.now()).total_seconds() > FURTHEST_AHEAD:
        raise NotAllowedNow("`at` lies ahead: say when it happened.")
    thread = (
        Enrollment.objects.select_for_update(of=("self",))
        .select_related("campaign", "contact", "company", "point")
        .get(pk=enrollment_id)
    )
    if key:
        known = thread.messages.filter(
            direction=Direction.INBOUND, provider="tracked", provider_message_id=key
        ).first()
        if known is not None:
            return known
    message = _store(thread, words, moment, name_of(actor), key)
    _hear(thread, message)
    if kind is Engagement.MEETING_BOOKED:
        _book(thread, message, actor)
    return message


def _store(thread: Enrollment, words: str, at: datetime, actor: str, key: str) -> Message:
    message = Message.objects.create(
        enrollment=thread, campaign=thread.campaign, direction=Direction.INBOUND,
        channel=thread.channel, kind=MessageKind.REPLY, status=MessageStatus.RECEIVED, body=words,
        from_name=thread.contact.name, from_address=thread.point.value if thread.point else "",
        received_at=at, own_ranges=[[0, len(words)]], sender_known=True, logged_by=actor,
        provider="tracked", provider_message_id=key,
    )  # fmt: skip
    audit.append("engagement.tracked", message, actor=actor, campaign_id=thread.campaign_id)
    return message


def _hear(thread: Enrollment, message: Message) -> None:
    """The way of every reply: opt-out first, then the rest."""
    found = Match(thread, "their enrollment", sender_known=True, answered=_answered(thread))
    said = mail.read(message, mail.reply_of(message), {})
    wish = readings.opt_out_of(said)
    if wish.verdict is not Verdict.NONE:
        effects.apply_opt_out(message, wish, found)
    mail.take_reply(message, found, said)


def _answered(thread: Enrollment) -> Message | None:
    sent = thread.messages.filter(direction=Direction.OUTBOUND, sent_at__isnull=False)
    return sent.order_by("-sent_at").first()


def _book(thread: Enrollment, message: Message, actor: User) -> None:
    conversation = moves.conversation_of(thread)
    if conversation.hot_since is None and conversation.state != TalkState.CLOSED:
        handoff.escalate(conversation, message, reason=BOOKED)
    reading = message.reading
    if reading.intent == ReplyIntent.UNKNOWN:
        acts.label(message.pk, intent=ReplyIntent.INTERESTED, actor=actor)


def newest_thread(contact_id: UUID) -> Enrollment | None:
    """The thread a person's engagement belongs to where none is named: the last we wrote in."""
    threads = Enrollment.objects.filter(contact=contact_id)
    return threads.order_by("-last_outbound_at", "-created_at").first()
