"""When a person may be called or texted: the hours that every zone and every law allows. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from compliance.holidays import HolidayRule, holidays_on
from compliance.zones import Whereabouts

DAY = timedelta(days=1)
HORIZON_DAYS = 14
# A text handed over at the last minute may arrive after it.
MARGIN = timedelta(minutes=20)
FEDERAL = "US"


@dataclass(frozen=True, slots=True)
class CallingRule:
    """Hours [opens, closes) on some weekdays (0 = Monday) in one jurisdiction.

    Several rules of one jurisdiction add up (Texas opens at noon on Sundays); a weekday that
    none of them names is barred.
    """

    jurisdiction: str
    weekdays: frozenset[int]
    opens: time
    closes: time
    holidays_barred: bool = False
    max_per_24h: int | None = None
    citation: str = ""


HOUSE = CallingRule(
    "house", frozenset(range(6)), time(9), time(20), holidays_barred=True, citation="house rule"
)


@dataclass(frozen=True, slots=True)
class Blackout:
    """A day on which a jurisdiction bars calls: proclaimed holidays, emergencies. "" = all."""

    jurisdiction: str
    day: date
    reason: str


@dataclass(frozen=True)
class Rulebook:
    """Everything that decides about hours, in force together; `version` names it in the ledger."""

    version: str
    rules: tuple[CallingRule, ...]
    holidays: tuple[HolidayRule, ...] = ()
    blackouts: tuple[Blackout, ...] = ()
    house: CallingRule = HOUSE
    _by_place: dict[str, tuple[CallingRule, ...]] = field(default_factory=dict, repr=False)

    def __hash__(self) -> int:
        return hash(self.version)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rulebook) and other.version == self.version

    def rules_of(self, jurisdiction: str) -> tuple[CallingRule, ...]:
        """The rules of one jurisdiction, those of its country where it has none of its own."""
        if not self._by_place:
            for rule in self.rules:
                listed = self._by_place.get(rule.jurisdiction, ())
                self._by_place[rule.jurisdiction] = (*listed, rule)
        own = self._by_place.get(jurisdiction)
        return own or self._by_place.get(jurisdiction.split("-")[0], ())


@dataclass(frozen=True, slots=True)
class WindowAnswer:
    """Whether the moment is inside; else `not_before`, the next that is, None if none is near.

    `closes_at` is the end of the window that the moment (or `not_before`) lies in, margin
    included: what is handed over must have arrived by then. `local` names the clock in each zone.
    """

    allowed: bool
    reasons: tuple[str, ...] = ()
    not_before: datetime | None = None
    closes_at: datetime | None = None


def judge(at: datetime, where: Whereabouts, book: Rulebook) -> WindowAnswer:
    """May this person be texted at this moment (aware)? The strictest of everything that may apply.

    Fails closed: without a zone, or in a country whose hours nobody entered, the answer is no.
    Sources: 47 CFR 64.1200(c)(1) and the state rows, each with its citation.
    """
    if where.unsure:
        return WindowAnswer(False, (f"It is not clear where the person is: {where.unsure}.",))
    missing = sorted(c for c in where.jurisdictions if not book.rules_of(c))
    if missing or not where.jurisdictions:
        named = ", ".join(missing) or "the person’s country"
        return WindowAnswer(False, (f"No calling hours are known for {named}.",))
    found = next_window(at.astimezone(UTC), where.zones, where.jurisdictions, book)
    if found is None:
        return WindowAnswer(
            False, (f"No lawful moment within {HORIZON_DAYS} days: no hours are left in common.",)
        )
    opens, closes = found
    if opens <= at:
        return WindowAnswer(True, (), None, closes)
    return WindowAnswer(False, tuple(why_not(at, where, book)), opens, closes)


def next_window(
    at: datetime, zones: frozenset[str], jurisdictions: frozenset[str], book: Rulebook
) -> tuple[datetime, datetime] | None:
    """The first span (UTC, half open, margin taken off) that ends after `at`; None if too far."""
    first = at.date() - DAY
    for offset in range(HORIZON_DAYS + 2):
        for opens, closes in _common(first + offset * DAY, zones, jurisdictions, book):
            if closes > at:
                return opens, closes
    return None


@lru_cache(maxsize=65_536)
def _common(
    day: date, zones: frozenset[str], jurisdictions: frozenset[str], book: Rulebook
) -> tuple[tuple[datetime, datetime], ...]:
    """The spans that begin on this UTC day in all zones' clocks together."""
    spans = None
    for zone in zones:
        own = [
            span
            for local in (day - DAY, day, day + DAY)
            if (span := _local_span(local, zone, jurisdictions, book)) is not None
        ]
        spans = own if spans is None else _both(spans, own)
    return tuple(sorted(s for s in spans or () if s[0].date() == day))


