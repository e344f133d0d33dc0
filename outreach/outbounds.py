"""Messages as the gate sees them: what is known of the person, gathered for a batch at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from compliance import unsubscribe
from compliance.addresses import as_heard
from compliance.choices import AddressKind, LineType
from compliance.gate import Outbound, Place, Recent
from crm.choices import ADDRESS_KINDS, PointKind
from crm.models import Contact, ContactPoint
from outreach.choices import TOUCHES, CampaignKind, Channel, Direction, MessageKind
from outreach.models import Enrollment, Message

# A little more than the gate's day, so that nothing falls between two clocks.
LOOK_BACK = timedelta(hours=25)
# What a contact says of where they are, as the parts of a `Place`.
PLACE = ("postal_code", "state", "country", "timezone", "county")
NOBODY: dict[str, Any] = {"contact": None, "place": Place(), "company": None}


def outbound_of(message: Message, *, at: datetime | None = None) -> Outbound:
    """One message as the gate sees it; see `outbounds_of`."""
    return outbounds_of([message], at=at)[0]


def outbounds_of(messages: Sequence[Message], *, at: datetime | None = None) -> list[Outbound]:
    """The messages with their people's addresses, places and what they had lately.

    Three queries however many messages. `message.campaign` should be loaded already.
    """
    moment = at or timezone.now()
    people = _people(message.enrollment_id for message in messages)
    contacts = {person["contact"] for person in people.values()}
    points = _points(contacts)
    recent = _recent(contacts, moment)
    texted = texted_before(m.to_address for m in messages if m.channel == Channel.SMS)
    found = []
    for message in messages:
        person = people.get(message.enrollment_id, NOBODY) if message.enrollment_id else NOBODY
        contact = person["contact"]
        held = points.get(contact, _Held())
        found.append(
            Outbound(
                channel=message.channel,
                to=message.to_address,
                at=moment,
                subject=message.subject,
                body=message.body,
                purpose=purpose_of(message),
                other_addresses=tuple(held.pairs),
                line_type=held.lines.get(message.to_address, LineType.UNKNOWN),
                places=(person["place"],) if person["place"] != Place() else (),
                to_company=person["company"] is not None,
                recent=tuple(one for pk, one in recent.get(contact, ()) if pk != message.pk),
                headers=tuple(unsubscribe_headers(message).items()),
                unsubscribe_url=unsubscribe_url(message),
                body_html=message.body_html,
                first_text=message.channel == Channel.SMS and message.to_address not in texted,
            )
        )
    return found


def outbound_to(
    channel: str,
    to: str,
    *,
    at: datetime | None = None,
    purpose: str = "marketing",
    subject: str = "",
    body: str = "",
    place: Place | None = None,
) -> Outbound:
    """What the gate would be asked if something were written to this address now.

    Everybody we hold this address of counts: their other addresses, their places unless `place`
    says where they are, and what they had lately. Nothing is written or sent.
    """
    moment = at or timezone.now()
    kind = Outbound(channel, to, moment).address_kind
    value = as_heard(kind, to) if kind else to
    people = set(
        ContactPoint.objects.filter(value=value).order_by().values_list("contact", flat=True)
    )
    known, to_company = _whereabouts(people)
    held = _points(people)
    recent = _recent(people, moment)
    return Outbound(
        channel, value, moment, subject, body, purpose,
        other_addresses=tuple(
            dict.fromkeys(pair for person in people for pair in held[person].pairs)
        ),
        line_type=next(
            (held[one].lines[value] for one in people if value in held[one].lines),
            LineType.UNKNOWN,
        ),
        places=(place,) if place else known,
        recent=tuple(one for person in people for _pk, one in recent.get(person, ())),
        to_company=to_company,
        first_text=channel == Channel.SMS and value not in texted_before([value]),
        worded=bool(body.strip()),
    )  # fmt: skip


def _whereabouts(people: set[UUID]) -> tuple[tuple[Place, ...], bool]:
    """Every place that is known of these people, and whether one of them is at a company."""
    rows = Contact.objects.filter(pk__in=people).values_list(
        "company", "company__country", "company__timezone", *PLACE
    )
    found = [
        place_with_company(Place(*own), country or "", zone or "")
        for _company, country, zone, *own in rows
    ]
    at_company = any(company is not None for company, *_rest in rows)
    return tuple(one for one in found if one != Place()), at_company


def purpose_of(message: Message) -> str:
    """Why it is written: "inquiry" to a vendor, "answer" to what they asked, or "marketing"."""
    if message.kind == MessageKind.ANSWER:
        return "answer"
    selling = message.campaign is not None and message.campaign.kind == CampaignKind.SEQUENCE
    return "marketing" if selling else "inquiry"


def unsubscribe_url(message: Message) -> str:
    """The page on which this recipient can stop marketing mail; empty for anything else."""
    if message.channel != Channel.EMAIL or purpose_of(message) != "marketing":
        return ""
    return unsubscribe.page_url(AddressKind.EMAIL, message.to_address)


def unsubscribe_headers(message: Message) -> dict[str, str]:
    """What marketing mail carries for the “unsubscribe” button of mail programs; {} otherwise.

    Its own reply address hears the mail that the second way sends.
    """
    url = unsubscribe_url(message)
    return unsubscribe.headers(url, message.reply_to) if url else {}


def texted_before(numbers: Iterable[str]) -> set[str]:
    """Which of these numbers had a text from us, ever; no query where none is asked about."""
    asked = set(numbers)
    if not asked:
        return set()
    rows = Message.objects.filter(
        channel=Channel.SMS, direction=Direction.OUTBOUND, to_address__in=asked,
        hand_over_at__isnull=False,
    )  # fmt: skip
    return set(rows.order_by().values_list("to_address", flat=True).distinct())


def _people(enrollments: Iterable[UUID | None]) -> dict[UUID, dict[str, Any]]:
    """Contact, company and place by enrollment."""
    rows = Enrollment.objects.filter(pk__among={pk for pk in enrollments if pk}).values_list(
        "pk", "contact", "contact__company", "contact__company__country",
        "contact__company__timezone", *(f"contact__{name}" for name in PLACE),
    )  # fmt: skip
    found = {}
    for pk, contact, company, country, zone, *place in rows:
        at = place_with_company(Place(*place), country or "", zone or "")
        found[pk] = {"contact": contact, "company": company, "place": at}
    return found


def place_with_company(own: Place, country: str, zone: str) -> Place:
    """The person's own place; who only has a clock, or nothing, is where their company is."""
    if own.postal_code or own.state or own.country:
        return own
    return Place(country=country, zone=own.zone or zone)


