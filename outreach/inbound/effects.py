"""What inbound mail does to people, threads and what waits to be sent."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from compliance import audit, suppression
from compliance.addresses import BadAddressError, normalise
from compliance.choices import AddressKind, SuppressionReason
from compliance.optout import OptOutReading, Verdict
from crm.choices import PointKind
from crm.models import ContactPoint
from outreach import lifecycle
from outreach.choices import Channel, EnrollmentStatus, MessageStatus
from outreach.inbound.match import Match
from outreach.inbound.notices import Notice, Reading, Severity
from outreach.inbound.outcome import Worked, needs_attention, processed
from outreach.inbound.parse import ParsedMail
from outreach.models import Enrollment, Message
from outreach.sending import message_ids
from outreach.sending.tracking import Report, apply_report
from outreach.stopping import cancel_open_messages

POINT_KINDS = {
    PointKind.EMAIL: AddressKind.EMAIL,
    PointKind.PHONE: AddressKind.PHONE,
    PointKind.WHATSAPP: AddressKind.PHONE,
}
PHONES = [PointKind.PHONE, PointKind.WHATSAPP]


def set_status(message: Message, status: MessageStatus, reason: str) -> None:
    """Move an inbound message; from any inbound state, since it may be processed again."""
    lifecycle.move(Message.objects.filter(pk=message.pk), status, reason=reason)
    message.status, message.reason = status, reason


def apply_opt_out(message: Message, reading: OptOutReading, found: Match | None) -> None:
    """Stop writing to this person: every address, every campaign, before anything else happens.

    An ambiguous wish suppresses too, marked as held, until a person has looked.
    """
    clear = reading.verdict is Verdict.CLEAR
    reason = SuppressionReason.OPT_OUT if clear else SuppressionReason.AMBIGUOUS
    received = message.received_at or timezone.now()
    people = _people_behind(message, found)
    addresses = _sender_of(message) | _addresses_held(people)
    source = f"reply by {message.get_channel_display()}"
    for kind, address in sorted(addresses):
        suppression.suppress(
            kind, address, reason=reason, source=source, words=reading.words, received_at=received
        )
    words = f"“{reading.words[:120]}”"
    why = f"They asked us to stop: {words}." if clear else f"They may want us to stop: {words}."
    message.reason = why
    _stop_people(addresses, people, why)
    audit.append(
        "person.opted_out" if clear else "person.held", message, actor="inbound", reason=why,
        campaign_id=message.campaign_id,
        data={"latency_ms": int((timezone.now() - received).total_seconds() * 1000)},
    )  # fmt: skip


def _sender_of(message: Message) -> set[tuple[str, str]]:
    """The address it came from, where it is one that can be suppressed."""
    kind = AddressKind.EMAIL if message.channel == Channel.EMAIL else AddressKind.PHONE
    try:
        return {(str(kind), normalise(kind, message.from_address))}
    except BadAddressError:
        return set()  # no address to write to: what we hold of the person is stopped all the same


def _people_behind(message: Message, found: Match | None) -> set[UUID]:
    """The contacts that hold the sender's address, and the one whose thread it came into."""
    kinds = [PointKind.EMAIL] if message.channel == Channel.EMAIL else PHONES
    points = ContactPoint.objects.filter(kind__in=kinds, value__iexact=message.from_address)
    people = set(points.values_list("contact", flat=True))
    return people | ({found.enrollment.contact_id} if found else set())


def _addresses_held(people: set[UUID]) -> set[tuple[str, str]]:
    """Every address we hold of these contacts that can be suppressed, as (kind, value)."""
    points = ContactPoint.objects.filter(contact__in=people).values_list("kind", "value")
    kinds = {str(point): str(kind) for point, kind in POINT_KINDS.items()}
    return {(kinds[kind], value) for kind, value in points if kind in kinds}


def apply_provider_opt_out(message: Message, at: datetime) -> bool:
    """The person used the provider's own unsubscribe link; False if that was known before."""
    known = suppression.find([(AddressKind.EMAIL, message.to_address)], channel="email")
    if any(row.reason == SuppressionReason.OPT_OUT for row in known.values()):
        return False
    contact = message.enrollment.contact_id if message.enrollment else None
    addresses = {(str(AddressKind.EMAIL), message.to_address)}
    addresses |= _addresses_held({contact} if contact else set())
    why = "They used the unsubscribe link of the mail provider."
    for kind, address in sorted(addresses):
        suppression.suppress(
            kind, address, reason=SuppressionReason.OPT_OUT, source="provider report", words=why,
            received_at=at,
        )  # fmt: skip
    _stop_people(addresses, {contact} if contact else set(), why)
    audit.append(
        "person.opted_out", message, actor="provider", reason=why,
        campaign_id=message.campaign_id,
    )  # fmt: skip
    return True


def _stop_people(addresses: set[tuple[str, str]], people: set[UUID], why: str) -> None:
    which = Q(to_address__in=[address for _kind, address in addresses])
    which |= Q(enrollment__contact__in=people)
    Enrollment.objects.filter(contact__in=people).update(
        status=EnrollmentStatus.STOPPED, stop_reason=why[:300]
    )
    ids = list(Message.objects.filter(which).values_list("pk", flat=True))
    cancel_open_messages(actor="inbound", reason=why, pk__in=ids)


def stop_thread(message: Message, found: Match) -> None:
    """A reply ends what was still to be sent in its thread and marks what it answers."""
    now = message.received_at or timezone.now()
    cancel_open_messages(actor="inbound", reason="They replied.", enrollment=found.enrollment)
    Enrollment.objects.filter(pk=found.enrollment.pk).exclude(
        status=EnrollmentStatus.STOPPED
    ).update(status=EnrollmentStatus.REPLIED)
    Enrollment.objects.filter(pk=found.enrollment.pk).update(last_inbound_at=now)
    if found.answered:
        rows = Message.objects.filter(pk=found.answered.pk)
        rows.filter(replied_at=None).update(replied_at=now)
        lifecycle.move(
            rows,
            MessageStatus.REPLIED,
            only_from=frozenset(
                {MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.UNCERTAIN}
            ),
        )


def apply_notice(
    message: Message, parsed: ParsedMail, reading: Reading, found: Match | None
) -> Worked:
    """A bounce or complaint that came as mail: only believed for a message that is ours."""
    ours = message_ids.read(reading.original_id) or message_ids.read(
        f"{parsed.in_reply_to} {parsed.references}"
    )
    about = Message.objects.select_related("enrollment").filter(pk=ours).first() if ours else None
    if about is None and found and reading.notice == Notice.BOUNCE:
        about = found.answered
    if about is None:
        set_status(message, MessageStatus.NEEDS_ATTENTION, "About no message of ours.")
        return needs_attention("A bounce or complaint about no message of ours.", message.pk)
    if reading.severity is not Severity.DELAYED:
        event = "bounced" if reading.notice == Notice.BOUNCE else "complained"
        at = message.received_at or timezone.now()
        hard = reading.severity is Severity.HARD
        apply_report(about, Report(event, at, reading.detail, hard=hard))
    set_status(message, MessageStatus.PROCESSED, reading.detail)
    return processed(f"About {about.to_address}: {reading.detail}", message.pk)
