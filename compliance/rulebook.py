"""The rules in force at a moment, read from the database and kept for half a minute.

Every process looks at most every `RECHECK_SECONDS` whether a rule was changed anywhere, so an
edit during a run is obeyed within that time; in the process that made it, at once.
"""

import hashlib
import json
import threading
import time as clock
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from compliance.email_law import EmailLaw, EmailLaws
from compliance.holidays import HolidayRule
from compliance.models import (
    BlackoutDay,
    CallingRuleVersion,
    EmailLawVersion,
    HolidayRuleVersion,
    LegalRule,
)
from compliance.rules.calling_window import HOUSE, Blackout, CallingRule, Rulebook

RECHECK_SECONDS = 30.0
TABLES = (CallingRuleVersion, HolidayRuleVersion, EmailLawVersion, BlackoutDay)
# A day begins on one side of the earth 14 hours before midnight UTC, and ends 12 after elsewhere.
EARLIEST_CLOCK, LATEST_CLOCK = timedelta(hours=14), timedelta(hours=-12)
MOST_BOOKS = 64

Value = TypeVar("Value")
Row = TypeVar("Row", CallingRuleVersion, HolidayRuleVersion, EmailLawVersion)
Days = tuple[date, date]
Revision = tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Dated(Generic[Value]):
    """A rule's value and when it counts: [begins, ends)."""

    line: str
    begins: date
    ends: date | None
    value: Value

    def counts_between(self, first: date, last: date) -> bool:
        """Whether it is in force on a day from first to last, both included."""
        if self.ends is not None and (self.ends <= self.begins or self.ends <= first):
            return False
        return self.begins <= last


@dataclass(slots=True)
class _Known:
    revision: Revision
    checked: float
    rules: list[Dated[CallingRule]]
    holidays: list[Dated[HolidayRule]]
    mail: list[Dated[EmailLaw]]
    blackouts: list[Blackout]
    turns: list[datetime]
    books: dict[Days, Rulebook] = field(default_factory=dict)
    mail_laws: dict[Days, EmailLaws] = field(default_factory=dict)


_known: _Known | None = None
_lock = threading.Lock()


def current(at: datetime | None = None) -> Rulebook:
    """The rulebook in force at a moment (aware; now unless given).

    No query while what is known is fresh, four small ones to see that nothing changed, four
    more to read everything.
    """
    known, days = _fresh(), _days(at)
    book = known.books.get(days)
    if book is None:
        if len(known.books) >= MOST_BOOKS:
            known.books.clear()
        book = known.books[days] = assemble(*days, known.rules, known.holidays, known.blackouts)
    return book


def next_change(at: datetime) -> datetime | None:
    """The next moment (aware) at which another rulebook than at `at` may be in force; None so far.

    A day of change begins where its date is first written, and ends what it replaces where the
    day before is last.
    """
    turns = _fresh().turns
    found = bisect_right(turns, at)
    return turns[found] if found < len(turns) else None


def email_laws(at: datetime | None = None) -> EmailLaws:
    """The laws on cold e-mail in force at a moment (aware; now unless given), by country.

    On the night when one version follows another both count.
    """
    known, days = _fresh(), _days(at)
    laws = known.mail_laws.get(days)
    if laws is None:
        if len(known.mail_laws) >= MOST_BOOKS:
            known.mail_laws.clear()
        found: dict[str, list[EmailLaw]] = defaultdict(list)
        for law in known.mail:
            if law.counts_between(*days):
                found[law.value.country].append(law.value)
        laws = known.mail_laws[days] = dict(found)
    return laws


def _days(at: datetime | None) -> Days:
    """The dates it may be somewhere on earth, the first and the last."""
    moment = at or timezone.now()
    return (moment + LATEST_CLOCK).date(), (moment + EARLIEST_CLOCK).date()


def forget() -> None:
    """Read the rows again at the next question; for whoever has just changed one."""
    global _known
    with _lock:
        _known = None


