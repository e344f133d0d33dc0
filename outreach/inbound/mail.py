"""One inbound mail: stored as a message, matched, read, and its effects, in one transaction."""

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from compliance import audit
from compliance.optout import Verdict
from outreach.choices import Channel, Direction, MessageKind, MessageStatus
from outreach.conversations import readings
from outreach.conversations.asking import ask_later
from outreach.conversations.case import Intent, ReplyReading
from outreach.conversations.hearing import hear
from outreach.inbound import effects, notified
from outreach.inbound.match import Match, match_mail
from outreach.inbound.notices.automatic import PROGRAM
from outreach.inbound.notices.read import read_notice
from outreach.inbound.notices.reading import Kind, Reading
from outreach.inbound.outcome import Worked, needs_attention, processed
from outreach.inbound.parse import ParsedMail, parse_mail
from outreach.inbound.reply_text import ReplyText, split_reply
from outreach.inbound.taking_part import note_mail
from outreach.learning import learn_response
from outreach.models import Attachment, Enrollment, Message, ProviderEvent
from outreach.signals import reply_received
from outreach.webhooks.hearing import tell_reply

KINDS = {
    Kind.REPLY: MessageKind.REPLY,
    Kind.BOUNCE: MessageKind.BOUNCE,
    Kind.COMPLAINT: MessageKind.COMPLAINT,
}  # whatever else there is was written by a machine
TALKS_OF_ONE = 0.3


def process(event: ProviderEvent) -> Worked:
    """Turn a stored mail into a message in its thread; runs inside the caller's transaction.

    Processing again (after "reprocess") updates the same message; a copy of a mail that came by
    another way (IMAP and webhook) is recognised by its Message-ID.
    """
    raw = bytes(event.raw)
    parsed = parse_mail(raw)
    twin = _twin(event, parsed)
    if twin is not None:
        return processed("The same mail is here already.", twin.pk)
    found = match_mail(
        parsed, recipient=str(event.payload.get("recipient") or ""), now=event.received_at
    )
    if found:
        # One mail of a thread at a time, so that their order is the order of arrival.
        Enrollment.objects.select_for_update().get(pk=found.enrollment.pk)
        # Another worker may have had its copy while we waited for the thread.
        twin = _twin(event, parsed)
        if twin is not None:
            return processed("The same mail is here already.", twin.pk)
    reading = read_notice(raw, today=event.received_at.date())
    reply = split_reply(parsed.text, parsed.html)
    message = _store(event, parsed, reply, reading, found)
    worked = deliver(message, parsed, reply, reading, found)
    if found and message.kind == MessageKind.REPLY:
        note_mail(found.enrollment, parsed, at=event.received_at)
    return worked


def _twin(event: ProviderEvent, parsed: ParsedMail) -> Message | None:
    if not parsed.message_id:
        return None
    return (
        Message.objects.filter(
            direction=Direction.INBOUND,
            rfc_message_id=parsed.message_id,
            from_address=parsed.from_email,
        )
        .exclude(events=event)
        .first()
    )


def _store(
    event: ProviderEvent,
    parsed: ParsedMail,
    reply: ReplyText,
    reading: Reading,
    found: Match | None,
) -> Message:
    values = {
        "enrollment": found.enrollment if found else None,
        "campaign": found.enrollment.campaign if found else None,
        "direction": Direction.INBOUND,
        "channel": Channel.EMAIL,
        "kind": KINDS.get(reading.kind, MessageKind.AUTO_REPLY),
        "status": MessageStatus.RECEIVED,
        "subject": parsed.subject,
        "body": reply.body,
        "body_html": parsed.html,
        "from_name": parsed.from_name,
        "from_address": parsed.from_email,
        "to_address": str(event.payload.get("recipient") or ", ".join(parsed.to))[:500],
        "rfc_message_id": parsed.message_id,
        "in_reply_to": parsed.in_reply_to,
        "references": parsed.references,
        "received_at": event.received_at,
        "own_ranges": [list(span) for span in reply.own],
        "sender_known": bool(found and found.sender_known),
        "reason": reading.reason,
    }
    if event.message_id:
        message, _created = Message.objects.update_or_create(pk=event.message_id, defaults=values)
    else:
        message = Message.objects.create(**values)
        _store_files(message, parsed)
    return message


def _store_files(message: Message, parsed: ParsedMail) -> None:
    """Keep attachments within the limit; a larger one is listed and stays in the raw event."""
    for file in parsed.files:
        size = len(file.content)
        row = Attachment(message=message, name=file.name, content_type=file.content_type, size=size)
        if size > settings.INBOUND_MAX_ATTACHMENT_BYTES:
            limit = settings.INBOUND_MAX_ATTACHMENT_BYTES // 1024 // 1024
            row.left_out = (
                f"Larger than {limit} MB, so it cannot be downloaded here. The mail is kept whole: "
                "ask an administrator for it, or the sender for a smaller file."
            )
        else:
            row.file.save(file.name, ContentFile(file.content), save=False)
        row.save()


