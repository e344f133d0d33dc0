"""The week's plan: how many connection requests and follow-ups, to whom, at which hours. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from zoneinfo import ZoneInfo

from crm.shares import BadSharesError, apportion, percentages
from crm.shares import normalise as parts_of
from outreach.errors import UnplannableWeek
from outreach.sequences.planning import Calendar
from outreach.sequences.steps import DAY_NAMES

USUAL_REQUESTS, USUAL_FOLLOW_UPS = range(30, 51), range(2, 4)
MOST_REQUESTS, MOST_FOLLOW_UPS, MOST_TOTAL = 200, 10, 2000
MOST_TIMES = 24


class Kind(StrEnum):
    """What is planned by the week."""

    CONNECTION_REQUEST = "connection_request"
    FOLLOW_UP = "follow_up"

    @property
    def words(self) -> str:
        """“connection requests”, “follow-ups”."""
        return {"connection_request": "connection requests", "follow_up": "follow-ups"}[self]


@dataclass(frozen=True, slots=True)
class Targets:
    """How much a week. Each new person is followed up so many times, so a steady week holds
    requests × follow-ups per person; `follow_ups` says another number for the week."""

    connection_requests: int = 40
    follow_ups_per_person: int = 2
    follow_ups: int | None = None

    def of(self, kind: Kind) -> int:
        """The week's number of one kind."""
        if kind is Kind.CONNECTION_REQUEST:
            return self.connection_requests
        if self.follow_ups is not None:
            return self.follow_ups
        return self.connection_requests * self.follow_ups_per_person


@dataclass(frozen=True, slots=True)
class Rhythm:
    """On which weekdays (0 = Monday) at which wall-clock times one kind goes out."""

    weekdays: tuple[int, ...]
    times: tuple[time, ...]


USUAL_RHYTHMS: Mapping[Kind, Rhythm] = MappingProxyType(
    {
        Kind.CONNECTION_REQUEST: Rhythm((0, 1, 2, 3, 4), (time(9), time(14))),
        Kind.FOLLOW_UP: Rhythm((1, 2, 3), (time(10), time(15))),
    }
)
USUAL_SHARES: Mapping[str, Decimal] = MappingProxyType(
    {
        "referral_network": Decimal(50),
        "thought_leadership": Decimal(50),
        "stealth_founder": Decimal(5),
    }
)


@dataclass(frozen=True, slots=True)
class Cadence:
    """Everything a week is planned from."""

    targets: Targets = field(default_factory=Targets)
    shares: Mapping[str, Decimal] = field(default_factory=lambda: USUAL_SHARES)
    rhythms: Mapping[Kind, Rhythm] = field(default_factory=lambda: USUAL_RHYTHMS)


@dataclass(frozen=True, slots=True)
class Slot:
    """So many of one kind to one segment at one moment (UTC)."""

    at: datetime
    segment: str
    kind: Kind
    count: int


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """A week from its Monday on. `shares` are percentages that add up to 100.0, `totals` what the
    slots hold by kind, `left_over` what did not fit; `reasons` say what differs from the wish."""

    week_start: date
    slots: tuple[Slot, ...]
    shares: Mapping[str, Decimal]
    totals: Mapping[Kind, int]
    left_over: Mapping[Kind, int]
    reasons: tuple[str, ...]


def plan_week(
    targets: Targets,
    shares: Mapping[str, Decimal],
    week_start: date,
    slots: Mapping[Kind, Rhythm],
    allowed: Callable[[datetime], datetime],
    *,
    zone: ZoneInfo,
) -> WeekPlan:
    """Spread the targets over the week that `week_start` lies in, on the wall clock of `zone`.

    `allowed` gives a moment itself where the gate lets it pass, else the next that it does; a
    time it moves to another day gives its share to the others. Raises UnplannableWeek for
    numbers that cannot be planned with.
    """
    check(Cadence(targets, shares, slots))
    calendar, monday = Calendar(zone), monday_of(week_start)
    reasons = _unusual(targets)
    planned: list[Slot] = []
    left_over: dict[Kind, int] = {}
    for kind in Kind:
        wanted = targets.of(kind)
        moments, moved = _moments(kind, slots[kind], monday, allowed, calendar)
        if wanted:
            reasons += moved
        if wanted and not moments:
            reasons.append(f"{wanted} {kind.words} did not fit: no time of this week is allowed.")
        left_over[kind] = 0 if moments else wanted
        planned += _fill(kind, wanted, moments, shares)
    totals = {kind: sum(slot.count for slot in planned if slot.kind is kind) for kind in Kind}
    order = list(shares)
    planned.sort(key=lambda slot: (slot.at, slot.kind, order.index(slot.segment)))
    return WeekPlan(monday, tuple(planned), percentages(shares), totals, left_over, tuple(reasons))