def assemble(
    first: date,
    last: date,
    rules: Iterable[Dated[CallingRule]],
    holidays: Iterable[Dated[HolidayRule]],
    blackouts: Iterable[Blackout],
) -> Rulebook:
    """The book for a moment that is day `first` somewhere on earth and `last` elsewhere. Pure.

    Where both versions of a rule hold somewhere at that moment, the stricter of each part counts.
    The version is a digest of the content: two processes that apply the same law name it alike.
    """
    by_line: dict[str, list[CallingRule]] = defaultdict(list)
    for rule in rules:
        if rule.counts_between(first, last):
            by_line[rule.line].append(rule.value)
    in_force = [strictest(versions) for versions in by_line.values()]
    houses = [rule for rule in in_force if rule.jurisdiction == HOUSE.jurisdiction]
    house = strictest(houses) if houses else HOUSE
    laws = tuple(rule for rule in in_force if rule.jurisdiction != HOUSE.jurisdiction)
    kept = tuple(holiday.value for holiday in holidays if holiday.counts_between(first, last))
    barred = tuple(blackouts)
    return Rulebook(_name((house, *laws), kept, barred), laws, kept, barred, house)


def strictest(versions: Sequence[CallingRule]) -> CallingRule:
    """What all of several rules for the same hours allow."""
    if len(versions) == 1:
        return versions[0]
    caps = [rule.max_per_24h for rule in versions if rule.max_per_24h is not None]
    return CallingRule(
        jurisdiction=versions[0].jurisdiction,
        weekdays=frozenset.intersection(*(rule.weekdays for rule in versions)),
        opens=max(rule.opens for rule in versions),
        closes=min(rule.closes for rule in versions),
        holidays_barred=any(rule.holidays_barred for rule in versions),
        max_per_24h=min(caps, default=None),
        citation="; ".join(dict.fromkeys(rule.citation for rule in versions)),
    )


def _name(
    rules: tuple[CallingRule, ...],
    holidays: tuple[HolidayRule, ...],
    blackouts: tuple[Blackout, ...],
) -> str:
    content = [
        [{**asdict(rule), "weekdays": sorted(rule.weekdays)} for rule in rules],
        [asdict(holiday) for holiday in holidays],
        [asdict(blackout) for blackout in blackouts],
    ]
    canonical = json.dumps(content, sort_keys=True, default=str)
    return f"rules-{hashlib.sha256(canonical.encode()).hexdigest()[:16]}"


def _fresh() -> _Known:
    global _known
    with _lock:
        now = clock.monotonic()
        if _known is None:
            _known = _read(now)
        elif now - _known.checked >= RECHECK_SECONDS:
            if _known.revision == _revision():
                _known.checked = now
            else:
                _known = _read(now)
        return _known


def _revision() -> Revision:
    """Differs after any change: every edit adds a row or removes one, and stamps the time."""
    facts = {"rows": Count("pk"), "newest": Max("pk"), "changed": Max("changed_at")}
    return tuple(tuple(m._default_manager.aggregate(**facts).values()) for m in TABLES)


def _read(now: float) -> _Known:
    revision = _revision()  # before the rows: a change between the two is seen at the next look
    rules = [_dated(row, row.as_value()) for row in _versions(CallingRuleVersion)]
    holidays = [_dated(row, row.as_value()) for row in _versions(HolidayRuleVersion)]
    mail = [_dated(row, row.as_value()) for row in _versions(EmailLawVersion)]
    blackouts = [row.as_value() for row in BlackoutDay.objects.order_by("day", "jurisdiction")]
    return _Known(revision, now, rules, holidays, mail, blackouts, _turns([*rules, *holidays]))


def _versions(model: type[Row]) -> QuerySet[Row]:
    return model._default_manager.order_by("line", "pk")


def _turns(rules: Iterable[Dated[Any]]) -> list[datetime]:
    """When books follow one another: the first and last midnight on earth of each day named."""
    days = {day for rule in rules for day in (rule.begins, rule.ends) if day is not None}
    midnights = (datetime.combine(day, time(), UTC) for day in days)
    return sorted(at - ahead for at in midnights for ahead in (EARLIEST_CLOCK, LATEST_CLOCK))


def _dated(row: LegalRule, value: Value) -> Dated[Value]:
    return Dated(row.line, row.effective_from, row.effective_to, value)
