"""The law as the judge reads it, sharing no line and no table with the desk's own rules."""

import calendar
import re
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from dateutil.easter import easter

from tests.simulation.log import Log, NewLaw, Resident
from tests.simulation.states import AREA_CODES, CORNERS
from tests.simulation.tables import (
    HOLIDAYS,
    HOURS,
    MAIL_TO_ALL,
    MAIL_TO_COMPANIES,
    TWO_CLOCKS,
)

DAYS = {name: number for number, name in enumerate(calendar.day_abbr)}
MONTHS = {name: number for number, name in enumerate(calendar.month_abbr) if name}
# The house's own rule, from the requirement: 09:00 to 20:00, Monday to Saturday, no holidays,
# the last hand-over 20 minutes before the end.
HOUSE_DAYS, HOUSE_OPENS, HOUSE_CLOSES = range(6), time(9), time(20)
MARGIN = timedelta(minutes=20)
MOST_DAYS_OLD = 28  # the house's own limit; the law's is 31
MOST_TEXTS = 3
MOST_CLOCKS = 3
HOLIDAY = re.compile(
    r"(?P<place>\w\w) (?:(?P<month>\d\d)-(?P<day>\d\d)|Easter(?P<after>-\d+)|"
    r"(?P<weekday>\w{3})#(?P<number>-?\d)_(?P<of>\w{3}))(?P<more>\+1)?(?P<kept>[*me]?) (?P<name>.+)"
)


