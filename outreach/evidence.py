"""What we said to a person and heard from them, as records for the evidence."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.conf import settings

from compliance import keyed_hash, unsubscribe
from compliance.choices import AddressKind
from compliance.evidence import Line, Person, Record
from compliance.evidence.moments import moment
from compliance.rules.first_text import WAY_OUT
from compliance.sms_text import count_text
from crm.evidence import contacts_of
from outreach.choices import AttemptOutcome, Channel, Direction, EventKind
from outreach.models import Approval, Enrollment, Message
from outreach.outbounds import purpose_of

PURPOSES = {
    "inquiry": "No: a request to a vendor for a quote.",
    "answer": "No: an answer to what they asked.",
    "marketing": "Yes: part of a sequence that proposes something.",
}
OPT_OUTS = {"person.opted_out": "Clear", "person.held": "Ambiguous: held until a person looked"}


def messages_of(person: Person) -> list[Message]:
    """Every message to one of the addresses, in one of the person's threads, or from them."""
    ids = _message_ids(person)
    rows = Message.objects.filter(pk__in=ids).order_by("created_at", "pk")
    known = rows.select_related("campaign", "enrollment")
    return list(known.prefetch_related("approvals", "tries", "events"))


def _message_ids(person: Person) -> set[UUID]:
    # Asked one by one: joined by OR they could use none of their indexes.
    rows = Message.objects.order_by()
    # After erasure a message knows its recipient by a hash, and can still be shown to be lawful.
    hashes = [one for address in person.values for one in keyed_hash.all_hashes(address)]
    addresses = [*person.values, *hashes]
    addressed = rows.filter(to_address__in=addresses, direction=Direction.OUTBOUND)
    threads = rows.filter(enrollment__contact__in=contacts_of(person))
    unplaced = rows.filter(
        enrollment=None, direction=Direction.INBOUND, from_address__in=person.values
    )
    found = (addressed, threads, unplaced)
    return {pk for query in found for pk in query.values_list("pk", flat=True)}


def rows_of(person: Person) -> Iterator[tuple[str, str]]:
    """Messages and threads as the ledger names them."""
    for pk in _message_ids(person):
        yield (Message._meta.label_lower, str(pk))
    threads = Enrollment.objects.filter(contact__in=contacts_of(person))
    for pk in threads.values_list("pk", flat=True):
        yield (Enrollment._meta.label_lower, str(pk))


def records_of(person: Person, lines: Sequence[Line]) -> Iterator[Record]:
    """Words, decisions, deliveries and wishes to stop."""
    messages = messages_of(person)
    grounds = {line.subject[1]: line.data["decision"] for line in lines if "decision" in line.data}
    for message in messages:
        yield _said(message)
        yield from _decisions(message, grounds.get(str(message.pk), {}))
        if message.direction == Direction.OUTBOUND and (message.sent_at or message.error):
            yield _delivery(message)
    yield from _opt_outs({str(message.pk): message for message in messages}, lines)


def _said(message: Message) -> Record:
    ours = message.direction == Direction.OUTBOUND
    names_sender = bool(message.from_name) and message.from_name in message.body
    verb, other = ("to", message.to_address) if ours else ("from", message.from_address)
    status = message.get_status_display().lower()
    return Record(
        section="message",
        at=(message.sent_at if ours else message.received_at) or message.created_at,
        title=f"{message.get_channel_display()} {verb} {other}: {status}",
        answers={
            "message_id": str(message.pk),
            "provider_sid": message.provider_message_id or message.rfc_message_id,
            "body_rendered": "\n\n".join(filter(None, [message.subject, message.body])),
            "body_sha256": hashlib.sha256(message.body.encode("utf-8", "replace")).hexdigest(),
            "template": message.engine or message.logged_by,
            "from_sender": f"{message.from_name} <{message.from_address}>".strip(),
            "identification_present": ("Yes" if names_sender else "No") if ours else "",
            "to_address": message.to_address,
            "is_marketing": PURPOSES[purpose_of(message)] if ours else "",
            "variables": _filled_in(message) if ours else "",
            **(_form(message) if ours else {}),
        },
        source=_source(message),
    )


def _form(message: Message) -> dict[str, str]:
    """What can be seen in the words themselves: size, way out, postal address."""
    if message.channel == Channel.SMS:
        size = count_text(message.body)
        return {
            "segments": f"{size.segments}, {size.encoding}",
            "optout_wording_present": "Yes" if WAY_OUT.search(message.body) else "No",
        }
    if message.channel != Channel.EMAIL or purpose_of(message) != "marketing":
        return {}
    # Only what is found is said: the address may have been another one then.
    found = {
        "optout_wording_present": unsubscribe.page_url(AddressKind.EMAIL, message.to_address),
        "postal_address_present": settings.SELLER_POSTAL_ADDRESS,
    }
    return {name: "Yes" for name, words in found.items() if words and words in message.body}


def _filled_in(message: Message) -> str:
    facts = message.enrollment.facts if message.enrollment else {}
    return "; ".join(f"{name}: {value}" for name, value in sorted(facts.items()) if value)


def _decisions(message: Message, grounds: Mapping[str, str]) -> Iterator[Record]:
    approvals = sorted(message.approvals.all(), key=lambda approval: approval.approved_at)
    hashes = [one.content_hash for one in approvals if not one.voided_at]
    for attempt in message.tries.all():
        outcome = attempt.get_outcome_display()
        yield Record(
            section="gate_decision",
            at=attempt.started_at,
            title=f"Attempt {attempt.number} to send to {message.to_address}: {outcome.lower()}",
            answers={
                "decided_at_utc": moment(attempt.started_at),
                **(grounds if attempt.outcome == AttemptOutcome.SENT else {}),
                "verdict": f"{outcome}. {attempt.detail}".strip(),
                "approved_by": "; ".join(_approved(one) for one in approvals),
                "approval_scope": f"Content with SHA-256 {hashes[0]}" if hashes else "",
            },
            source=_source(message),
        )


def _approved(approval: Approval) -> str:
    told = f"{approval.approved_by} at {moment(approval.approved_at)}"
    if approval.voided_at is None:
        return told
    return f"{told}, void since {moment(approval.voided_at)} ({approval.void_reason})"


def _delivery(message: Message) -> Record:
    events = [event for event in message.events.all() if event.kind == EventKind.TRACKING]
    reported = [f"{moment(event.received_at)} {event.event_type}" for event in events]
    return Record(
        section="delivery",
        at=message.sent_at or message.updated_at,
        title=f"{message.get_channel_display()} to {message.to_address}",
        answers={
            "accepted_at": moment(message.sent_at),
            "status_events": "\n".join(reported),
            "delivered_at_utc": moment(message.delivered_at),
            "error_code": message.error,
        },
        source=_source(message),
    )


def _opt_outs(heard: dict[str, Message], lines: Sequence[Line]) -> Iterator[Record]:
    for line in lines:
        if line.action not in OPT_OUTS:
            continue
        message = heard.get(line.subject[1])
        latency = line.data.get("latency_ms")
        yield Record(
            section="opt_out",
            at=line.at,
            title="Wish to stop, read from a message",
            answers={
                "received_at_utc": moment(message.received_at) if message else "",
                "channel": message.get_channel_display() if message else "",
                "raw_text": message.body if message else line.reason,
                "detected_by": line.actor,
                "class": OPT_OUTS[line.action],
                "effective_at": moment(line.at),
                "latency_ms": f"{latency} ms" if latency is not None else "",
            },
            source=f"ledger entry {line.pk}",
        )


def _source(message: Message) -> str:
    return f"{message._meta.label_lower} {message.pk}"
