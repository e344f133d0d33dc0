"""People and companies that may be one, by what they share and how alike their names are. Pure.

Nobody is compared with everybody: only who shares an address, a company, a postal code, a mail
domain, a street address or, for companies, a word of the name. What is shared by
very many says little and is left out, so that 100,000 people take seconds.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from uuid import UUID

from rapidfuzz import fuzz, process

from crm.addresses import SHARED_DOMAINS
from crm.dedupe import Known, find_duplicates, name_key
from crm.imports.cells import is_role_account

ALIKE = 90  # of 100: a letter or two differ, or the order of the names
SAME_ENOUGH = 75  # of what differs in two names, where an address is shared
LARGEST = 400  # of a block; a larger one is split by how the names begin
MOST_SHARING = 8  # an address that more people have is a switchboard's


@dataclass(frozen=True, slots=True)
class Someone:
    """What of a person is compared; `points` are (kind, value) pairs.

    `places` are where their properties stand, each in one spelling with county and state: the
    parcels may differ. A decision about a pair outlives a property more.
    """

    id: UUID
    name: str = ""
    company: UUID | None = None
    country: str = ""
    postal_code: str = ""
    points: tuple[tuple[str, str], ...] = ()
    places: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        return _digest([self.name, self.company, self.postal_code, sorted(self.points)])


@dataclass(slots=True)
class Pair:
    """Two who may be one: `score` to 100, `reasons` without names or addresses."""

    one: UUID
    other: UUID
    score: int = 0
    reasons: list[str] = field(default_factory=list)

    def add(self, score: int, reason: str) -> None:
        """One more sign: the strongest counts, each further one adds a little."""
        if reason not in self.reasons:
            low, high = sorted((self.score, score))
            self.score = min(99, high + low // 10)
            self.reasons.append(reason)


class Pairs:
    """Pairs by their ids, each once."""

    def __init__(self) -> None:
        self.found: dict[tuple[UUID, UUID], Pair] = {}

    def add(self, one: UUID, other: UUID, score: int, reason: str) -> None:
        key = (one, other) if one < other else (other, one)
        self.found.setdefault(key, Pair(*key)).add(score, reason)


def likely_people(people: Sequence[Someone]) -> list[Pair]:
    """Pairs of people that may be one, the surest first."""
    names = {one.id: folded(one.name) for one in people}
    pairs = Pairs()
    _by_address(people, names, pairs)
    for title, score, block in _blocks_of_people(people):
        for one, other, alike in alike_in(block, names):
            pairs.add(one, other, score + (alike - ALIKE) // 2, f"{_likeness(alike)} {title}")
    return sorted(pairs.found.values(), key=lambda pair: -pair.score)


def likely_companies(companies: Sequence[Known]) -> list[Pair]:
    """Pairs of companies that may be one; countries or tax ids that differ speak against it."""
    by_id = {one.id: one for one in companies}
    pairs = Pairs()
    strong = {"tax id": 97, "registration number": 95, "name": 88}
    for group in find_duplicates(companies):
        oldest, *others = (company.id for company in group.companies)
        for key in others:
            pairs.add(oldest, key, strong[group.reason], f"The same {group.reason}.")
    names = {one.id: name_key(one.name) for one in companies}
    for block in _blocks_of_words(names):
        for one, other, alike in alike_in(block, names):
            if names[one] != names[other] and not _differ(by_id[one], by_id[other]):
                pairs.add(one, other, 70 + (alike - ALIKE), _likeness(alike) + ".")
    for one, other, alike in _at_one_place(companies, names):
        if not _differ(by_id[one], by_id[other]):
            words = f"{_likeness(alike)} at one street address."
            pairs.add(one, other, 80 + (alike - SAME_ENOUGH) // 3, words)
    return sorted(pairs.found.values(), key=lambda pair: -pair.score)


def folded(name: str) -> str:
    """A person's name without case, accents and signs, in one order."""
    return " ".join(sorted(name_key(name).split()))


def may_be_one(one: str, other: str) -> bool:
    """Whether two folded names may be of one person: Jon and Jonathan Smith, not Jon and Jane."""
    first, second = set(one.split()), set(other.split())
    rest, other_rest = (" ".join(sorted(part)) for part in (first - second, second - first))
    if not rest or not other_rest:
        return True
    short, long = sorted((rest, other_rest), key=len)
    return long.startswith(short) or fuzz.ratio(rest, other_rest) >= SAME_ENOUGH


def fingerprint_of(one: Someone | Known, other: Someone | Known) -> str:
    """What was compared of both: while this is the same, a decision about the pair holds."""
    return _digest(sorted([_print(one), _print(other)]))


