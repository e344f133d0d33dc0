"""From addresses and phone numbers to every time zone and jurisdiction that may apply.

A number says where it was given out, not where its owner is: mobiles and ported numbers keep
their area code anywhere. So everything plausible is kept, and a rule must hold in all of it.
"""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

import phonenumbers
import zipcodes
from phonenumbers import PhoneNumberType
from phonenumbers.timezone import time_zones_for_number

MOST_ZONES = 3
UNKNOWN_ZONE = "Etc/Unknown"
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


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of where somebody is; every part may be empty.

    `state` is a US postal code ("FL"), `country` ISO 3166 alpha-2, `zone` an IANA name that a
    person or a provider said, `postal_code` a ZIP or ZIP+4.
    """

    postal_code: str = ""
    state: str = ""
    country: str = ""
    zone: str = ""


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
        if place.zone and place.zone not in available_timezones():
            doubts.append(f"“{place.zone}” is not a time zone")
    for phone in phones:
        found = _of_phone(phone)
        jurisdictions |= found.jurisdictions
        if not said:
            zones |= found.zones
            if found.unsure:
                doubts.append(found.unsure)
    if not zones:
        doubts.append("no address or number says in which time zone the person is")
    elif len(zones) > MOST_ZONES and _distinct_offsets(zones) > MOST_ZONES:
        doubts.append(f"the addresses and numbers point to {len(zones)} time zones")
    return Whereabouts(frozenset(zones), frozenset(jurisdictions), "; ".join(dict.fromkeys(doubts)))


def _of_place(place: Place) -> tuple[set[str], set[str]]:
    zones = {place.zone} & available_timezones()
    jurisdictions: set[str] = set()
    country = place.country.upper()
    if place.state and country in ("", "US"):
        jurisdictions |= {"US", f"US-{place.state.upper()}"}
    elif country:
        jurisdictions.add(country)
    if place.postal_code and country in ("", "US"):
        for row in _zip(place.postal_code):
            zones |= {row["timezone"]} & available_timezones()
            jurisdictions |= {"US", f"US-{row['state']}"}
    if not zones and place.state and country in ("", "US"):
        zones |= _by_state().get(place.state.upper(), frozenset())
    if not zones and country and country != "US":
        zones |= _by_country(country)
    return zones, jurisdictions


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
        by_area, state = _by_area().get(area, (frozenset(), curated.state))
        zones |= by_area
        jurisdictions = {"US", f"US-{state}"} if state else {"US"}
        unsure = "" if state else f"area code {area} is not known: say in which state they are"
    zones = curated.zones if curated.mode == "only" else zones | curated.zones
    return Whereabouts(zones, frozenset(jurisdictions), unsure)


def _zip(code: str) -> list[dict[str, str]]:
    digits = code.strip().split("-")[0]
    return zipcodes.matching(digits) if len(digits) == 5 and digits.isdigit() else []


@cache
def _tables() -> tuple[dict[str, tuple[frozenset[str], str]], dict[str, frozenset[str]]]:
    """By area code its (zones, state), and by state its zones, from every ZIP code's own.

    An area code belongs to one state; the ZIP codes just over a border name it too, so the state
    that most of them are in is its own.
    """
    counts: dict[str, Counter[str]] = {}
    zones: dict[tuple[str, str], set[str]] = {}
    by_state: dict[str, set[str]] = {}
    known = available_timezones()
    for row in zipcodes.list_all():
        if row["timezone"] not in known or row["country"] != "US":
            continue
        by_state.setdefault(row["state"], set()).add(row["timezone"])
        for area in row["area_codes"]:
            counts.setdefault(area, Counter())[row["state"]] += 1
            zones.setdefault((area, row["state"]), set()).add(row["timezone"])
    by_area: dict[str, tuple[frozenset[str], str]] = {}
    for area, states in counts.items():
        own = states.most_common(1)[0][0]
        by_area[area] = frozenset(zones[area, own]), own
    return by_area, {state: frozenset(found) for state, found in by_state.items()}


def _by_area() -> dict[str, tuple[frozenset[str], str]]:
    return _tables()[0]


def _by_state() -> dict[str, frozenset[str]]:
    return _tables()[1]


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
    """The zones of a country's phone numbers, which is every zone people live in there."""
    example = phonenumbers.example_number_for_type(country, PhoneNumberType.MOBILE)
    if example is None:
        return frozenset()
    return frozenset(time_zones_for_number(example)) - {UNKNOWN_ZONE}


def _distinct_offsets(zones: Iterable[str]) -> int:
    """How many different clocks the zones show: Boise and Denver agree, Phoenix sometimes."""
    moments = [datetime(2026, month, 1, tzinfo=UTC) for month in (1, 7)]
    return len({tuple(m.astimezone(ZoneInfo(z)).utcoffset() for m in moments) for z in zones})
