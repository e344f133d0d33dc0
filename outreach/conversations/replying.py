"""What a person writes in a conversation: an answer that goes at once, and notes among us."""

import re
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from compliance import audit, suppression
from compliance.choices import AddressKind
from compliance.models import Suppression
from compliance.rules import suppressed
from outreach import pipeline
from outreach.actors import name_of
from outreach.approvals import approve
from outreach.choices import Channel, Direction, MessageKind, MessageStatus
from outreach.conversations import acts, alerts, attention
from outreach.conversations.drafts import put_answer
from outreach.editing import clean_body
from outreach.errors import NotAllowedNow
from outreach.models import Enrollment, Message
from outreach.models.alert import AlertKind
from outreach.opting_out import addresses_held

BY_HAND = "hand"
MENTION = re.compile(r"(?<![\w@])@([\w.+-]{1,150})")
LONGEST_NOTE = 2000


@transaction.atomic
def reply(enrollment_id: UUID, body: str, *, actor: User) -> Message:
    """Answer their last message on its channel: written and approved by the same person, it goes.

    Everything that holds for any message holds for it: the gate, budgets, pauses. Raises
    NotAllowedNow without words, without a message to answer, or where the gate refuses; then
    nothing is kept, so the caller keeps what was typed.
    """
    words = clean_body(body)
    if not words.strip():
        raise NotAllowedNow("Write something first.")
    heard = last_heard(enrollment_id)
    if heard is None:
        raise NotAllowedNow("They have not written yet; there is nothing to answer.")
    name = name_of(actor)
    draft = put_answer(heard, words, actor=name, engine=BY_HAND)
    message = approve(draft.pk, approver=actor, version=draft.version, checked=True)
    mark_read(enrollment_id, actor=actor)
    attention.looked_at(enrollment_id, actor=name, reason=f"{name} answered.")
    seen = acts.acknowledge(enrollment_id, actor=actor)  # who answers has looked
    pipeline.talking(seen, actor=name)
    return message


def last_heard(enrollment_id: UUID) -> Message | None:
    """The last thing a person wrote in this thread."""
    replies = Message.objects.filter(
        enrollment=enrollment_id, direction=Direction.INBOUND, kind=MessageKind.REPLY
    )
    return (
        replies.select_related("enrollment__campaign__mailbox", "enrollment__contact")
        .order_by("-received_at")
        .first()
    )


def stopped_by(heard: Message) -> list[Suppression]:
    """What on the suppression list keeps any answer to `heard` from going; two queries.

    Asked for the page alone, which has no box to write in then; whoever sends is asked by the gate.
    """
    thread = heard.enrollment
    kind = AddressKind.EMAIL if heard.channel == Channel.EMAIL else AddressKind.PHONE
    to = suppression.normalise(kind, heard.from_address)
    held = addresses_held([thread.contact_id] if thread and thread.contact_id else [])
    pairs = sorted({(str(kind), to), *held})
    found = suppression.find(pairs, channel=heard.channel)
    rows = [row for _address, row in suppressed.standing(pairs, found, to=to)]
    return list({row.pk: row for row in rows}.values())


@transaction.atomic
def note(enrollment_id: UUID, words: str, *, actor: User) -> list[User]:
    """Add a line to the thread's notes; who is named with @ is told, and returned.

    The words stand in the notes alone, where they can be erased.
    """
    said = words.replace("\x00", "").strip()[:LONGEST_NOTE]
    if not said:
        raise NotAllowedNow("Write something first.")
    thread = Enrollment.objects.select_for_update().get(pk=enrollment_id)
    line = f"{timezone.localtime():%d %b %H:%M} {name_of(actor)}: {said}"
    thread.notes = f"{thread.notes}\n{line}".strip()
    thread.save(update_fields=["notes", "updated_at"])
    audit.append("thread.noted", thread, actor=name_of(actor), campaign_id=thread.campaign_id)
    named = mentioned(said, not_this=actor)
    for user in named:
        alerts.tell(
            user.pk, AlertKind.MENTION, enrollment_id=enrollment_id,
            words=f"{name_of(actor)} named you in a note.",
        )  # fmt: skip
    return named


def names_in(words: str) -> set[str]:
    """The user names written with @ in a note, lower-cased. Pure."""
    return {found.rstrip(".").lower() for found in MENTION.findall(words)}


def mentioned(words: str, *, not_this: User) -> list[User]:
    """The colleagues named with @user, once each; unknown names are words like others."""
    names = names_in(words)
    if not names:
        return []
    people = User.objects.filter(is_active=True, is_staff=True).exclude(pk=not_this.pk)
    return [user for user in people.order_by("pk") if user.get_username().lower() in names]


def mark_read(enrollment_id: UUID, *, actor: User) -> int:
    """What they wrote has been looked at; returns how many were unread."""
    count = Message.objects.filter(
        enrollment=enrollment_id, direction=Direction.INBOUND, read_at=None
    ).update(read_at=timezone.now())
    alerts.mark_seen(alerts.unseen(actor).filter(enrollment=enrollment_id))
    return count


def waiting_answer(enrollment_id: UUID) -> Message | None:
    """The draft of an answer that waits for a look."""
    return Message.objects.filter(
        enrollment=enrollment_id, kind=MessageKind.ANSWER, status=MessageStatus.EA_REVIEW
    ).first()
