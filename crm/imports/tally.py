"""What a list's addresses are: lines and countries of its numbers, domains of its mailboxes. Pure.

Kept with the record of the import, so small: a list has any number of domains, the record a few
hundred of them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

import phonenumbers

from compliance.choices import LineType
from compliance.line_types import line_of
from crm.choices import PointKind
from crm.intake import Address

LINES, REGIONS, DOMAINS = "lines", "regions", "domains"
MOST_DOMAINS = 300
REST = ""  # the key of mailboxes at domains beyond those
Tally = dict[str, dict[str, int]]


def count(tally: Tally, points: Iterable[Address]) -> None:
    """Add a row's addresses."""
    for point in points:
        if point.kind == PointKind.EMAIL:
            _one_more(tally, DOMAINS, point.value.rpartition("@")[2])
        elif point.kind == PointKind.PHONE:
            _one_more(tally, LINES, _line(point.value, point.line_type))
            _one_more(tally, REGIONS, region_of(point.value))


def together(there: Mapping[str, Mapping[str, int]], more: Tally) -> Tally:
    """Both; domains that are new beyond the first few hundred are counted as the rest."""
    found = {name: Counter(there.get(name, {})) for name in {*there, *more}}
    for name, counts in more.items():
        for one, number in counts.items():
            into = found[name]
            is_beyond = name == DOMAINS and one not in into and len(into) >= MOST_DOMAINS
            into[REST if is_beyond else one] += number
    return {name: dict(counts) for name, counts in found.items()}


def in_words(counts: Mapping[str, int], most: int = 8) -> str:
    """“US 120, MX 3 and 2 others”, the most frequent first."""
    ranked = sorted(counts.items(), key=lambda one: -one[1])
    others = sum(number for _, number in ranked[most:])
    told = ", ".join(f"{one} {number:,}" for one, number in ranked[:most])
    return f"{told} and {others:,} others" if others else told


def region_of(number: str) -> str:
    """The country (ISO 3166) of a number in E.164; an American area code tells whose it is."""
    if number.startswith("+1"):
        return _american(number[2:5])
    return _elsewhere(number)


@lru_cache(maxsize=1000)
def _american(area: str) -> str:
    # Any seven digits will do: the plan's countries are told by area code alone.
    found = phonenumbers.region_code_for_number(phonenumbers.parse(f"+1{area}2345678"))
    return found or "US"


@lru_cache(maxsize=20_000)
def _elsewhere(number: str) -> str:
    parsed = phonenumbers.parse(number)
    found = phonenumbers.region_code_for_number(parsed)
    return found or phonenumbers.region_code_for_country_code(parsed.country_code or 0)


def _line(number: str, told: LineType) -> str:
    if told == LineType.UNKNOWN and not number.startswith("+1"):  # North America tells none apart
        return line_of(number, told).value
    return told.value


def _one_more(tally: Tally, name: str, one: str) -> None:
    counts = tally.setdefault(name, {})
    counts[one] = counts.get(one, 0) + 1
