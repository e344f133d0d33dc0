"""Messages as the gate sees them: what is known of the person, gathered for a batch at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from compliance.gate import Outbound, Place, Recent
from crm.choices import ADDRESS_KINDS, PointKind
from crm.models import ContactPoint
from outreach.choices import TOUCHES, CampaignKind, Direction, MessageKind
from outreach.models import Enrollment, Message

# A little more than the gate's day, so that nothing falls between two clocks.
LOOK_BACK = timedelta(hours=25)
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
    found = []
    for message in messages:
        person = people.get(message.enrollment_id, NOBODY) if message.enrollment_id else NOBODY
        contact = person["contact"]
        found.append(
            Outbound(
                channel=message.channel,
                to=message.to_address,
                at=moment,
                subject=message.subject,
                body=message.body,
                purpose=purpose_of(message),
                other_addresses=tuple(points.get(contact, ())),
                places=(person["place"],) if person["place"] != Place() else (),
                to_company=person["company"] is not None,
                recent=tuple(one for pk, one in recent.get(contact, ()) if pk != message.pk),
            )
        )
    return found


def purpose_of(message: Message) -> str:
    """Why it is written: "inquiry" to a vendor, "answer" to what they asked, or "marketing"."""
    if message.kind == MessageKind.ANSWER:
        return "answer"
    selling = message.campaign is not None and message.campaign.kind == CampaignKind.SEQUENCE
    return "marketing" if selling else "inquiry"


def _people(enrollments: Iterable[UUID | None]) -> dict[UUID, dict[str, Any]]:
    """Contact, company and place by enrollment."""
    rows = Enrollment.objects.filter(pk__in={pk for pk in enrollments if pk}).values_list(
        "pk", "contact", "contact__company", "contact__company__country",
        "contact__company__timezone", "contact__postal_code", "contact__state",
        "contact__country", "contact__timezone",
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


def _points(contacts: set[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    rows = ContactPoint.objects.filter(contact__in=contacts, kind__in=list(ADDRESS_KINDS))
    for contact, kind, value in rows.values_list("contact", "kind", "value"):
        found[contact].append((str(ADDRESS_KINDS[PointKind(kind)]), value))
    return found


def _recent(contacts: set[UUID], at: datetime) -> dict[UUID, list[tuple[UUID, Recent]]]:
    """What went to each person lately, with what may be going out at this moment."""
    found: dict[UUID, list[tuple[UUID, Recent]]] = defaultdict(list)
    rows = (
        Message.objects.filter(enrollment__contact__in=contacts, direction=Direction.OUTBOUND)
        .annotate(left_at=Coalesce("sent_at", "hand_over_at"))
        .filter(left_at__gt=at - LOOK_BACK)
        .values_list("enrollment__contact", "pk", "left_at", "channel", "kind", F("campaign__kind"))
    )
    for contact, pk, left_at, channel, kind, campaign in rows:
        marketing = campaign == CampaignKind.SEQUENCE and kind in TOUCHES
        found[contact].append((pk, Recent(left_at, channel, marketing)))
    return found
