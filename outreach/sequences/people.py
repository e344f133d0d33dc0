"""What is known of a batch of people: which addresses may be used, and where their clock is."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings

from compliance import suppression
from compliance.choices import ASKED, AddressKind, SuppressionReason, SuppressionScope
from compliance.models import Suppression
from compliance.zones import Place, locate
from crm.choices import PointKind, PointState
from crm.models import Company, Contact, ContactPoint
from outreach.choices import Channel

# Which kind of address a channel needs.
NEEDED = {
    Channel.EMAIL: PointKind.EMAIL,
    Channel.SMS: PointKind.PHONE,
    Channel.PHONE: PointKind.PHONE,
    Channel.WHATSAPP: PointKind.WHATSAPP,
    Channel.WEB_FORM: PointKind.WEB_FORM,
    Channel.SOCIAL: PointKind.SOCIAL,
}
HEARD_AS = {
    PointKind.EMAIL: AddressKind.EMAIL,
    PointKind.PHONE: AddressKind.PHONE,
    PointKind.WHATSAPP: AddressKind.PHONE,
}
WISHES = ASKED | {SuppressionReason.AMBIGUOUS}


@dataclass(frozen=True, slots=True)
class Person:
    """One person: `points` is the address to use by channel, `barred` why none may be.

    `lost` says in words why an address they have may not be used.
    """

    contact: Contact
    points: Mapping[str, ContactPoint]
    zone: str
    barred: str = ""
    lost: str = ""

    @property
    def company(self) -> Company | None:
        return self.contact.company

    @property
    def reachable(self) -> frozenset[str]:
        return frozenset(self.points)


def load_people(contacts: Collection[UUID], channels: frozenset[str]) -> dict[UUID, Person]:
    """The people by contact id, for these channels; the same few queries however many."""
    rows = Contact.objects.filter(pk__in=contacts).select_related("company")
    points: dict[UUID, list[ContactPoint]] = defaultdict(list)
    for point in ContactPoint.objects.filter(contact__in=contacts).order_by(
        "-preferred", "-confidence", "value"
    ):
        points[point.contact_id].append(point)
    found = _suppressions([p for own in points.values() for p in own], channels)
    return {row.pk: _person(row, points[row.pk], channels, found) for row in rows}


def zone_of(contact: Contact, points: Iterable[ContactPoint] = ()) -> str:
    """The person's time zone: as recorded, else their company's, else the only one their numbers
    suggest, else the desk's own."""
    company = contact.company
    for said in (contact.timezone, company.timezone if company else ""):
        if _known(said):
            return said
    phones = tuple(p.value for p in points if p.kind in (PointKind.PHONE, PointKind.WHATSAPP))
    country = company.country if company else ""
    if phones or country:
        places = (Place(country=country),) if country else ()
        zones = sorted(locate(phones, places).zones)
        # Several names of one clock are as good as one.
        if zones and len({_offsets(zone) for zone in zones}) == 1:
            return zones[0]
    return str(settings.TIME_ZONE)


@lru_cache(maxsize=1000)
def _known(zone: str) -> bool:
    return zone in available_timezones()


@lru_cache(maxsize=1000)
def _offsets(zone: str) -> tuple[object, ...]:
    clock = ZoneInfo(zone)
    return tuple(datetime(2026, month, 1, tzinfo=clock).utcoffset() for month in (1, 7))


def _suppressions(
    points: list[ContactPoint], channels: frozenset[str]
) -> dict[str, dict[str, Suppression]]:
    """By channel, what is suppressed of these addresses."""
    pairs = [
        (HEARD_AS[PointKind(point.kind)], point.value) for point in points if point.kind in HEARD_AS
    ]
    return {channel: suppression.find(pairs, channel=channel) for channel in sorted(channels)}


def _person(
    contact: Contact,
    points: list[ContactPoint],
    channels: frozenset[str],
    found: Mapping[str, Mapping[str, Suppression]],
) -> Person:
    usable: dict[str, ContactPoint] = {}
    barred = lost = ""
    for channel in sorted(channels):
        for point in points:
            row = _row(point, found[channel])
            if row and row.scope == SuppressionScope.ALL and row.reason in WISHES:
                barred = barred or _why(point, row)
            if point.kind != NEEDED.get(Channel(channel)):
                continue
            if row is not None:
                lost = lost or _why(point, row)
            elif point.state == PointState.UNDELIVERABLE:
                lost = lost or f"{point.value} cannot be delivered to."
            else:
                usable.setdefault(channel, point)
    return Person(contact, usable, zone_of(contact, points), barred, lost)


def _row(point: ContactPoint, found: Mapping[str, Suppression]) -> Suppression | None:
    kind = HEARD_AS.get(PointKind(point.kind))
    return found.get(suppression.normalise(kind, point.value)) if kind and found else None


def _why(point: ContactPoint, row: Suppression) -> str:
    return f"{point.value} is suppressed: {row.get_reason_display().lower()}."