@dataclass(slots=True)
class _Held:
    """A person's (kind, address) pairs, and what is known of their numbers' lines."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    lines: dict[str, str] = field(default_factory=dict)


def _points(contacts: set[UUID]) -> dict[UUID, _Held]:
    found: dict[UUID, _Held] = defaultdict(_Held)
    rows = ContactPoint.objects.filter(contact__pk__among=contacts, kind__in=list(ADDRESS_KINDS))
    for contact, kind, value, line in rows.values_list("contact", "kind", "value", "line_type"):
        held = found[contact]
        held.pairs.append((str(ADDRESS_KINDS[PointKind(kind)]), value))
        if kind == PointKind.PHONE:
            held.lines[value] = line
    return found


def _recent(contacts: set[UUID], at: datetime) -> dict[UUID, list[tuple[UUID, Recent]]]:
    """What went to each person lately, with what may be going out at this moment."""
    found: dict[UUID, list[tuple[UUID, Recent]]] = defaultdict(list)
    rows = (
        Message.objects.filter(
            enrollment__contact__pk__among=contacts, direction=Direction.OUTBOUND
        )
        .annotate(left_at=Coalesce("sent_at", "hand_over_at"))
        .filter(left_at__gt=at - LOOK_BACK)
        .values_list("enrollment__contact", "pk", "left_at", "channel", "kind", F("campaign__kind"))
    )
    for contact, pk, left_at, channel, kind, campaign in rows:
        marketing = campaign == CampaignKind.SEQUENCE and kind in TOUCHES
        found[contact].append((pk, Recent(left_at, channel, marketing)))
    return found
