"""What is known of a batch of people: which addresses may be used, and where their clock is."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings

from compliance import gate, suppression
from compliance.choices import WISHES, SuppressionScope
from compliance.gate import Outbound, Place
from compliance.models import Suppression
from compliance.outbound import Decision, Verdict
from compliance.zones import Whereabouts, locate
from crm.choices import ADDRESS_KINDS, PointKind, PointState
from crm.models import Company, Contact, ContactPoint
from outreach.absences import away_until
from outreach.choices import Channel
from outreach.outbounds import PLACE, place_with_company

# Which kind of address a channel needs.
NEEDED = {
    Channel.EMAIL: PointKind.EMAIL,
    Channel.SMS: PointKind.PHONE,
    Channel.PHONE: PointKind.PHONE,
    Channel.WHATSAPP: PointKind.WHATSAPP,
    Channel.WEB_FORM: PointKind.WEB_FORM,
    Channel.SOCIAL: PointKind.SOCIAL,
}
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Person:
    """One person: `points` is the address to use by channel, `barred` why none may be.

    `lost` says by channel, in words, why an address they have may not be used; `where` is all
    that calling hours must respect; `away_until` the last day of an absence they told us of.
    """

    contact: Contact
    points: Mapping[str, ContactPoint]
    zone: str
    where: Whereabouts
    barred: str
    lost: Mapping[str, str]
    away_until: date | None = None

    @property
    def company(self) -> Company | None:
        return self.contact.company

    @property
    def is_merged(self) -> bool:
        """An id of old: somebody else stands for them today."""
        return self.contact.merged_into_id is not None

    @property
    def reachable(self) -> frozenset[str]:
        return frozenset(self.points)

    @property
    def why_unreachable(self) -> str:
        """Why none of their addresses may be used, in words; "" while one may."""
        if self.points:
            return ""
        return " ".join(dict.fromkeys(self.lost.values())) or "None of their addresses fits."


def load_people(
    contacts: Collection[UUID], channels: frozenset[str], *, now: datetime
) -> dict[UUID, Person]:
    """The people by contact id, for these channels; the same few queries however many.

    The gate is asked about every address: one it refuses for marketing, whatever the hour, is
    not used. Where only a list of ours is too old the touch is made and waits for the new one.
    """
    rows = list(Contact.everybody.filter(pk__in=contacts).select_related("company"))
    points: dict[UUID, list[ContactPoint]] = defaultdict(list)
    for point in ContactPoint.objects.filter(contact__in=contacts).order_by(
        "-preferred", "-confidence", "value"
    ):
        points[point.contact_id].append(point)
    pairs = {pk: _pairs(own) for pk, own in points.items()}
    wishes = _wishes([pair for own in pairs.values() for pair in own])
    barred = {pk: _barred(own, wishes) for pk, own in pairs.items()}
    asked = [
        (row, channel, point)
        for row in rows
        if not barred.get(row.pk)
        for channel, point in _candidates(points[row.pk], channels)
    ]
    outbounds = [_outbound(*one, pairs.get(one[0].pk, ()), now) for one in asked]
    verdicts = gate.check_many(outbounds)
    answers: dict[UUID, list[tuple[str, ContactPoint, Verdict]]] = defaultdict(list)
    for (row, channel, point), verdict in zip(asked, verdicts, strict=True):
        answers[row.pk].append((channel, point, verdict))
    away = away_until(contacts, now.date())
    return {
        row.pk: _person(
            row, points[row.pk], answers[row.pk], barred.get(row.pk, ""), away.get(row.pk)
        )
        for row in rows
    }


def zone_of(contact: Contact, where: Whereabouts) -> str:
    """The person's time zone: as recorded, else their company's, else the only clock their
    numbers and places allow, else the desk's own."""
    company = contact.company
    for said in (contact.timezone, company.timezone if company else ""):
        if said and _known(said):
            return said
    zones = sorted(where.zones)
    # Several names of one clock are as good as one.
    if zones and len({_offsets(zone) for zone in zones}) == 1:
        return zones[0]
    return str(settings.TIME_ZONE)


def place_of(contact: Contact) -> Place:
    """What is known of where somebody is, with what their company's record adds."""
    own = Place(*(getattr(contact, name) for name in PLACE))
    company = contact.company
    return place_with_company(own, company.country, company.timezone) if company else own


@lru_cache(maxsize=1000)
def _known(zone: str) -> bool:
    return zone in available_timezones()


@lru_cache(maxsize=1000)
def _offsets(zone: str) -> tuple[object, ...]:
    clock = ZoneInfo(zone)
    return tuple(datetime(2026, month, 1, tzinfo=clock).utcoffset() for month in (1, 7))


def _pairs(points: Iterable[ContactPoint]) -> tuple[Pair, ...]:
    kinds = ((ADDRESS_KINDS.get(PointKind(point.kind)), point.value) for point in points)
    return tuple((str(kind), value) for kind, value in kinds if kind)


def _wishes(pairs: Sequence[Pair]) -> dict[str, Suppression]:
    """By address, who asked for silence on every channel; one query."""
    found = suppression.find(pairs, channel=SuppressionScope.ALL) if pairs else {}
    return {address: row for address, row in found.items() if row.reason in WISHES}


def _barred(pairs: Iterable[Pair], wishes: Mapping[str, Suppression]) -> str:
    for kind, value in pairs:
        row = wishes.get(suppression.normalise(kind, value))
        if row is not None:
            return f"{value} is suppressed: {row.get_reason_display().lower()}."
    return ""


def _candidates(
    points: Iterable[ContactPoint], channels: frozenset[str]
) -> list[tuple[str, ContactPoint]]:
    """Every (channel, address) that fits, the best address of a channel first."""
    fitting = list(points)
    return [
        (channel, point)
        for channel in sorted(channels)
        for point in fitting
        if point.kind == NEEDED.get(Channel(channel))
    ]


def _outbound(
    contact: Contact, channel: str, point: ContactPoint, pairs: tuple[Pair, ...], now: datetime
) -> Outbound:
    place = place_of(contact)
    return Outbound(
        channel=channel,
        to=point.value,
        at=now,
        purpose="marketing",
        worded=False,
        line_type=point.line_type,
        other_addresses=pairs,
        places=(place,) if place != Place() else (),
        to_company=contact.company_id is not None,
    )


def _person(
    contact: Contact,
    points: Sequence[ContactPoint],
    answers: Iterable[tuple[str, ContactPoint, Verdict]],
    barred: str,
    away: date | None,
) -> Person:
    usable: dict[str, ContactPoint] = {}
    lost: dict[str, str] = {}
    for channel, point, verdict in answers:
        if point.state == PointState.UNDELIVERABLE:
            lost.setdefault(channel, f"{point.value} cannot be delivered to.")
        elif verdict.decision is Decision.REFUSED and not verdict.curable:
            lost.setdefault(channel, " ".join(verdict.reasons))
        else:
            usable.setdefault(channel, point)
    place = place_of(contact)
    phones = tuple(dict.fromkeys(value for kind, value in _pairs(points) if kind == "phone"))
    where = locate(phones, (place,) if place != Place() else ())
    return Person(contact, usable, zone_of(contact, where), where, barred, lost, away)
