"""Finds the thread an inbound mail belongs to, from the surest sign to the weakest."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from crm.models import ContactPoint
from outreach import reply_address
from outreach.choices import Direction
from outreach.inbound.parse import ParsedMail
from outreach.inbound.sender_check import forgery
from outreach.models import Enrollment, Message, Participant
from outreach.sending import message_ids

RECENT = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Match:
    """The thread, how it was found, and what they answer.

    `sender_known`: the sender is one we wrote to, and is not forged; else `doubt` says why not.
    """

    enrollment: Enrollment
    how: str
    sender_known: bool
    answered: Message | None
    doubt: str = ""


def match_mail(mail: ParsedMail, *, recipient: str, now: datetime) -> Match | None:
    """The thread by reply address, our signed Message-ID, or a recent outbound to the sender."""
    enrollment, how = _find(mail, recipient, now)
    if enrollment is None:
        return None
    doubt = forgery(mail.headers, mail.from_email)
    if not doubt and not _knows(enrollment, mail.from_email):
        doubt = (
            f"{mail.from_email or 'Somebody unknown'} is not an address we hold for this "
            "thread: check who it is before trusting it."
        )
    return Match(enrollment, how, not doubt, _answered(enrollment, mail), doubt)


def _find(mail: ParsedMail, recipient: str, now: datetime) -> tuple[Enrollment | None, str]:
    rows = Enrollment.objects.select_related("campaign", "company", "contact")
    for address in (recipient, *mail.to):
        token = reply_address.read(address)
        found = rows.filter(token=token).first() if token else None
        if found:
            return found, "reply address"
    ours = message_ids.read(f"{mail.in_reply_to} {mail.references}")
    if ours:
        found = rows.filter(messages=ours).first()
        if found:
            return found, "answered Message-ID"
    if mail.from_email:
        # A weak sign: somebody we wrote to lately, from the address we wrote to.
        found = (
            rows.filter(
                messages__direction=Direction.OUTBOUND,
                messages__to_address__iexact=mail.from_email,
                messages__sent_at__gte=now - RECENT,
            )
            .order_by("-messages__sent_at")
            .first()
        )
        if found:
            return found, "sender address"
        # Weaker still: somebody who was copied in. It finds the thread; it makes nobody known.
        part = (
            Participant.objects.filter(value=mail.from_email, first_seen__gte=now - RECENT)
            .order_by("-first_seen")
            .values_list("enrollment", flat=True)
            .first()
        )
        found = rows.filter(pk=part).first() if part else None
        if found:
            return found, "somebody in the thread"
    return None, ""


def _knows(enrollment: Enrollment, sender: str) -> bool:
    """The sender is the person we wrote to, or a colleague at an address we hold."""
    if not sender:
        return False
    points = ContactPoint.objects.filter(kind="email", value__iexact=sender)
    if points.filter(contact=enrollment.contact_id).exists():
        return True
    return bool(
        enrollment.company_id and points.filter(contact__company=enrollment.company_id).exists()
    )


def _answered(enrollment: Enrollment, mail: ParsedMail) -> Message | None:
    """The message of ours this mail answers: the one named, else the last that left."""
    outbound = Message.objects.filter(enrollment=enrollment, direction=Direction.OUTBOUND)
    ours = message_ids.read(f"{mail.in_reply_to} {mail.references}")
    named = outbound.filter(pk=ours).first() if ours else None
    return named or outbound.filter(sent_at__isnull=False).order_by("-sent_at").first()
