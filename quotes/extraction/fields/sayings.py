"""Hears what a vendor says of a field without naming it: "nobody sits" is standing. Pure.

The phrases are data, in `sayings.toml`; they are asked where the field's own words told nothing.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from quotes.extraction.fields.figures import COUNT, number, plain
from quotes.extraction.fields.matching import Found
from quotes.extraction.reader import Reader

TABLE = Path(__file__).with_name("sayings.toml")


@dataclass(frozen=True, slots=True)
class Saying:
    """One pattern over small letters and what it means; None where its figure `n` is meant."""

    pattern: re.Pattern[str]
    means: Any


@cache
def sayings() -> dict[str, tuple[Saying, ...]]:
    """The phrases of every field, a no before a yes, compiled once."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {name: tuple(_of(entry)) for name, entry in table.items()}


def _of(entry: dict[str, Any]) -> list[Saying]:
    found = [Saying(_compile(way["says"]), way["is"]) for way in entry.get("value", ())]
    found += [Saying(_compile([ways]), None) for ways in entry.get("count", ())]
    for key, means in (("no", False), ("yes", True)):
        if key in entry:
            found.append(Saying(_compile(entry[key]), means))
    return found


def _compile(ways: list[str]) -> re.Pattern[str]:
    figures = (way for ways_of in ways for way in ways_of.replace("{n}", "\0").split("\0")[1:])
    count = sum(1 for _ in figures)
    source = "|".join(ways)
    for index in range(count):
        source = source.replace("{n}", rf"(?P<n{index}>{COUNT})", 1)
    return re.compile(rf"(?<![\w$€£])(?:{source})(?!\w)")


def read_saying(reader: Reader, name: str) -> Found | None:
    """The first phrase about the field that stands in the reply, no question."""
    for saying in sayings().get(name, ()):
        match = saying.pattern.search(reader.lower, reader.offset)
        if match is None or _asked(reader, match):
            continue
        if saying.means is not None:
            return saying.means, reader.evidence(*match.span())
        value = next((number(said) for said in match.groups() if said), None)
        if value is not None and 0 < value < 10**6:
            return plain(value), reader.evidence(*match.span())
    return None


def _asked(reader: Reader, match: "re.Match[str]") -> bool:
    return reader.words(reader.clause_at(match.start())).rstrip().endswith("?")
