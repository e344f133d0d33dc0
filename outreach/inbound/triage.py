"""What a person does with inbound mail that waits: attach it, process it again, dismiss it."""

from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from compliance import audit
from compliance.optout import Verdict
from outreach.actors import name_of
from outreach.choices import EventStatus, MessageKind, MessageStatus
from outreach.conversations.readings import opt_out_of
from outreach.errors import NotAllowedNow
from outreach.inbound import effects
from outreach.inbound.mail import read, reply_of, take_reply
from outreach.inbound.match import Match
from outreach.inbound.parse import parse_mail
from outreach.inbound.process import process_one
from outreach.inbound.taking_part import note_mail
from outreach.models import Enrollment, Message, ProviderEvent


@transaction.atomic
def attach(message_id: UUID, enrollment_id: UUID, *, actor: User) -> Message:
    """Put an unmatched mail into a thread and let it take effect there as a reply."""
    message = Message.objects.select_for_update().get(pk=message_id, direction="inbound")
    if message.enrollment_id:
        raise NotAllowedNow("This mail is in a thread already.")
    enrollment = Enrollment.objects.select_related("campaign").get(pk=enrollment_id)
    message.enrollment, message.campaign = enrollment, enrollment.campaign
    message.save(update_fields=["enrollment", "campaign", "updated_at"])
    answered = (
        Message.objects.filter(enrollment=enrollment, sent_at__isnull=False)
        .order_by("-sent_at")
        .first()
    )
    if message.kind == MessageKind.REPLY:
        found = Match(enrollment, f"{name_of(actor)}, by hand", True, answered)
        said = read(message, reply_of(message), {})
        if said.opt_out_verdict is not Verdict.NONE:
            effects.apply_opt_out(message, opt_out_of(said), found)
        take_reply(message, found, said)
    else:
        effects.set_status(message, MessageStatus.PROCESSED, "")
    came = message.events.first()
    if came is not None and message.kind == MessageKind.REPLY:
        note_mail(enrollment, parse_mail(bytes(came.raw)), at=came.received_at)
    ProviderEvent.objects.filter(message=message).update(
        status=EventStatus.PROCESSED, detail=f"Attached by {name_of(actor)}."
    )
    audit.append(
        "message.attached", message, actor=name_of(actor), campaign_id=enrollment.campaign_id
    )
    return message


def reprocess(event_id: UUID, *, actor: User) -> ProviderEvent:
    """Work a stored event off again, as if it had just come; its message is updated in place."""
    event = ProviderEvent.objects.get(pk=event_id)
    if event.status == EventStatus.PROCESSING:
        raise NotAllowedNow("A worker is at it right now.")
    ProviderEvent.objects.filter(pk=event_id).update(
        status=EventStatus.RECEIVED, lease_until=None, attempts=0
    )
    audit.append("event.reprocessed", event, actor=name_of(actor))
    process_one(event_id)
    event.refresh_from_db()
    return event


@transaction.atomic
def dismiss(message_id: UUID, *, actor: User, reason: str) -> Message:
    """Set a mail aside that needs nothing more, with why; it stays stored."""
    message = Message.objects.get(pk=message_id, direction="inbound")
    words = reason.strip() or "Dismissed."
    effects.set_status(message, MessageStatus.PROCESSED, words)
    ProviderEvent.objects.filter(message=message).update(
        status=EventStatus.DISMISSED, detail=f"{name_of(actor)}: {words}"
    )
    audit.append(
        "message.dismissed", message, actor=name_of(actor), reason=words,
        campaign_id=message.campaign_id,
    )  # fmt: skip
    return message


@transaction.atomic
def set_event_aside(event_id: UUID, *, actor: User) -> None:
    """A person has dealt with what could not be worked off; its bytes stay stored."""
    changed = ProviderEvent.objects.filter(
        pk=event_id, status=EventStatus.NEEDS_ATTENTION, message=None
    ).update(status=EventStatus.DISMISSED)
    if not changed:
        raise NotAllowedNow("It does not wait any more.")
    event = ProviderEvent.objects.defer("raw").get(pk=event_id)
    audit.append("event.set_aside", event, actor=name_of(actor), reason=event.detail[:300])