def check(cadence: Cadence) -> None:
    """Raise UnplannableWeek, saying what to change, for numbers that cannot be planned with."""
    targets = cadence.targets
    for number, most, name in (
        (targets.connection_requests, MOST_REQUESTS, "connection requests a week"),
        (targets.follow_ups_per_person, MOST_FOLLOW_UPS, "follow-ups per person"),
        (targets.follow_ups or 0, MOST_TOTAL, "follow-ups a week"),
    ):
        if not 0 <= number <= most:
            raise UnplannableWeek(f"{number} {name} cannot be planned; choose 0 to {most}.")
    normalise(cadence.shares)
    for kind in Kind:
        rhythm = cadence.rhythms.get(kind)
        if targets.of(kind) and (rhythm is None or not rhythm.weekdays or not rhythm.times):
            raise UnplannableWeek(f"Choose at least one day and one time for {kind.words}.")


def normalise(shares: Mapping[str, Decimal]) -> dict[str, Fraction]:
    """The shares as exact parts of 1, whatever they added up to; UnplannableWeek for none."""
    try:
        return parts_of(shares)
    except BadSharesError as refusal:
        raise UnplannableWeek(str(refusal)) from None


def monday_of(day: date) -> date:
    """The Monday of the week the day lies in."""
    return day - timedelta(days=day.weekday())


def read_times(text: str) -> tuple[time, ...]:
    """“09:00, 14:00” as times in order, each once; UnplannableWeek for what is no time."""
    found = set()
    for word in text.replace(";", ",").split(","):
        if not word.strip():
            continue
        try:
            read = time.fromisoformat(word.strip())
        except ValueError:
            raise UnplannableWeek(
                f"“{word.strip()[:20]}” is not a time; write it as 09:00."
            ) from None
        found.add(read.replace(second=0, microsecond=0, tzinfo=None))
    if len(found) > MOST_TIMES:
        raise UnplannableWeek(f"{len(found)} times a day are too many; the most is {MOST_TIMES}.")
    return tuple(sorted(found))


def read_share(text: str) -> Decimal:
    """A share as somebody typed it, empty for none; UnplannableWeek for what is no number."""
    try:
        return Decimal(text.strip() or "0")
    except InvalidOperation:
        raise UnplannableWeek(f"“{text.strip()[:20]}” is not a number.") from None


def _unusual(targets: Targets) -> list[str]:
    """What is allowed but not what the desk aims at."""
    reasons = []
    if targets.connection_requests not in USUAL_REQUESTS:
        reasons.append(
            f"{targets.connection_requests} connection requests: the desk aims at "
            f"{USUAL_REQUESTS[0]} to {USUAL_REQUESTS[-1]} a week."
        )
    if targets.follow_ups is None and targets.follow_ups_per_person not in USUAL_FOLLOW_UPS:
        reasons.append(
            f"{targets.follow_ups_per_person} follow-ups per person: the desk aims at "
            f"{USUAL_FOLLOW_UPS[0]} to {USUAL_FOLLOW_UPS[-1]}."
        )
    return reasons


def _moments(
    kind: Kind,
    rhythm: Rhythm,
    monday: date,
    allowed: Callable[[datetime], datetime],
    calendar: Calendar,
) -> tuple[list[datetime], list[str]]:
    """The lawful moments of the week, in order, and what had to move.

    Only where no wished day is left at all, the days the gate offers instead are used.
    """
    ends = calendar.moment(monday + timedelta(days=7), time())
    kept: set[datetime] = set()
    instead: set[datetime] = set()
    reasons: list[str] = []
    for weekday in sorted(set(rhythm.weekdays)):
        day, closed = monday + timedelta(days=weekday), []
        name = f"{DAY_NAMES[weekday]} {day:%d %b}"
        for at in sorted(set(rhythm.times)):
            wished = calendar.moment(day, at)
            found = allowed(wished)
            if calendar.local(found).date() == day:
                kept.add(found)
                if found != wished:
                    local = calendar.local(found)
                    reasons.append(
                        f"{name}: {kind.words} at {at:%H:%M} are not allowed, moved to "
                        f"{local:%H:%M}."
                    )
                continue
            closed.append(f"{at:%H:%M}")
            if found < ends:
                instead.add(found)
        if closed:
            times = " and ".join(closed)
            reasons.append(
                f"{name}: no {kind.words} are allowed at {times}; the other times take them over."
            )
    return sorted(kept or instead), reasons


def _fill(
    kind: Kind, wanted: int, moments: Sequence[datetime], shares: Mapping[str, Decimal]
) -> Iterator[Slot]:
    """The week's number evenly over the moments, the segments mixed as they are in the whole."""
    if not moments:
        return
    per_segment = apportion(wanted, list(normalise(shares).values()))
    turns = _turns(dict(zip(shares, per_segment, strict=True)))
    even = [Fraction(1, len(moments))] * len(moments)
    for at, count in zip(moments, apportion(wanted, even), strict=True):
        mixed = [next(turns) for _ in range(count)]
        yield from (
            Slot(at, segment, kind, mixed.count(segment)) for segment in shares if segment in mixed
        )


def _turns(totals: Mapping[str, int]) -> Iterator[str]:
    """Each segment as often as its total says, always the one that is furthest behind.

    Nobody overshoots: the deficits add up to one place, so somebody with places left is behind.
    """
    places, had = sum(totals.values()), dict.fromkeys(totals, 0)
    for place in range(1, places + 1):
        chosen = max(totals, key=lambda name: totals[name] * place - had[name] * places)
        had[chosen] += 1
        yield chosen