def deliver(
    message: Message,
    parsed: ParsedMail,
    reply: ReplyText,
    reading: Reading,
    found: Match | None,
) -> Worked:
    """Let a mail take effect: opt-out first, then bounces and machines, then a person's reply."""
    if reading.kind in {Kind.BOUNCE, Kind.DELAYED, Kind.DELIVERED, Kind.COMPLAINT}:
        said = readings.by_form(KINDS.get(reading.kind, MessageKind.AUTO_REPLY))
        readings.store_reading(message, said, engine=readings.BY_FORM)
        return notified.apply_notice(message, parsed, reading, found)
    said = read(message, reply, parsed.headers)
    # What a no-reply address sends to a thread's own address may be an offer: it is an answer.
    person = reading.kind is Kind.REPLY or (reading.form == PROGRAM and found is not None)
    automatic = not person or readings.is_machine(said)
    opt_out = readings.opt_out_of(said)
    if opt_out.verdict is not Verdict.NONE and not automatic:
        effects.apply_opt_out(message, opt_out, found)
    if found is None:
        effects.set_status(message, MessageStatus.NEEDS_ATTENTION, "It fits no thread of ours.")
        return needs_attention("It fits no thread: attach it to one, or dismiss it.", message.pk)
    if automatic:
        return _take_automatic(message, reading)
    if message.kind != MessageKind.REPLY:
        message.kind = MessageKind.REPLY
        message.save(update_fields=["kind", "updated_at"])
    return take_reply(message, found, said)


def read(message: Message, reply: ReplyText, headers: Mapping[str, str]) -> ReplyReading:
    """Read a message and keep the reading; what only repeats others may not stop anybody."""
    said = readings.read_reply(message, reply.own_text, headers)
    if said.intent is Intent.BOUNCE:
        # Only called for mail that has no form of a notice: a person talks of one, and may say
        # what no phrase tells. Somebody looks.
        said = replace(said, intent=Intent.UNKNOWN, confidence=min(said.confidence, TALKS_OF_ONE))
    if reply.only_quoted and said.opt_out_verdict is Verdict.CLEAR:
        said = replace(said, opt_out_verdict=Verdict.AMBIGUOUS, opt_out=False)
    readings.store_reading(message, said, engine=readings.RULES)
    return said


def _take_automatic(message: Message, reading: Reading) -> Worked:
    message.kind = MessageKind.AUTO_REPLY
    message.save(update_fields=["kind", "updated_at"])
    if reading.absence:
        notified.note_absence(message, reading.absence)
    if reading.kind in {Kind.CHALLENGE, Kind.UNKNOWN}:
        effects.set_status(message, MessageStatus.NEEDS_ATTENTION, reading.reason)
        return needs_attention(reading.reason, message.pk)
    effects.set_status(message, MessageStatus.PROCESSED, reading.reason or "Written by a machine.")
    return processed("An automatic reply: it does not count as an answer.", message.pk)


def take_reply(message: Message, found: Match, said: ReplyReading) -> Worked:
    """A person answered: the touches left are stopped, and the news goes up after commit."""
    effects.stop_thread(message, found)
    learn_response(message)
    heard = hear(message, said)
    tell_reply(message, said)
    _settle(message, found, said, heard.look)
    ask_later(message, said)
    audit.append(
        "message.received", message, actor="inbound", campaign_id=message.campaign_id,
        data={"from": message.from_address, "matched_by": found.how},
    )  # fmt: skip
    pk = message.pk
    transaction.on_commit(lambda: _tell(pk))
    return processed(f"Matched by {found.how}.", pk)


def _settle(message: Message, found: Match, said: ReplyReading, look: str) -> None:
    """Whether a person must look, and why; a clear wish to stop was obeyed and needs no look."""
    verdict = said.opt_out_verdict
    if not found.sender_known:
        look = found.doubt
    elif verdict is not Verdict.NONE:
        look = message.reason if verdict is Verdict.AMBIGUOUS else ""
    why = look or (message.reason if verdict is Verdict.CLEAR else "")
    status = MessageStatus.NEEDS_ATTENTION if look else MessageStatus.PROCESSED
    effects.set_status(message, status, why)


def _tell(message_id: object) -> None:
    reply_received.send_robust(sender=Message, message_id=message_id)


def reply_of(message: Message) -> ReplyText:
    """The reply text of a stored message, as it was split when it came."""
    own = tuple((int(start), int(end)) for start, end in cast(list[list[int]], message.own_ranges))
    return ReplyText(message.body, own or ((0, len(message.body)),))