def alike_in(block: Sequence[UUID], names: dict[UUID, str]) -> Iterator[tuple[UUID, UUID, int]]:
    """Pairs of a block whose names are alike, with how much."""
    for part in _parts(block, names):
        choices = [names[one] for one in part]
        for n, one in enumerate(part[:-1]):
            hits = process.extract(
                choices[n], choices[n + 1 :], scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None,
            )  # fmt: skip
            for _name, score, position in hits:
                yield one, part[n + 1 + position], int(score)


def _by_address(people: Iterable[Someone], names: dict[UUID, str], pairs: Pairs) -> None:
    holders: defaultdict[tuple[str, str], list[UUID]] = defaultdict(list)
    for person in people:
        for kind, value in person.points:
            holders["phone" if kind == "whatsapp" else kind, value].append(person.id)
    for (kind, value), group in holders.items():
        held = list(dict.fromkeys(group))
        if not 1 < len(held) <= MOST_SHARING:
            continue
        for one, other in combinations(held, 2):
            score = _of_shared(kind, value, names[one], names[other])
            if score:
                pairs.add(one, other, score, SHARED[kind])


SHARED = {
    "email": "They share an e-mail address.",
    "phone": "They share a phone number.",
    "web_form": "They share a web form.",
    "social": "They share a social profile.",
}


def _of_shared(kind: str, value: str, one: str, other: str) -> int:
    """How sure a shared address makes it: one of a role or a switchboard does not by itself."""
    named = bool(one and other)
    alike = not named or may_be_one(one, other)
    if kind == "email" and not is_role_account(value):
        return 96 if named and alike else 85 if alike else 60
    if kind == "social":
        return 94 if alike else 60
    return 92 if named and alike else 0


def _blocks_of_people(people: Iterable[Someone]) -> Iterator[tuple[str, int, list[UUID]]]:
    blocks: defaultdict[tuple[str, int, object], list[UUID]] = defaultdict(list)
    for one in people:
        if not one.name.strip():
            continue
        if one.company:
            blocks["at one company.", 86, one.company].append(one.id)
        if one.postal_code:
            blocks["at one postal code.", 80, (one.country, one.postal_code)].append(one.id)
        for place in set(one.places):
            blocks["at one street address.", 88, place].append(one.id)
        for domain in {v.rpartition("@")[2] for kind, v in one.points if kind == "email"}:
            if domain not in SHARED_DOMAINS:
                blocks["at one mail domain.", 80, domain].append(one.id)
    for (title, score, _key), block in blocks.items():
        if len(block) > 1:
            yield title, score, block


def _blocks_of_words(names: dict[UUID, str]) -> Iterator[list[UUID]]:
    """Companies that share a word; those that share none but a beginning (a typo) as well."""
    blocks: defaultdict[str, list[UUID]] = defaultdict(list)
    for one, name in names.items():
        for word in set(name.split()):
            blocks[word].append(one)
        if name:
            blocks["^" + name.replace(" ", "")[:4]].append(one)
    for block in blocks.values():
        if 1 < len(block) <= LARGEST:
            yield block


def _at_one_place(
    companies: Iterable[Known], names: dict[UUID, str]
) -> Iterator[tuple[UUID, UUID, int]]:
    """Companies in one house whose names share words: “Sky” and “Sky Jets”, not their neighbours.

    Of a house with very many those are compared whose names begin alike.
    """
    blocks: defaultdict[str, list[UUID]] = defaultdict(list)
    for one in companies:
        if one.place and names[one.id]:
            blocks[one.place].append(one.id)
    for block in blocks.values():
        for part in _parts(block, names):
            for first, second in combinations(part, 2):
                alike = int(fuzz.token_set_ratio(names[first], names[second]))
                if alike >= SAME_ENOUGH:
                    yield first, second, alike


def _parts(block: Sequence[UUID], names: dict[UUID, str]) -> Iterator[Sequence[UUID]]:
    """The block, or what of it begins alike: by the first letters of each name's words."""
    if len(block) <= LARGEST:
        yield block
        return
    for letters in (3, 6):
        parts: defaultdict[str, list[UUID]] = defaultdict(list)
        for one in block:
            for word in names[one].split():
                parts[word[:letters]].append(one)
        small = [part for part in parts.values() if 1 < len(part) <= LARGEST]
        yield from small
        block = list(dict.fromkeys(
            one for part in parts.values() if len(part) > LARGEST for one in part
        ))  # fmt: skip
        if not block:
            return
    # So many of one name in one place are told apart by nothing but their addresses.


def _likeness(alike: int) -> str:
    return "The same name" if alike == 100 else f"Names {alike} % alike"


def _differ(one: Known, other: Known) -> bool:
    pairs = ((one.tin, other.tin), (one.country, other.country))
    return any(a and b and a != b for a, b in pairs)


def _print(row: Someone | Known) -> str:
    if isinstance(row, Someone):
        return row.fingerprint
    return _digest([row.name, row.domain, row.tin, row.registration_number, row.country])


def _digest(values: object) -> str:
    return hashlib.sha256(json.dumps(values, default=str).encode()).hexdigest()
