"""From addresses and phone numbers to every time zone and jurisdiction that may apply.

A number says where it was given out, not where its owner is: mobiles and ported numbers keep
their area code anywhere. So everything plausible is kept, and a rule must hold in all of it.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from importlib import resources
from typing import TypeVar
from zoneinfo import ZoneInfo, available_timezones

import phonenumbers
import zipcodes
from babel.core import get_global
from phonenumbers import PhoneNumberType
from phonenumbers.timezone import time_zones_for_number

MOST_ZONES = 3
UNKNOWN_ZONE = "Etc/Unknown"
# Obeyed where the country is known and the state is not: the strictest of every state's rules.
ANY_STATE = "US-ANY"
COUNTY_WORDS = re.compile(r"\b(county|parish|borough|census area|municipality|municipio|city)\b")
US_REGIONS = frozenset({"US", "PR", "VI", "GU", "AS", "MP"})
EVERYWHERE = {
    PhoneNumberType.TOLL_FREE: "toll-free",
    PhoneNumberType.PREMIUM_RATE: "premium-rate",
    PhoneNumberType.SHARED_COST: "shared-cost",
    PhoneNumberType.VOIP: "internet",
    PhoneNumberType.PERSONAL_NUMBER: "personal",
    PhoneNumberType.UAN: "company-wide",
    PhoneNumberType.PAGER: "pager",
}

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of where somebody is; every part may be empty.

    `state` is a US postal code ("FL"), `country` ISO 3166 alpha-2, `zone` an IANA name that a
    person or a provider said, `postal_code` a ZIP or ZIP+4, `county` as in "Gulf County".
    """

    postal_code: str = ""
    state: str = ""
    country: str = ""
    zone: str = ""
    county: str = ""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """All plausible zones and jurisdictions (ISO 3166-1 or -2: "RU", "US-FL").

    `unsure` says in words why a person must set the zone before a text may go; "" when sure
    enough.
    """

    zones: frozenset[str] = frozenset()
    jurisdictions: frozenset[str] = frozenset()
    unsure: str = ""

    @property
    def countries(self) -> frozenset[str]:
        return frozenset(code.split("-")[0] for code in self.jurisdictions)


@dataclass(frozen=True, slots=True)
class Curated:
    """`mode` "only" replaces what the libraries say of an area code, "add" widens it."""

    mode: str = "add"
    zones: frozenset[str] = frozenset()
    state: str = ""


@lru_cache(maxsize=50_000)
def locate(phones: tuple[str, ...] = (), places: tuple[Place, ...] = ()) -> Whereabouts:
    """Where somebody with these phones (E.164) and places may be.

    A zone that was said outright replaces what only phones suggest; it never hides the zone of
    a known postal address.
    """
    zones: set[str] = set()
    jurisdictions: set[str] = set()
    doubts: list[str] = []
    said = {place.zone for place in places if place.zone}
    for place in places:
        found_zones, found_jurisdictions = _of_place(place)
        zones |= found_zones
        jurisdictions |= found_jurisdictions
        doubts += doubts_about(place)
    for phone in phones:
        found = _of_phone(phone)
        jurisdictions |= found.jurisdictions
        if not said:
            zones |= found.zones
            if found.unsure:
                doubts.append(found.unsure)
    if "US" in jurisdictions and not any(code.startswith("US-") for code in jurisdictions):
        jurisdictions.add(ANY_STATE)
    if not zones:
        doubts.append("no address or number says in which time zone the person is")
    elif len(zones) > MOST_ZONES and _distinct_offsets(zones) > MOST_ZONES:
        doubts.append(f"the addresses and numbers point to {len(zones)} time zones")
    return Whereabouts(frozenset(zones), frozenset(jurisdictions), "; ".join(dict.fromkeys(doubts)))


def doubts_about(place: Place) -> list[str]:
    """What in it cannot be read, in words; for the gate, and for the page where it is typed."""
    doubts = []
    if place.zone and place.zone not in _known_zones():
        doubts.append(f"“{place.zone}” is not a time zone; one looks like America/New_York")
    if place.state and _in_america(place) and place.state.upper() not in _tables().by_state:
        doubts.append(f"“{place.state}” is not the postal code of a US state, such as FL")
    return doubts


def _of_place(place: Place) -> tuple[set[str], set[str]]:
    zones = {place.zone} & _known_zones()
    country = place.country.upper()
    if not _in_america(place):
        return zones or set(_by_country(country)), {country}
    jurisdictions = {"US"} if country else set()
    state = place.state.upper()
    if state:
        jurisdictions |= {"US", f"US-{state}"}
    contradicted = False
    for zone, zip_state in _zip(place.postal_code):
        zones |= {zone} & _known_zones()
        jurisdictions |= {"US", f"US-{zip_state}"}
        contradicted |= bool(state) and state != zip_state
    if state and (not zones or contradicted):  # where ZIP and state differ, both stay possible
        zones |= _by_county(state, place.county) or _tables().by_state.get(state, frozenset())
    return zones, jurisdictions


def _in_america(place: Place) -> bool:
    return place.country.upper() in ("", "US")


def _by_county(state: str, name: str) -> frozenset[str]:
    return _tables().by_county.get((state, _county(name)), frozenset()) if name else frozenset()


def _county(name: str) -> str:
    """“St. Johns County” and “st johns” are one."""
    return " ".join(COUNTY_WORDS.sub(" ", name.casefold().replace(".", "")).split())