class Law:
    """Hours, holidays and caps of every state, with what the staff changed during the month."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.lines: dict[str, list[list[NewLaw]]] = defaultdict(list)
        self.caps: dict[str, int] = {}
        self.holidays = [found for line in HOLIDAYS.split("\n") if (found := HOLIDAY.match(line))]
        for row in filter(None, HOURS.split("\n")):
            state, days, hours, cap = row.split()
            place = state if state == "US" else f"US-{state}"
            first, last = (DAYS[name] for name in days.split("-"))
            opens, closes = (time(int(hour)) for hour in hours.split("-"))
            self._line(place, frozenset(range(first, last + 1)), opens, closes)
            if cap != "-":
                self.caps[place] = int(cap)
        for corner in CORNERS:  # a state without a line of its own may still get one
            if f"US-{corner.state}" not in self.lines:
                self._line(f"US-{corner.state}", frozenset(range(7)), time(8), time(21))

    def _line(self, place: str, days: frozenset[int], opens: time, closes: time) -> None:
        line = f"{place}#{len(self.lines[place]) + 1}"
        begun = NewLaw(line, date.min, days, opens, closes)
        self.lines[place].append([begun, *(one for one in self.log.laws if one.line == line)])

    def may_mail(self, who: Resident) -> bool:
        """Whether their country lets us write to them unasked."""
        if not who.country:  # then they are where their company is, all of which are American
            return who.employed
        return who.country in MAIL_TO_ALL or (who.country in MAIL_TO_COMPANIES and who.employed)

    def zones_of(self, who: Resident) -> set[str]:
        """Every clock they may live by."""
        found = {who.said} if who.said else set()
        if who.zip_zone:
            found.add(who.zip_zone)
        elif who.state and not who.said:
            found |= {corner.zone for corner in CORNERS if corner.state == who.state}
        if not who.said:
            for number, _state, zone in who.phones:
                found |= self._zones_of_number(number, zone)
        return found - {""}

    def lost(self, who: Resident) -> bool:
        """Whether nobody can say where they are: no clock, no state, or more than three clocks."""
        clocks = {
            tuple(datetime(2026, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() for month in (1, 7))
            for zone in self.zones_of(who)
        }
        return not self.states_of(who) or not 0 < len(clocks) <= MOST_CLOCKS

    def _zones_of_number(self, number: str, own: str) -> set[str]:
        return {own, *TWO_CLOCKS.get(number[2:5], ())}

    def states_of(self, who: Resident) -> set[str]:
        return {who.state, *(state for _number, state, _zone in who.phones)} - {""}

    def cap_of(self, who: Resident) -> int:
        """How many texts they may get in 24 hours."""
        caps = (self.caps.get(f"US-{state}", MOST_TEXTS) for state in self.states_of(who))
        return min([MOST_TEXTS, *caps])

    def list_faults(self, who: Resident, number: str, at: datetime) -> list[str]:
        """Why the do-not-call lists forbid a call or a text to this number; [] where they don't."""
        found = [
            f"they told us on {since:%d %b %H:%M:%S} not to call"
            for told, since in self.log.told_us
            if told == number and since < at
        ]
        read = [one for one in self.log.lists if one.at < at]
        if number[2:5] not in AREA_CODES:
            return found
        if not read:
            return [*found, "no list was read"]
        known = who.listed if read[-1].first else who.listed | who.listed_late
        if number in known and number not in who.signed:
            found.append("they are on the national list")
        age = (at.date() - max(one.dated for one in read)).days
        if age > MOST_DAYS_OLD:
            found.append(f"the list is {age} days old")
        return found

    def faults(self, who: Resident, at: datetime, until: datetime) -> list[str]:
        """Why a text that may reach them from `at` to `until` is unlawful; [] where it is not."""
        zones, states = self.zones_of(who), self.states_of(who)
        if self.lost(who):
            return ["nobody knows where they are"]
        found = []
        for zone in sorted(zones):
            begins, ends = at.astimezone(ZoneInfo(zone)), until.astimezone(ZoneInfo(zone))
            if begins.date() != ends.date():
                found.append(f"it may arrive the day after in {zone}")
            if reason := self._barred(begins.date(), states):
                found.append(f"{reason} in {zone}")
            for place in ("house", "US", *(f"US-{state}" for state in sorted(states))):
                opens, closes = self._hours(place, begins.date(), at)
                if not opens <= begins.time() <= ends.time() <= closes:
                    found.append(f"{begins:%a %H:%M} to {ends:%H:%M} in {zone} under {place}")
        return found

    def _hours(self, place: str, day: date, at: datetime) -> tuple[time, time]:
        """[opens, closes] of a place on a day, the margin taken off; nothing where it is barred."""
        hours = []
        if place == "house":
            hours = [(HOUSE_OPENS, HOUSE_CLOSES)] if day.weekday() in HOUSE_DAYS else []
        for versions in self.lines.get(place, ()):
            rule = [one for one in versions if one.begins <= day and one.heard_at <= at][-1]
            if day.weekday() in rule.weekdays:
                hours.append((rule.opens, rule.closes))
        if not hours:
            return time.max, time.min
        opens, closes = max(one[0] for one in hours), min(one[1] for one in hours)
        return opens, (datetime.combine(day, closes) - MARGIN).time()

    def _barred(self, day: date, states: set[str]) -> str:
        for place, barred in self.log.barred_days:
            if barred == day and (not place or place.removeprefix("US-") in states):
                return "a barred day"
        for row in self.holidays:
            if row["place"] in {"US", *states} and day in _kept(row, day.year):
                return row["name"]
        return ""


@cache
def _kept(row: re.Match[str], year: int) -> set[date]:
    """The days of a year on which a holiday counts: its own, and the one it is moved to."""
    found = set()
    for near in (year, year + 1):
        if row["kept"] == "e" and near % 2:
            continue
        day = _date(row, near) + timedelta(days=int(row["more"] or 0))
        found.add(day)
        if row["kept"] == "*":
            found.add(day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0)))
        if row["kept"] == "m":
            back = timedelta(days=day.weekday())
            found.add(day - back + timedelta(days=7 if day.weekday() > 4 else 0))
    return {day for day in found if day.year == year}


def _date(row: re.Match[str], year: int) -> date:
    if row["after"]:
        return easter(year) + timedelta(days=int(row["after"]))
    if row["month"]:
        return date(year, int(row["month"]), int(row["day"]))
    same = [
        day
        for day in calendar.Calendar().itermonthdates(year, MONTHS[row["of"]])
        if day.month == MONTHS[row["of"]] and day.weekday() == DAYS[row["weekday"]]
    ]
    number = int(row["number"])
    return same[number - 1 if number > 0 else number]