def _both(
    some: Iterable[tuple[datetime, datetime]], others: list[tuple[datetime, datetime]]
) -> list[tuple[datetime, datetime]]:
    met = [(max(a, c), min(b, d)) for a, b in some for c, d in others]
    return [(opens, closes) for opens, closes in met if opens < closes]


@lru_cache(maxsize=65_536)
def _local_span(
    day: date, zone: str, jurisdictions: frozenset[str], book: Rulebook
) -> tuple[datetime, datetime] | None:
    """One zone's hours on one of its days as UTC, or None when the day is barred."""
    hours = hours_on(day, jurisdictions, book)
    if hours is None:
        return None
    opens, closes = hours
    # Twice-told and skipped hours: the later reading opens, the earlier closes.
    begin = max(_utc(day, opens, zone, fold) for fold in (0, 1))
    end = min(_utc(day, closes, zone, fold) for fold in (0, 1)) - MARGIN
    return (begin, end) if begin < end else None


def hours_on(day: date, jurisdictions: frozenset[str], book: Rulebook) -> tuple[time, time] | None:
    """From when to when the house and all of these allow on a day, by the local clock.

    None on a day that one of them bars; hours that have nothing in common end before they begin.
    """
    opens, closes = time.min, time.max
    for rule in (book.house, *_of_day(day, jurisdictions, book)):
        if rule is None or day.weekday() not in rule.weekdays:
            return None
        opens, closes = max(opens, rule.opens), min(closes, rule.closes)
    return None if barred_by(day, jurisdictions, book) else (opens, closes)


def _of_day(day: date, jurisdictions: frozenset[str], book: Rulebook) -> list[CallingRule | None]:
    """Per jurisdiction the rule for this weekday; None where it has none."""
    found: list[CallingRule | None] = []
    for code in sorted(jurisdictions):
        own = [rule for rule in book.rules_of(code) if day.weekday() in rule.weekdays]
        found += own or [None]
    return found


def barred_by(day: date, jurisdictions: frozenset[str], book: Rulebook) -> str:
    """The holiday or blackout that bars this day, in words; "" for none."""
    for blackout in book.blackouts:
        if blackout.day == day and blackout.jurisdiction in {"", *jurisdictions}:
            return blackout.reason
    barring = {
        code for code in jurisdictions if any(rule.holidays_barred for rule in book.rules_of(code))
    }
    if book.house.holidays_barred:
        barring |= jurisdictions | {FEDERAL}
    holidays = tuple(rule for rule in book.holidays if rule.jurisdiction in barring)
    kept = holidays_on(day, holidays)
    return f"{kept[0].name} ({kept[0].jurisdiction})" if kept else ""


def _utc(day: date, clock: time, zone: str, fold: int) -> datetime:
    local = datetime.combine(day, clock, ZoneInfo(zone)).replace(fold=fold)
    return local.astimezone(UTC)


def why_not(at: datetime, where: Whereabouts, book: Rulebook) -> list[str]:
    """The reasons a moment outside the window is outside, a sentence per zone and rule."""
    reasons: list[str] = []
    for zone in sorted(where.zones):
        local = at.astimezone(ZoneInfo(zone))
        clock = f"It is {local:%a %H:%M} in {zone}"
        holiday = barred_by(local.date(), where.jurisdictions, book)
        if holiday:
            reasons.append(f"{clock}, and {holiday} is a holiday.")
            continue
        for code in ("house", *sorted(where.jurisdictions)):
            rules = (book.house,) if code == "house" else book.rules_of(code)
            todays = [rule for rule in rules if local.weekday() in rule.weekdays]
            if not todays:
                reasons.append(f"{clock}; {_name(code)} bars {local:%A}s ({rules[0].citation}).")
                continue
            rule = todays[0]
            if not _inside(local, rule):
                reasons.append(
                    f"{clock}; {_name(code)} allows {rule.opens:%H:%M} to {rule.closes:%H:%M}, "
                    f"handed over {MARGIN.seconds // 60} minutes before ({rule.citation})."
                )
    return list(dict.fromkeys(reasons))


def _inside(local: datetime, rule: CallingRule) -> bool:
    closes = (datetime.combine(local.date(), rule.closes) - MARGIN).time()
    return rule.opens <= local.time() < closes


def _name(code: str) -> str:
    return "the house rule" if code == "house" else code


def max_per_24h(where: Whereabouts, book: Rulebook) -> int | None:
    """The smallest state cap on messages in any 24 hours; None where no state has one."""
    caps = [
        rule.max_per_24h
        for code in where.jurisdictions
        for rule in book.rules_of(code)
        if rule.max_per_24h is not None
    ]
    return min(caps, default=None)