def _of_phone(phone: str) -> Whereabouts:
    if any(character.isalpha() for character in phone):
        return Whereabouts(unsure=f"“{phone}” has letters in it; write the number in digits")
    try:
        number = phonenumbers.parse(phone, None)
    except phonenumbers.NumberParseException:
        return Whereabouts(unsure=f"“{phone}” is not a phone number with its country code")
    if not phonenumbers.is_possible_number(number):
        return Whereabouts(unsure=f"“{phone}” is not a number that can exist")
    kind = phonenumbers.number_type(number)
    if kind in EVERYWHERE:
        return Whereabouts(unsure=f"{phone} is a {EVERYWHERE[kind]} number, which has no place")
    if number.country_code == 1:
        return _of_north_american(number)
    region = phonenumbers.region_code_for_number(number) or ""
    zones = frozenset(time_zones_for_number(number)) - {UNKNOWN_ZONE}
    return Whereabouts(zones, frozenset({region} if region and region != "001" else ()))


def _of_north_american(number: phonenumbers.PhoneNumber) -> Whereabouts:
    area = str(number.national_number)[:3]
    region = phonenumbers.region_code_for_number(number) or ""
    zones = frozenset(time_zones_for_number(number)) - {UNKNOWN_ZONE}
    curated = _curated().get(area, Curated())
    jurisdictions = {region} if region else set()
    unsure = ""
    if region in US_REGIONS:
        by_area, state = _tables().by_area.get(area, (frozenset(), curated.state))
        zones |= by_area
        jurisdictions = {"US", f"US-{state}"} if state else {"US"}
        unsure = "" if state else f"area code {area} is not known: say in which state they are"
    zones = curated.zones if curated.mode == "only" else zones | curated.zones
    return Whereabouts(zones, frozenset(jurisdictions), unsure)


def _zip(code: str) -> tuple[tuple[str, str], ...]:
    """The (zone, state) of a ZIP or ZIP+4; nothing for what is none."""
    return _tables().by_zip.get(code.strip().split("-")[0], ())


@dataclass(frozen=True, slots=True)
class Tables:
    """What the ZIP codes say together: an area code's (zones, state), a state's, a county's zones.

    `by_county` is keyed by (state, name in lower case without “county”), `by_zip` holds a code's
    (zone, state).
    """

    by_area: dict[str, tuple[frozenset[str], str]]
    by_state: dict[str, frozenset[str]]
    by_county: dict[tuple[str, str], frozenset[str]]
    by_zip: dict[str, tuple[tuple[str, str], ...]]


@cache
def _tables() -> Tables:
    """Reads every ZIP code once (a second).

    An area code belongs to one state; the ZIP codes just over a border name it too, so the state
    that most of them are in is its own.
    """
    counts: dict[str, Counter[str]] = {}
    zones: dict[tuple[str, str], set[str]] = {}
    by_state: dict[str, set[str]] = {}
    by_county: dict[tuple[str, str], set[str]] = {}
    by_zip: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in zipcodes.list_all():
        zone, state = row["timezone"], row["state"]
        by_zip[row["zip_code"]] = (*by_zip.get(row["zip_code"], ()), (zone, state))
        if zone not in _known_zones() or row["country"] != "US":
            continue
        by_state.setdefault(state, set()).add(zone)
        by_county.setdefault((state, _county(row["county"])), set()).add(zone)
        for area in row["area_codes"]:
            counts.setdefault(area, Counter())[state] += 1
            zones.setdefault((area, state), set()).add(zone)
    by_area: dict[str, tuple[frozenset[str], str]] = {}
    for area, states in counts.items():
        own = states.most_common(1)[0][0]
        by_area[area] = frozenset(zones[area, own]), own
    return Tables(by_area, _frozen(by_state), _frozen(by_county), by_zip)


def _frozen(sets: dict[Key, set[str]]) -> dict[Key, frozenset[str]]:
    return {key: frozenset(found) for key, found in sets.items()}


@cache
def _known_zones() -> frozenset[str]:
    """Every IANA name there is; asking the files each time takes milliseconds."""
    return frozenset(available_timezones())


@cache
def _curated() -> dict[str, Curated]:
    """What the libraries have wrong or leave out, by area code."""
    text = resources.files("compliance").joinpath("data/area_code_zones.csv").read_text()
    return {
        row["area_code"]: Curated(row["mode"], frozenset(row["zones"].split()), row["state"])
        for row in csv.DictReader(text.splitlines())
    }


@cache
def _by_country(country: str) -> frozenset[str]:
    """Every zone of a country, as CLDR lists them; those that show one clock are one."""
    by_clock: dict[tuple[object, ...], str] = {}
    for zone in sorted(set(get_global("territory_zones").get(country, ())) & _known_zones()):
        by_clock.setdefault(_clock(zone), zone)
    return frozenset(by_clock.values())


def _distinct_offsets(zones: Iterable[str]) -> int:
    """How many different clocks the zones show: Boise and Denver agree, Phoenix sometimes."""
    return len({_clock(zone) for zone in zones})


@cache
def _clock(zone: str) -> tuple[object, ...]:
    """What sets zones apart today: the offsets of every month."""
    moments = [datetime(2026, month, 1, tzinfo=UTC) for month in range(1, 13)]
    return tuple(moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in moments)
