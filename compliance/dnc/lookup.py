"""Who is on a do-not-call list, and how fresh the lists are; a thousand cost one's queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from compliance.dnc import blocks, editions
from compliance.dnc.answers import Edition, Freshness, Listing, age_in_days
from compliance.dnc.numbers import area_code_of, is_e164, ten_digits
from compliance.dnc.sources import INTERNAL, NATIONAL
from compliance.models import DncBlock, InternalDncNumber
from compliance.models.dnc import BLOCKS_PER_VERSION


@dataclass(frozen=True, slots=True)
class Answer:
    """`listings` by phone, empty for one on no list; `freshness` by area code; of all asked."""

    listings: Mapping[str, tuple[Listing, ...]]
    freshness: Mapping[str, Freshness]

    def proof(self, phone: str) -> dict[str, str]:
        """Which lists were asked about this phone, in the words the evidence page wants."""
        known = self.freshness.get(area_code_of(phone) or "")
        asked = known.editions if known else ()
        registry = [one for one in asked if one.source == NATIONAL]
        states = [one for one in asked if one.source != NATIONAL]
        return {
            "dnc_registry_version": "; ".join(map(str, registry)),
            "dnc_san": "; ".join(one.san for one in registry),
            "state_dnc_versions": "; ".join(map(str, states)),
        }


def ask(phones: Iterable[str], at: datetime) -> Answer:
    """Both questions at once, about numbers in international form; two queries.

    A third one, for the lists in force, is asked every ten seconds, and always in a transaction.
    """
    asked = frozenset(phones)
    if not asked:
        return Answer({}, {})
    lists = editions.by_area()
    listings: dict[str, list[Listing]] = {phone: [] for phone in asked}
    for phone, listing in [*_internal(asked, at), *_listed(asked, lists, at)]:
        listings[phone].append(listing)
    codes = {code for phone in asked if (code := area_code_of(phone))}
    return Answer(
        {phone: tuple(found) for phone, found in listings.items()},
        {code: _freshness(code, lists, at) for code in codes},
    )


def find(phones: Iterable[str], at: datetime) -> dict[str, tuple[Listing, ...]]:
    """The lists each phone stands on, our own first; phones on none are left out."""
    return {phone: listed for phone, listed in ask(phones, at).listings.items() if listed}


def freshness(area_codes: Iterable[str], at: datetime) -> dict[str, Freshness]:
    """How old the lists for each area code are; one query at most."""
    lists = editions.by_area()
    return {code: _freshness(code, lists, at) for code in set(area_codes)}


def _freshness(area_code: str, lists: editions.ByArea, at: datetime) -> Freshness:
    return Freshness(
        area_code,
        tuple(
            Edition(
                one.source, one.area_code, one.list_date, one.version, one.san,
                age_in_days(one.list_date, at),
            )
            for one in lists.get(area_code, ())
        ),
    )  # fmt: skip


def _listed(
    phones: frozenset[str], lists: editions.ByArea, at: datetime
) -> list[tuple[str, Listing]]:
    """Registry and state listings; one query by primary key."""
    wanted: dict[int, list[tuple[str, int, editions.InForce]]] = {}
    for phone in phones:
        number = ten_digits(phone)
        if number is None:
            continue
        for one in lists.get(phone[2:5], ()):
            key = one.version * BLOCKS_PER_VERSION + blocks.block_of(number)
            wanted.setdefault(key, []).append((phone, number, one))
    if not wanted:
        return []
    rows = DncBlock.objects.filter(key__in=list(wanted)).values_list("key", "bits")
    found = [
        (phone, one)
        for key, bits in rows
        for phone, number, one in wanted[key]
        if blocks.holds(bits, number)
    ]
    return [
        (phone, Listing(one.source, one.list_date, age_in_days(one.list_date, at), one.version))
        for phone, one in sorted(found, key=lambda pair: pair[1].source)
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
