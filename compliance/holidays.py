"""Which days are holidays: reads short rules such as "Mon#3 Jan" and says their dates. Pure."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

WEEKDAYS = {name: number for number, name in enumerate(calendar.day_abbr)}
MONTHS = {name: number for number, name in enumerate(calendar.month_abbr) if name}
FIXED = re.compile(r"(\d\d)-(\d\d)")
NTH = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun)#(-?\d) ([A-Z][a-z]{2})(?: ([+-]\d+))?")
EASTER = re.compile(r"Easter(?:([+-]\d+))?")
FORMS = "“07-04”, “Mon#3 Jan”, “Mon#-1 May”, “Thu#4 Nov +1”, “Easter-2”"
LEAP_YEAR = 2028


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """One holiday of one jurisdiction (ISO 3166: "US", "US-UT").

    `shift` says on which other day it is kept as well: "weekend" (Friday for a Saturday, Monday
    for a Sunday), "monday" (Utah's Juneteenth: the Monday before, from a weekend the Monday
    after) or "". Both days count, as one cannot know which one a court would take. `years` is
    "even" for days that come with federal elections, else "".
    """

    jurisdiction: str
    name: str
    rule: str
    shift: str = ""
    years: str = ""


def check_rule(rule: str) -> None:
    """Raise ValueError, saying which forms there are, for a rule that can't be read."""
    if not any(form.fullmatch(rule) for form in (FIXED, NTH, EASTER)):
        raise ValueError(f"“{rule}” is not a holiday rule. Write it as one of {FORMS}.")
    date_in(rule, LEAP_YEAR)


@lru_cache(maxsize=4096)
def date_in(rule: str, year: int) -> date:
    """The date of a rule in a year; ValueError for a rule or day that does not exist."""
    if match := FIXED.fullmatch(rule):
        return date(year, int(match[1]), int(match[2]))
    if match := EASTER.fullmatch(rule):
        return easter(year) + timedelta(days=int(match[1] or 0))
    if (match := NTH.fullmatch(rule)) and match[3] in MONTHS:
        found = _nth(year, MONTHS[match[3]], WEEKDAYS[match[1]], int(match[2]))
        return found + timedelta(days=int(match[4] or 0))
    raise ValueError(f"“{rule}” is not a holiday rule. Write it as one of {FORMS}.")


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the "anonymous" computus of 1876)."""
    golden, (century, in_century) = year % 19, divmod(year, 100)
    leap_centuries, rest = divmod(century, 4)
    moon = (century - (century - (century + 8) // 25 + 1) // 3) - leap_centuries
    epact = (19 * golden + moon + 15) % 30
    leap_years, year_rest = divmod(in_century, 4)
    to_sunday = (32 + 2 * rest + 2 * leap_years - epact - year_rest) % 7
    correction = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def holidays_on(day: date, rules: tuple[HolidayRule, ...]) -> tuple[HolidayRule, ...]:
    """The rules that make this day a holiday, in the order given."""
    return tuple(rule for rule in rules if day in _days(rule, day.year))


@lru_cache(maxsize=8192)
def _days(rule: HolidayRule, year: int) -> frozenset[date]:
    """The days of a year on which a holiday is kept; one of the next year may reach back."""
    found: set[date] = set()
    for near in (year, year + 1):
        if rule.years == "even" and near % 2:
            continue
        day = date_in(rule.rule, near)
        found |= {day, _shifted(day, rule.shift)}
    return frozenset(day for day in found if day.year == year)


def _shifted(day: date, shift: str) -> date:
    weekday = day.weekday()
    if shift == "weekend":
        return day + timedelta(days={5: -1, 6: 1}.get(weekday, 0))
    if shift == "monday":
        return day + timedelta(days=7 - weekday if weekday >= 5 else -weekday)
    return day


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    if number == 0:
        raise ValueError("There is no zeroth weekday of a month.")
    if number > 0:
        first = date(year, month, 1)
        day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
    else:
        last = date(year, month, calendar.monthrange(year, month)[1])
        day = last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-number - 1))
    if day.month != month:
        raise ValueError(f"{year}-{month:02} has no such weekday.")
    return day
