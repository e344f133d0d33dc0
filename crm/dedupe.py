"""Finds companies that may be one: equal numbers, or names that differ in form only."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from crm.merging.streets import street_key
from crm.models import Company

# Forms of companies; “Sky LLC”, «ООО Скай» and “Sky” are read as one name.
_FORMS = """
    inc incorporated llc ltd limited corp corporation co company plc lp llp gmbh ag kg sa sas sarl
    srl sl slu bv nv ab oy group holding holdings the ооо оао зао пао ао ип нко тов компания группа
"""
FORMS = frozenset(_FORMS.split())
CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Known:
    """What of a company is compared; `place` is its street address in one spelling, with city."""

    id: UUID
    name: str
    domain: str = ""
    tin: str = ""
    registration_number: str = ""
    country: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Companies that share something, oldest first, and what it is."""

    reason: str
    shared: str
    companies: tuple[Known, ...]


def name_key(name: str) -> str:
    """The name without case, accents, signs and legal form; “” where nothing is left. Pure."""
    folded = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign))
    bare = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", bare)  # s.a. → sa
    words = [word for word in re.findall(r"\w+", bare) if word not in FORMS]
    return " ".join(words)


def find_duplicates(companies: Iterable[Known]) -> list[Suspicion]:
    """Groups that share a tax id, a registration number or a name; each group once. Pure.

    Companies of one name with different countries are left alone, as are those whose tax ids
    differ: they are not the same.
    """
    by: dict[str, defaultdict[str, list[Known]]] = {
        "tax id": defaultdict(list),
        "registration number": defaultdict(list),
        "name": defaultdict(list),
    }
    for one in companies:
        for reason, value in (
            ("tax id", _digits(one.tin)),
            ("registration number", _digits(one.registration_number)),
            ("name", name_key(one.name)),
        ):
            if value:
                by[reason][value].append(one)
    found, told = [], set[frozenset[UUID]]()
    for reason, groups in by.items():
        for shared, group in groups.items():
            same = group if reason != "name" else _compatible(group)
            keys = frozenset(one.id for one in same)
            if len(same) > 1 and keys not in told:
                told.add(keys)
                found.append(Suspicion(reason, shared, tuple(same)))
    return found


def list_duplicates() -> list[Suspicion]:
    """Every group among the companies we know, read in portions."""
    return find_duplicates(known_companies())


def known_companies() -> Iterator[Known]:
    """Every company that stands for itself, the oldest first, read in portions."""
    rows = Company.objects.order_by("created_at", "pk").values_list(
        "pk", "name", "domain", "tin", "registration_number", "country", "street", "city"
    )
    for pk, name, domain, tin, number, country, street, city in rows.iterator(chunk_size=CHUNK):
        key = street_key(street)
        place = f"{key}, {city.casefold().strip()}, {country}" if key else ""
        yield Known(pk, name, domain or "", tin, number, country, place)


def _digits(number: str) -> str:
    return re.sub(r"[\W_]", "", number).upper()


def _compatible(group: Sequence[Known]) -> list[Known]:
    """Those of the group that at least one other of it does not contradict."""
    pairs = [(a, b) for a, b in combinations(group, 2) if not _contradict(a, b)]
    kept = {one.id for pair in pairs for one in pair}
    return [one for one in group if one.id in kept]


def _contradict(a: Known, b: Known) -> bool:
    tins, countries = (_digits(a.tin), _digits(b.tin)), (a.country, b.country)
    return any(all(pair) and pair[0] != pair[1] for pair in (tins, countries))
