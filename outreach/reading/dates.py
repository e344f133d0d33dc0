"""Dates in a text, judged against today in the client's zone; relative, written and numeric."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from outreach.reading.calendar_words import DAY, MONTH, MONTHS, OF, TO, WEEKDAY, WEEKDAYS
from outreach.reading.found import Found
from outreach.reading.relative_dates import find_relative


@dataclass(frozen=True, slots=True)
class When:
    """One date, or a range when `last` is set; a month-precise date stands on the first."""

    first: date
    last: date | None = None
    precision: Literal["day", "month"] = "day"
    year_given: bool = False

    def iso(self) -> str:
        """ISO 8601: "2027-03-15", or "2027-04" where only the month is known."""
        return self.first.isoformat()[: 7 if self.precision == "month" else 10]


@dataclass(frozen=True, slots=True)
class DatesRead:
    """Dates in the order of the text, and words about dates that do not exist or disagree."""

    dates: list[Found[When]]
    problems: list[str]


_YEAR = r"(?:,?\s{0,2}(?:de[l]?\s)?(?P<year>(?:19|20)\d\d)(?!\d)|\s?[’'](?P<short>\d\d)\b)?"
_FLAGS = re.IGNORECASE
_PATTERNS = [
    re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])"),
    re.compile(
        rf"(?<![\w.,/])(?P<day>{DAY})\s?{TO}\s?(?:the\s|le\s|el\s)?(?P<day2>{DAY})\s?"
        rf"(?:{OF}\s)?(?P<name>{MONTH})\b\.?{_YEAR}",
        _FLAGS,
    ),
    re.compile(
        rf"\b(?P<name>{MONTH})\b\.?\s?(?:the\s)?(?P<day>{DAY})\s?{TO}\s?(?:the\s)?"
        rf"(?P<day2>{DAY})(?![\w/%]|[.,:]\d|\s?(?:{OF}\s)?(?:{MONTH})\b){_YEAR}",
        _FLAGS,
    ),
    re.compile(rf"(?<![\w.,/])(?P<day>{DAY})\s?(?:{OF}\s|-)?(?P<name>{MONTH})\b\.?{_YEAR}", _FLAGS),
    re.compile(
        rf"\b(?P<name>{MONTH})\b\.?\s?(?:the\s)?(?P<day>{DAY})(?![\w/%]|[.,:]\d){_YEAR}", _FLAGS
    ),
    re.compile(
        r"(?<![\w./,-])(?P<n1>\d{1,2})(?P<sep>[/.-])(?P<n2>\d{1,2})(?:(?P=sep)"
        r"(?P<year>(?:19|20)\d\d|(?P<short>\d\d)))?(?![\w/]|[.,-]\d)(?P<dot>\.)?"
    ),
]
_MONTH_ONLY = re.compile(
    r"(?<!rio )\b(?:in|during|for|by|this|next|mid|early|late|beginning|end|start|middle|of|en|de|"
    r"du|fin|début|im|anfang|mitte|ende|a|em|в|на|к|конце|начале|середине)[\s-]{1,2}(?:of\s|de\s)?"
    rf"(?P<name>{MONTH})\b\.?(?:\s(?:de\s)?(?P<year>20\d\d))?(?!\s?\d)"
    rf"|\b(?P<name2>{MONTH})\b\s(?:de\s)?(?P<year2>20\d\d)\b",
    _FLAGS,
)
_BETWEEN = re.compile(rf"\s{{0,2}}(?:,\s)?{TO}\s{{0,2}}(?:the\s|le\s|el\s|il\s)?", _FLAGS)
_WEEKDAY_BEFORE = re.compile(rf"\b(?P<day>{WEEKDAY})\b,?\s(?:the\s|den\s|le\s|el\s)?$", _FLAGS)


def find_dates(text: str, *, today: date, day_first: bool = False) -> DatesRead:
    """Every date in a text. Without a year a date is the next one to come; with one it stays.

    `day_first` says how "4/5" is read (5 April or 4 May); a number above 12 decides by itself.
    """
    found: list[Found[When]] = []
    problems: list[str] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(match.start() < f.end and f.start < match.end() for f in found):
                _take(match, text, today, day_first, found, problems)
    for relative in find_relative(text, today):
        when = When(relative.value[0], relative.value[1], year_given=True)
        _add(found, Found(when, relative.start, relative.end, relative.note))
    for match in _MONTH_ONLY.finditer(text):
        _add(found, _month(match, today))
    found.sort(key=lambda f: f.start)
    merged = _join_ranges(text, found)
    return DatesRead([_check_weekday(text, f, problems) for f in merged], problems)


def _add(found: list[Found[When]], new: Found[When]) -> None:
    if not any(new.overlaps(f) for f in found):
        found.append(new)


def _take(
    match: re.Match[str],
    text: str,
    today: date,
    day_first: bool,
    found: list[Found[When]],
    problems: list[str],
) -> None:
    groups = match.groupdict()
    if groups.get("n1"):
        parts = _numeric(match, text, day_first)
        if parts is None:
            return
        month, days = parts
    else:
        month = MONTHS[groups["name"].lower()] if groups.get("name") else int(groups["month"])
        days = [_number(d) for d in (groups["day"], groups.get("day2")) if d]
    year = _year(groups)
    first = _date(year, month, days[0], today)
    last = _date(year or (first.year if first else None), month, days[-1], today)
    if first is None or last is None:
        problems.append(f"“{match.group().strip()}” is not a date in the calendar.")
        return
    if last < first:
        last = _date(None, month, days[-1], first)
    ends = last if len(days) > 1 else None
    found.append(Found(When(first, ends, "day", bool(year)), match.start(), match.end()))


def _number(day: str) -> int:
    return int(re.match(r"\d+", day).group())  # type: ignore[union-attr]


def _year(groups: dict[str, str | None]) -> int | None:
    if groups.get("short"):
        return 2000 + int(groups["short"])  # type: ignore[arg-type]
    return int(groups["year"]) if groups.get("year") else None  # type: ignore[arg-type]


def _numeric(match: re.Match[str], text: str, day_first: bool) -> tuple[int, list[int]] | None:
    first, second, separator = int(match["n1"]), int(match["n2"]), match["sep"]
    has_year = bool(match["year"])
    # "3.5." at the end of an English sentence is a number; "15.12." mid-sentence is a date.
    whole = match["dot"] and (day_first or text[match.end() :].strip())
    if separator == "." and not has_year and not whole:
        return None
    if separator == "-" and not has_year:
        return None
    if match.group().startswith("24/7"):
        return None
    if separator == "." or first > 12 or (day_first and second <= 12):
        first, second = second, first
    if not 1 <= first <= 12 or not 1 <= second <= 31:
        return None
    return first, [second]


def _date(year: int | None, month: int, day: int, today: date) -> date | None:
    years = [year] if year else range(today.year, today.year + 9)
    for candidate in years:
        try:
            made = date(candidate, month, day)
        except ValueError:
            continue
        if year or made >= today:
            return made
    return None


def _month(match: re.Match[str], today: date) -> Found[When]:
    month = MONTHS[(match["name"] or match["name2"]).lower()]
    given = match["year"] or match["year2"]
    year = int(given) if given else today.year + (month < today.month)
    name_at = match.start("name") if match["name"] else match.start("name2")
    return Found(When(date(year, month, 1), None, "month", bool(given)), name_at, match.end())


def _join_ranges(text: str, found: list[Found[When]]) -> list[Found[When]]:
    joined: list[Found[When]] = []
    for item in found:
        before = joined[-1] if joined else None
        if before and before.value.last is None and item.value.last is None:
            gap = re.sub(rf"\b(?:{WEEKDAY})\b,?", "", text[before.end : item.start], flags=_FLAGS)
            both_days = before.value.precision == item.value.precision == "day"
            if both_days and len(gap) < 20 and _BETWEEN.fullmatch(gap):
                joined[-1] = _range(before, item)
                continue
        joined.append(item)
    return joined


def _range(start: Found[When], end: Found[When]) -> Found[When]:
    first, last = start.value.first, end.value.first
    # "20 June to 3 July 2028": the year behind the end counts for the beginning too.
    if end.value.year_given and not start.value.year_given:
        shifted = _date(last.year, first.month, first.day, first)
        first = shifted if shifted and shifted <= last else first
    while last < first and not end.value.year_given:
        last = _date(last.year + 1, last.month, last.day, last) or first
    if last < first:
        return start
    when = When(first, last, "day", start.value.year_given or end.value.year_given)
    return Found(when, start.start, end.end)


def _check_weekday(text: str, found: Found[When], problems: list[str]) -> Found[When]:
    before = _WEEKDAY_BEFORE.search(text, max(0, found.start - 20), found.start)
    if not before or found.value.precision != "day":
        return found
    first = found.value.first
    if WEEKDAYS[before["day"].lower()] != first.weekday():
        problems.append(
            f"“{text[before.start() : found.end]}”: "
            f"{first:%B} {first.day}, {first.year} is a {first:%A}. Which one is meant?"
        )
    return replace(found, start=before.start())
