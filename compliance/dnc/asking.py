"""What the lists say of an area code or a number that somebody types, in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from compliance.dnc import lookup
from compliance.dnc.answers import Freshness
from compliance.dnc.errors import DncRefused
from compliance.dnc.numbers import read_phone
from compliance.dnc.sources import capital, name_of
from compliance.rules import do_not_call

_AREA_CODE = re.compile(r"[2-9]\d\d")


@dataclass(frozen=True, slots=True)
class Said:
    """`about` names what was asked; `refusals` and `warnings` are sentences, `lines` facts."""

    about: str
    refusals: Sequence[str] = ()
    warnings: Sequence[str] = ()
    lines: Sequence[str] = ()


def say(text: str, at: datetime) -> Said | None:
    """The answer for “561” or “+1 561 555 0123”; None for nothing, DncRefused for neither."""
    asked = text.strip()
    if not asked:
        return None
    if _AREA_CODE.fullmatch(asked):
        return _of_area(lookup.freshness([asked], at)[asked])
    try:
        phone = read_phone(asked)
    except DncRefused:
        raise DncRefused(
            f"“{asked[:40]}” is neither an area code, such as 561, nor a phone number, such as "
            "+15615550123."
        ) from None
    found = lookup.ask([phone], at)
    refusals = do_not_call.refusals(phone, found.listings, found.freshness, consent=False)
    warnings = do_not_call.warnings(phone, found.freshness)
    free = [] if found.listings[phone] else [f"{phone} is on no list in force."]
    return Said(phone, refusals, warnings, free)


def _of_area(known: Freshness) -> Said:
    lines = [
        f"{capital(name_of(one.source))}, of {one.list_date.day} {one.list_date:%b %Y}, "
        f"{one.age_days} day{'s' * (one.age_days != 1)} old."
        for one in known.editions
    ]
    return Said(f"Area code {known.area_code}", known.refusals, known.warnings, lines)
