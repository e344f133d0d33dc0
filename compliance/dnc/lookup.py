"""Who is on a do-not-call list, and how fresh the lists are; a thousand cost one's queries."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

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
    """Both questions at once, about numbers in international form; one query.

    A second one asks for the lists in force every ten seconds, and always in a transaction; a
    third one for the words of those who are on our own list.
    """
    asked = frozenset(phones)
    if not asked:
        return Answer({}, {})
    lists = editions.by_area()
    listings: dict[str, list[Listing]] = {phone: [] for phone in asked}
    for phone, listing in _listed(asked, lists, at):
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


Wanted = Mapping[int, Sequence[tuple[str, int, editions.InForce]]]


def _listed(
    phones: frozenset[str], lists: editions.ByArea, at: datetime
) -> Iterator[tuple[str, Listing]]:
    """Every listing: our own list's first, then the registry's, then the states'."""
    own = {int(phone[1:]): phone for phone in phones if is_e164(phone)}
    wanted = _blocks_wanted(phones, lists)
    if not own:
        return
    rows = _rows(wanted, own)
    if ours := [own[-key] for key, bits in rows if bits is None]:
        yield from _internal(ours, at)
    found = [
        (phone, one)
        for key, bits in rows
        if bits is not None
        for phone, number, one in wanted[key]
        if blocks.holds(bits, number)
    ]
    for phone, one in sorted(found, key=lambda pair: pair[1].source):
        age = age_in_days(one.list_date, at)
        yield phone, Listing(one.source, one.list_date, age, one.version)


def _blocks_wanted(phones: frozenset[str], lists: editions.ByArea) -> Wanted:
    """By key of a block: the phones whose line it holds, in the list it belongs to."""
    wanted: dict[int, list[tuple[str, int, editions.InForce]]] = {}
    for phone in phones:
        number = ten_digits(phone)
        if number is None:
            continue
        for one in lists.get(phone[2:5], ()):
            key = one.version * BLOCKS_PER_VERSION + blocks.block_of(number)
            wanted.setdefault(key, []).append((phone, number, one))
    return wanted


def _rows(wanted: Iterable[int], own: Iterable[int]) -> list[tuple[int, bytes | None]]:
    """Blocks by key, and (minus the number, None) for each on our own list; one round trip.

    Written by hand because the gate asks this for each message: half the time of two querysets.
    The integers stand in the statement, since SQLite takes only so many parameters.
    """
    keys, numbers = ",".join(map(str, wanted)), ",".join(map(str, own))
    statement = (
        f"SELECT key, bits FROM {DncBlock._meta.db_table} WHERE key IN ({keys or 'NULL'}) "  # noqa: S608  integers only
        f"UNION ALL SELECT -phone, NULL FROM {InternalDncNumber._meta.db_table} "
        f"WHERE lifted_at IS NULL AND phone IN ({numbers})"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def _internal(phones: Sequence[str], at: datetime) -> Iterator[tuple[str, Listing]]:
    """Who asked us, when and how; asked only when somebody did."""
    numbers = {int(phone[1:]): phone for phone in phones}
    rows = InternalDncNumber.objects.filter(phone__in=list(numbers), lifted_at=None)
    for phone, added_at, reason in rows.values_list("phone", "added_at", "reason"):
        day = added_at.astimezone(UTC).date()
        yield numbers[phone], Listing(INTERNAL, day, age_in_days(day, at), reason=reason)
