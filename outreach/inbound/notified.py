"""What notices do that came as mail: bounces, delays, deliveries, complaints and absences."""

from django.utils import timezone

from crm.models import ContactPoint
from outreach import absences
from outreach.choices import MessageStatus
from outreach.conversations import proposals
from outreach.inbound.effects import set_status
from outreach.inbound.match import Match
from outreach.inbound.notices.reading import Absence, Kind, Reading
from outreach.inbound.outcome import Worked, needs_attention, processed
from outreach.inbound.parse import ParsedMail
from outreach.models import Message
from outreach.sending import message_ids
from outreach.sending.tracking import Report, apply_report

ACTOR = "inbound"
EVENTS = {Kind.BOUNCE: "bounced", Kind.COMPLAINT: "complained", Kind.DELIVERED: "delivered"}


def apply_notice(
    message: Message, parsed: ParsedMail, reading: Reading, found: Match | None
) -> Worked:
    """Let a notice take effect; only believed for a message that is ours."""
    about = _about(parsed, reading, found)
    if about is None:
        set_status(message, MessageStatus.NEEDS_ATTENTION, "About no message of ours.")
        return needs_attention("A notice about no message of ours.", message.pk)
    event = EVENTS.get(reading.kind)
    if event:
        at = message.received_at or timezone.now()
        cause = reading.worst.cause.name if reading.worst and reading.worst.cause else ""
        apply_report(about, Report(event, at, reading.reason, cause=cause))
    elif about.status == MessageStatus.SENT:
        Message.objects.filter(pk=about.pk).update(reason=f"Delayed: {reading.reason}"[:1000])
    set_status(message, MessageStatus.PROCESSED, reading.reason)
    return processed(f"About {about.to_address}: {reading.reason}", message.pk)


def note_absence(message: Message, said: Absence, *, actor: str = ACTOR) -> None:
    """Who is away is not written to until after, and whoever stands in is proposed to staff."""
    absences.note(message, said, at=message.received_at or timezone.now(), actor=actor)
    words = ", ".join(word for word in (said.stand_in_name, said.stand_in) if word)
    enrollment = message.enrollment
    if not said.stand_in or enrollment is None or enrollment.company_id is None:
        return
    known = ContactPoint.objects.filter(
        contact__company=enrollment.company_id, value__iexact=said.stand_in
    )
    if not known.exists():
        proposals.propose_named(message, words, actor=actor)


def _about(parsed: ParsedMail, reading: Reading, found: Match | None) -> Message | None:
    """Our message: by the Message-ID of what is returned, else the thread the notice came to."""
    ours = message_ids.read(reading.original_id) or message_ids.read(
        f"{parsed.in_reply_to} {parsed.references}"
    )
    about = Message.objects.select_related("enrollment").filter(pk=ours).first() if ours else None
    if about is None and found and reading.kind is not Kind.COMPLAINT:
        about = found.answered
    return about
