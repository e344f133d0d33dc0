"""The airport table, loaded on first use and indexed by code, city and name."""

import re
import tomllib
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

NOISE = re.compile(
    r"\b(airport|international|intl|intcntl|regional|municipal|memorial|field|county|afb|airpark)\b"
)
LAST_VOWELS = re.compile(r"[аеиоуыэюяьй]+$")


@dataclass(frozen=True, slots=True)
class Airport:
    """One airport; `code` is IATA, or ICAO where it has none."""

    code: str
    icao: str
    name: str
    city: str
    region: str
    country: str
    timezone: str


def key(text: str) -> str:
    """A place name as it is compared: no case, accents or punctuation; "ё" and "ø" as typed."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("ł", "l"))
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", plain))


def stem_key(text: str) -> str:
    """The key with the case endings of Russian words taken off ("Москвы", "Москву" → "москв")."""
    words = key(text).split()
    return " ".join(LAST_VOWELS.sub("", w) if re.match(r"[а-я]{4}", w) else w for w in words)


@cache
def names() -> dict[str, Any]:
    """The hand-kept names beside the table: nicknames, metropolitan areas, states."""
    path = Path(__file__).with_name("names.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def by_iata() -> dict[str, Airport]:
    """Every airport with an IATA code."""
    import airportsdata

    rows: dict[str, Any] = airportsdata.load("IATA")  # type: ignore[assignment]
    return {code: _airport(code, row) for code, row in rows.items()}


@cache
def _by_icao() -> dict[str, Airport]:
    import airportsdata

    rows: dict[str, Any] = airportsdata.load("ICAO")  # type: ignore[assignment]
    return {code: _airport(row["iata"] or code, row) for code, row in rows.items()}


def _airport(code: str, row: dict[str, Any]) -> Airport:
    return Airport(
        code, row["icao"], row["name"], row["city"], row["subd"], row["country"], row["tz"]
    )


def airport_by_code(code: str) -> Airport | None:
    """The airport of an IATA (three letters) or ICAO code, upper case; None if there is none."""
    if len(code) == 3:
        return by_iata().get(code)
    if len(code) == 4:
        return _by_icao().get(code)
    return None


@cache
def metros() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Metropolitan code → its name and airports, the ones business jets use first."""
    import airportsdata

    table = {
        code: (row["name"], tuple(row["airports"]))
        for code, row in airportsdata.load_iata_macs().items()
        if len(row["airports"]) > 1 and code not in by_iata()
    }
    for code, row in names()["metros"].items():
        table[code] = (row["name"], tuple(row["airports"]))
    return table


@cache
def by_city() -> dict[str, tuple[str, ...]]:
    """City key → the codes of its airports."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, airport in by_iata().items():
        for part in re.split(r"[/(),]", airport.city):
            if part.strip():
                found[key(part)].append(code)
    return {city: tuple(codes) for city, codes in found.items()}


@cache
def by_name() -> dict[str, tuple[str, ...]]:
    """Airport name key without words such as "International" → codes."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, airport in by_iata().items():
        short = " ".join(NOISE.sub(" ", key(airport.name)).split())
        if short:
            found[short].add(code)
            found[f"{key(airport.city)} {short}"].add(code)
    return {name: tuple(sorted(codes)) for name, codes in found.items()}
