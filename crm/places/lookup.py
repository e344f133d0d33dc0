"""From the words of a brief to an airport, a metropolitan area, or a question."""

import re
from dataclasses import dataclass
from functools import cache

from crm.places.airports import (
    Airport,
    airport_by_code,
    by_city,
    by_iata,
    by_name,
    key,
    metros,
    names,
)
from crm.places.cities import english_key

MILITARY = re.compile(r"\b(afb|air base|army|naval|raf|heliport|seaplane)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name means: a code, or None with choices to ask about; `note`: what was assumed."""

    code: str | None
    choices: tuple[str, ...] = ()
    note: str = ""


def resolve_airport(name: str) -> Resolution | None:
    """The airport meant by a code, nickname or city ("Portland, OR"); None for an unknown name."""
    name = name.strip(" .,;:!?")
    bare, _, qualifier = name.partition(",")
    found = _by_code(name) or _by_nickname(name)
    if found:
        return found
    if qualifier.strip():
        qualified = _in_region(bare, qualifier.strip())
        if qualified:
            return qualified
        return resolve_airport(bare)
    return _by_city_or_name(name)


def _by_code(name: str) -> Resolution | None:
    if re.fullmatch(r"[A-Z]{3,4}", name):
        airport = airport_by_code(name)
        if airport:
            return Resolution(airport.code)
        if name in metros():
            return _metro(name)
    return None


def _by_nickname(name: str) -> Resolution | None:
    table = names()["airports"]
    code = table.get(key(name)) or table.get(english_key(name))
    return Resolution(code) if code else None


def _metro(code: str) -> Resolution:
    name, airports = metros()[code]
    listed = ", ".join(airports)
    return Resolution(
        code,
        airports,
        f"{name} has several airports ({listed}); vendors are asked about the whole area. "
        "Name one if it matters.",
    )


@cache
def _metro_by_city() -> dict[str, str]:
    return {key(name): code for code, (name, _) in metros().items()}


def _by_city_or_name(name: str) -> Resolution | None:
    city = english_key(name)
    if city in _metro_by_city():
        return _metro(_metro_by_city()[city])
    main = names()["mains"].get(city)
    codes = by_city().get(city, ())
    if main:
        return _with_alternatives(main, codes)
    if codes:
        return _choose(city, codes)
    short = re.sub(r"\b(international|regional|executive|airport)\b", " ", key(name))
    named = by_name().get(" ".join(short.split()), ())
    if len(named) == 1:
        return Resolution(named[0])
    return Resolution(None, named[:6]) if named else None


def _choose(city: str, codes: tuple[str, ...]) -> Resolution:
    if len(codes) == 1:
        return Resolution(codes[0])
    places = {(by_iata()[c].country, by_iata()[c].region) for c in codes}
    ranked = tuple(sorted(codes, key=lambda c: -_weight(by_iata()[c], city)))
    if len(places) > 1:
        return Resolution(None, ranked[:6])
    return _with_alternatives(ranked[0], ranked)


def _weight(airport: Airport, city: str) -> int:
    name = airport.name.lower()
    weight = 3 * ("international" in name) + 2 * key(name).startswith(city)
    return weight - 4 * bool(MILITARY.search(name)) - ("municipal" in name)


def _with_alternatives(main: str, codes: tuple[str, ...]) -> Resolution:
    home = by_iata()[main]
    others = [
        c
        for c in codes
        if c != main
        and by_iata()[c].region == home.region
        and not MILITARY.search(by_iata()[c].name)
    ][:4]
    if not others:
        return Resolution(main)
    return Resolution(
        main,
        (main, *others),
        f"{home.city} was read as {main}; it also has {', '.join(others)}.",
    )


def _in_region(bare: str, qualifier: str) -> Resolution | None:
    region = key(names()["states"].get(qualifier.upper().replace(".", ""), qualifier))
    country = country_code(qualifier)
    city = english_key(bare)
    fitting = tuple(
        c
        for c in by_city().get(city, ())
        if key(by_iata()[c].region) == region or by_iata()[c].country == country
    )
    if not fitting:
        return None
    main = names()["mains"].get(city)
    if main in fitting:
        return _with_alternatives(main, fitting)
    return _choose(city, fitting)


@cache
def _countries() -> dict[str, str]:
    from babel import Locale

    everyday = names()["countries"]
    found = {key(word): code for code, words in everyday.items() for word in words}
    for language in ("en", "es", "fr", "de", "ru", "it", "pt"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found.setdefault(key(str(name)), code)
    return found


def country_code(name: str) -> str | None:
    """The ISO code of a country named in one of our languages, or None."""
    return _countries().get(key(name))


@cache
def _known_regions() -> frozenset[str]:
    regions = {key(a.region) for a in by_iata().values()} - {""}
    return frozenset(regions | set(map(key, names()["states"].values())))


@cache
def _known_names() -> frozenset[str]:
    return frozenset(map(key, names()["known"]["names"]))


def is_known_place(name: str) -> bool:
    """Whether a name is a city, region, country, airport or airport code we know."""
    bare = key(name)
    if not bare:
        return False
    english = english_key(name)
    if english in by_city() or english in _known_names() or bare in _known_names():
        return True
    if bare in _countries() or bare in _known_regions() or english in _metro_by_city():
        return True
    if english in names()["airports"] or bare in names()["airports"]:
        return True
    return bool(re.fullmatch(r"[A-Z]{3}", name)) and (name in by_iata() or name in metros())
