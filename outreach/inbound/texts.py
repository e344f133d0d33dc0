"""One inbound text: stored as a message, matched by number, opt-out first, then its effects."""

from typing import Any

from compliance.addresses import BadAddressError, normalise
from compliance.choices import AddressKind
from compliance.optout import OptOutReading, Verdict
from compliance.typed import number_of
from crm.models import ContactPoint
from outreach.channels import keywords
from outreach.choices import Channel, Direction, MessageKind, MessageStatus
from outreach.conversations import readings
from outreach.conversations.case import ReplyReading
from outreach.inbound import effects
from outreach.inbound.mail import take_reply
from outreach.inbound.match import RECENT, Match
from outreach.inbound.outcome import Worked, needs_attention, processed
from outreach.models import Enrollment, Message, ProviderEvent


def process(event: ProviderEvent) -> Worked:
    """Turn a stored text into a message in its thread; runs inside the caller's transaction."""
    fields = event.payload
    number = _number(str(fields.get("From") or ""))
    found = match_text(number, ours=str(fields.get("To") or ""), event=event)
    if found:
        # One text of a thread at a time, so that their order is the order of arrival.
        Enrollment.objects.select_for_update().get(pk=found.enrollment.pk)
    message = _store(event, number, found)
    said = _read(message, fields)
    opt_out = readings.opt_out_of(said)
    if opt_out.verdict is not Verdict.NONE:
        effects.apply_opt_out(message, opt_out, found)
    if keywords.is_start(fields):
        reason = (
            "They wrote START. Twilio lets texts through to them again, but what they asked of us "
            "stands until a new consent is recorded."
        )
        effects.set_status(message, MessageStatus.NEEDS_ATTENTION, reason)
        return needs_attention(reason, message.pk)
    if keywords.is_help(fields) and opt_out.verdict is Verdict.NONE:
        reason = "They asked who writes and how to stop, and were told at once."
        Message.objects.filter(pk=message.pk).update(kind=MessageKind.HELP)
        effects.set_status(message, MessageStatus.PROCESSED, reason)
        return processed(reason, message.pk)
    if found is None:
        effects.set_status(message, MessageStatus.NEEDS_ATTENTION, "It fits no thread of ours.")
        return needs_attention("It fits no thread: attach it to one, or dismiss it.", message.pk)
    return take_reply(message, found, said)


def _read(message: Message, fields: dict[str, Any]) -> ReplyReading:
    """What the person wants by their words; Twilio's reading may add a stop, never undo one."""
    said = readings.read_reply(message, message.body, {})
    if str(fields.get("OptOutType") or "").upper() == "STOP":
        words = readings.opt_out_of(said).words or str(fields.get("Body") or "STOP")
        said = readings.with_opt_out(said, OptOutReading(Verdict.CLEAR, words))
    readings.store_reading(message, said, engine=readings.RULES)
    return said


def match_text(number: str, *, ours: str, event: ProviderEvent) -> Match | None:
    """The thread of the last text we sent to this number, from the number it answers if we can.

    Else the newest thread of the contact whose number it is.
    """
    if not number:
        return None
    rows = Enrollment.objects.select_related("campaign", "company", "contact")
    sent = Message.objects.filter(
        direction=Direction.OUTBOUND, channel=Channel.SMS, to_address=number,
        hand_over_at__gte=event.received_at - RECENT, enrollment__isnull=False,
    ).order_by("-hand_over_at")  # fmt: skip
    answered = sent.filter(from_address=ours).first() or sent.first()
    if answered is not None:
        enrollment = rows.get(messages=answered.pk)
        return Match(enrollment, "phone number", sender_known=True, answered=answered)
    people = ContactPoint.objects.filter(kind__in=["phone", "whatsapp"], value=number).values_list(
        "contact", flat=True
    )
    newest = rows.filter(contact__in=list(people)).order_by("-last_outbound_at").first()
    return Match(newest, "known number", sender_known=True, answered=None) if newest else None


def _number(said: str) -> str:
    """E.164, or what was said where it is no number (a short code, a name)."""
    try:
        return normalise(AddressKind.PHONE, said)
    except BadAddressError:
        return said.strip()[:40]


def _store(event: ProviderEvent, number: str, found: Match | None) -> Message:
    body = str(event.payload.get("Body") or "").replace("\x00", "")
    media = number_of(str(event.payload.get("NumMedia") or ""), 0, digits=2)
    if media:
        urls = [str(event.payload.get(f"MediaUrl{n}") or "") for n in range(media)]
        body = "\n".join([body, *(f"[picture: {url}]" for url in urls)]).strip()
    values: dict[str, Any] = {
        "enrollment": found.enrollment if found else None,
        "campaign": found.enrollment.campaign if found else None,
        "direction": Direction.INBOUND,
        "channel": Channel.SMS,
        "kind": MessageKind.REPLY,
        "status": MessageStatus.RECEIVED,
        "body": body,
        "from_address": number,
        "to_address": str(event.payload.get("To") or "")[:500],
        "provider": "twilio",
        "provider_message_id": event.key[:255],
        "received_at": event.received_at,
        "own_ranges": [[0, len(body)]],
        "sender_known": bool(found and found.sender_known),
    }
    if event.message_id:
        return Message.objects.update_or_create(pk=event.message_id, defaults=values)[0]
    return Message.objects.create(**values)
