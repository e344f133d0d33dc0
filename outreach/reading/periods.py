"""The day from which something may happen again: "after May 18", "in Q3", "next month". Pure."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from outreach.reading.dates import find_dates
from outreach.reading.found import Found
from outreach.reading.spans import Span, find_spans, month_end

_FLAGS = re.IGNORECASE


def find_starts(
    text: str, *, today: date, day_first: bool = False, ends: bool = False
) -> list[Found[date]]:
    """Every expression of time in a text as one day, never before today, in order of the text.

    "After X" is the day following X, "the end of X" its last day, "mid X" its middle, else the
    first day of X, of a range of dates the day after it where `ends`. Vague words ("someday", "in a few
    weeks") give nothing.
    """
    found = find_spans(text, today)
    for dated in find_dates(text, today=today, day_first=day_first).dates:
        when = dated.value
        if any(dated.overlaps(f) for f in found):
            continue
        first = when.first
        last = when.last or (month_end(first) if when.precision == "month" else first)
        if when.last and not when.year_given and _year_before(last) >= today:
            last = _year_before(last)  # it has begun already
            first = min(first, last)
        if when.last and (ends or first < today):
            first = last + timedelta(days=1) if ends else last
        found.append(Found((first, last), dated.start, dated.end, dated.note))
    starts = [_modified(text, f) for f in sorted(found, key=lambda f: f.start)]
    starts += list(_following(text, starts))
    return [f for f in sorted(starts, key=lambda f: f.start) if f.value >= today]


_MODIFIERS: tuple[tuple[str, str], ...] = (
    (
        "after",
        (
            r"after|past|following|once|don[e']t? with|despu[eé]s(?: del?)?|tras(?: el)?|pasad[oa]s?(?: el)?|"
            r"a partir del? fin|после|по окончании|"
            r"(?:after|following|past|despu[eé]s del?|после)\s(?:\w+\s){1,4}?(?:on|el|—|-)"
        ),
    ),
    (
        "last",
        (
            r"(?:the )?end of|close of|late(?: in)?|(?:the )?last (?:week|days) of|fin(?:ales)? de|"
            r"final de|[uú]ltima semana de|конц[еау]|на исходе"
        ),
    ),
    ("middle", r"mid(?:dle of)?-?|halfway through|(?:a )?mediados de|серед[иі]н[еыу]"),
    ("second", r"(?:the )?second week (?:of|in)|segunda semana de|второй неделе"),
    ("third", r"(?:the )?third week (?:of|in)|tercera semana de|третьей неделе"),
    ("through", r"through|thru|hasta el final de|по|inclusive"),
)
_BEFORE = {
    name: re.compile(
        rf"(?:^|(?<=\W))(?:{words})\s?(?:the |el |la |los |las |of |about |about the )?$", _FLAGS
    )
    for name, words in _MODIFIERS
}
_INCLUSIVE = re.compile(r",?\s?\(?(?:incl(?:usive|uded|\.)|включительно|inclusiv[eo])", _FLAGS)
_TILL = re.compile(r"\b(?:un)?till?\b|\bhasta\b|\bдо\b", _FLAGS)
_THEN = re.compile(
    r"\b(?:the day after|(?:a|one) day later|after (?:that|then)(?! \w+ (?:is|will))|afterwards?|al d[ií]a siguiente|despu[eé]s de"
    r" (?:eso|esa fecha)|после (?:этого|него)|на следующий день|(?P<week>(?:a|the) week after"
    r"(?: that)?|una semana despu[eé]s|через неделю после(?: этого)?))(?=\W|$)",
    _FLAGS,
)


def _modified(text: str, found: Found[Span]) -> Found[date]:
    first, last = found.value
    before = text[max(0, found.start - 40) : found.start]
    day, start = first, found.start
    for name, pattern in _BEFORE.items():
        match = pattern.search(before)
        if not match:
            continue
        start = found.start - (len(before) - match.start())
        if name in {"after", "through"}:
            day = last + timedelta(days=1)
        elif name == "last":
            day = last
            if _BEFORE["after"].search(before[: match.start()]):
                day = last + timedelta(days=1)
        else:
            days = {"middle": _middle(first, last), "second": 7, "third": 14}[name]
            day = first + timedelta(days=days)
        break
    if start == found.start and _INCLUSIVE.match(text, found.end):
        day = last + timedelta(days=1)
    return Found(day, start, found.end, found.note)


def _middle(first: date, last: date) -> int:
    """Days to the middle: of a month its fifteenth, as people count."""
    days = (last - first).days
    return 14 if first.day == 1 and 27 <= days <= 30 else days // 2


def _following(text: str, starts: list[Found[date]]) -> Iterator[Found[date]]:
    """ "The board meets on May 18. Write again the day after." """
    for match in _THEN.finditer(text):
        before = [f for f in starts if f.end <= match.start()]
        if before and not any(f.start <= match.start() < f.end for f in starts):
            days = 7 if match["week"] else 1
            if _TILL.search(text[max(0, before[-1].start - 12) : before[-1].start + 4]):
                days -= 1  # "until the 26th; write afterwards"
            yield Found(before[-1].value + timedelta(days=days), match.start(), match.end())


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)
