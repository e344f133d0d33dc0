"""What a bounced mail means for the address, the person and the mailbox it was sent from.

Hard: the address is dead. Soft: it counts, and a few in a row are as good as hard. Policy: it is
about us, so the mailbox stops and an administrator is told; the person is left alone.
"""

from datetime import datetime, timedelta

import structlog
from django.db.models import Max

from compliance import audit, suppression
from compliance.choices import AddressKind, SuppressionReason, SuppressionScope
from crm.choices import PointState
from crm.models import ContactPoint
from outreach.choices import Channel
from outreach.conversations.alerts import tell_administrators
from outreach.inbound.notices.reading import Cause, Hardness, Pauses
from outreach.inbound.notices.severity import causes
from outreach.models import Mailbox, Message, OutreachPolicy
from outreach.models.alert import AlertKind
from outreach.stopping import cancel_open_messages

log = structlog.get_logger(__name__)
ACTOR = "provider"
REPEATED_WITHIN = timedelta(hours=24)


def follow(message: Message, cause: Cause, *, words: str, at: datetime) -> None:
    """Do what the cause of a bounce of `message` asks for; in the caller's transaction."""
    if cause.hardness is Hardness.HARD:
        stop_address(message, words=words, at=at)
    elif cause.hardness is Hardness.SOFT:
        _count(message, at)
    elif message.mailbox and _stops_mailbox(message, cause, at):
        _pause_mailbox(message, message.mailbox, cause, at)


def stop_address(message: Message, *, words: str, at: datetime) -> None:
    """The address takes no more mail (a number: no more texts); what waits for it is cancelled."""
    # A dead number is dead for texts, a dead mailbox for everything.
    is_mail = message.channel == Channel.EMAIL
    suppression.suppress_person(
        [(AddressKind.EMAIL if is_mail else AddressKind.PHONE, message.to_address)],
        reason=SuppressionReason.HARD_BOUNCE, source="provider report", received_at=at,
        words=words, scope=SuppressionScope.ALL if is_mail else SuppressionScope.SMS, actor=ACTOR,
    )  # fmt: skip
    ContactPoint.objects.filter(value__iexact=message.to_address).update(
        state=PointState.UNDELIVERABLE
    )
    cancel_open_messages(
        actor=ACTOR, reason="The address bounced.", to_address__iexact=message.to_address
    )


def soft_in_a_row(address: str) -> int:
    """How many mails to the address came back for now since the last that got through."""
    ours = Message.objects.filter(to_address=address, channel=Channel.EMAIL)
    seen = ours.aggregate(Max("delivered_at"), Max("opened_at"), Max("replied_at"))
    alive = [moment for moment in seen.values() if moment]
    soft = [cause.name for cause in causes().values() if cause.hardness is Hardness.SOFT]
    rows = ours.filter(bounce_cause__in=soft)
    return (rows.filter(bounced_at__gt=max(alive)) if alive else rows).count()


def _count(message: Message, at: datetime) -> None:
    limit = OutreachPolicy.load().soft_bounce_limit
    count = soft_in_a_row(message.to_address)
    if limit and count >= limit:
        stop_address(message, words=f"{count} mails in a row came back for now.", at=at)


def _stops_mailbox(message: Message, cause: Cause, at: datetime) -> bool:
    """At once for what is surely about us; else when several people's servers say so in a day."""
    if cause.pauses is not Pauses.IF_REPEATED:
        return cause.pauses is Pauses.AT_ONCE
    limit = OutreachPolicy.load().refusal_limit
    alike = [one.name for one in causes().values() if one.pauses is Pauses.IF_REPEATED]
    refused = Message.objects.filter(
        mailbox=message.mailbox_id, bounce_cause__in=alike, bounced_at__gt=at - REPEATED_WITHIN
    )
    return bool(limit) and refused.values("to_address").distinct().count() >= limit


def _pause_mailbox(message: Message, mailbox: Mailbox, cause: Cause, at: datetime) -> None:
    """Hold everything of the mailbox until somebody resumes it; told once a pause."""
    changed = Mailbox.objects.filter(pk=mailbox.pk, paused_at=None).update(
        paused_at=at, pause_reason=cause.meaning[:200]
    )
    if not changed:
        return
    log.error("mailbox_paused", mailbox=str(mailbox.pk), cause=cause.name)
    refused_by = message.to_address.rpartition("@")[2]
    why = f"{cause.meaning} Mail to {refused_by} was refused."
    audit.append("mailbox.paused", mailbox, actor=ACTOR, reason=why, data={"cause": cause.name})
    words = f"{mailbox.name} sends nothing until you resume it: {cause.meaning}"
    tell_administrators(AlertKind.MAILBOX, message, words=words)
