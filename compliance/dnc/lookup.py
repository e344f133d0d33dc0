"""Who is on a do-not-call list, and how fresh the lists are: three queries however many numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from compliance.choices import DncStatus
from compliance.dnc import blocks
from compliance.dnc.answers import Edition, Freshness, Listing, age_in_days
from compliance.dnc.numbers import area_code_of, is_e164, ten_digits
from compliance.dnc.sources import INTERNAL
from compliance.models import DncBlock, DncVersion, InternalDncNumber
from compliance.models.dnc import BLOCKS_PER_VERSION


@dataclass(frozen=True, slots=True)
class Answer:
    """`listings` by phone (only those listed), `freshness` by area code (of every one asked)."""

    listings: Mapping[str, tuple[Listing, ...]]
    freshness: Mapping[str, Freshness]


def ask(phones: Iterable[str], at: datetime) -> Answer:
    """Both questions at once, about numbers in international form; three queries."""
    asked = frozenset(phones)
    codes = {code for phone in asked if (code := area_code_of(phone))}
    editions = _editions(codes, at)
    listings: dict[str, list[Listing]] = {}
    for phone, listing in [*_internal(asked, at), *_listed(asked, editions)]:
        listings.setdefault(phone, []).append(listing)
    return Answer(
        {phone: tuple(found) for phone, found in listings.items()},
        {code: _freshness(code, editions) for code in codes},
    )


def find(phones: Iterable[str], at: datetime) -> dict[str, tuple[Listing, ...]]:
    """The lists each phone stands on, our own first; phones on none are left out."""
    return dict(ask(phones, at).listings)


def freshness(area_codes: Iterable[str], at: datetime) -> dict[str, Freshness]:
    """How old the lists for each area code are; one query."""
    codes = set(area_codes)
    editions = _editions(codes, at)
    return {code: _freshness(code, editions) for code in codes}


@dataclass(frozen=True, slots=True)
class _InForce:
    """An edition with what it covers; `covers` is empty for the registry's, kept by area code."""

    edition: Edition
    covers: frozenset[str]

    def serves(self, area_code: str) -> bool:
        return area_code == self.edition.area_code or area_code in self.covers


def _editions(area_codes: set[str], at: datetime) -> list[_InForce]:
    """The lists in force that have a say in these area codes; lists kept as a whole always do."""
    if not area_codes:
        return []
    rows = DncVersion.objects.filter(
        status=DncStatus.ACTIVE, area_code__in=[*area_codes, ""]
    ).values_list("source", "area_code", "list_date", "pk", "san", "covers")
    return [
        _InForce(
            Edition(source, area_code, day, pk, san, age_in_days(day, at)),
            frozenset() if area_code else frozenset(covers),
        )
        for source, area_code, day, pk, san, covers in rows
    ]


def _freshness(area_code: str, editions: list[_InForce]) -> Freshness:
    return Freshness(area_code, tuple(one.edition for one in editions if one.serves(area_code)))


def _listed(phones: frozenset[str], editions: list[_InForce]) -> list[tuple[str, Listing]]:
    """Registry and state listings; one query by primary key."""
    wanted: dict[int, list[tuple[str, int, Edition]]] = {}
    by_area: dict[str, list[Edition]] = {}
    for phone in phones:
        number = ten_digits(phone)
        if number is None:
            continue
        area_code = phone[2:5]
        if area_code not in by_area:
            by_area[area_code] = [one.edition for one in editions if one.serves(area_code)]
        for edition in by_area[area_code]:
            key = edition.version * BLOCKS_PER_VERSION + blocks.block_of(number)
            wanted.setdefault(key, []).append((phone, number, edition))
    if not wanted:
        return []
    rows = DncBlock.objects.filter(key__in=list(wanted)).values_list("key", "bits")
    return [
        (phone, Listing(one.source, one.list_date, one.age_days, one.version))
        for key, bits in rows
        for phone, number, one in wanted[key]
        if blocks.holds(bits, number)
    ]


def _internal(phones: frozenset[str], at: datetime) -> list[tuple[str, Listing]]:
    numbers = {int(phone[1:]): phone for phone in phones if is_e164(phone)}
    if not numbers:
        return []
    rows = InternalDncNumber.objects.filter(phone__in=list(numbers), lifted_at=None)
    found = []
    for phone, added_at, reason in rows.values_list("phone", "added_at", "reason"):
        day = added_at.astimezone(UTC).date()
        listing = Listing(INTERNAL, day, age_in_days(day, at), reason=reason)
        found.append((numbers[phone], listing))
    return found
