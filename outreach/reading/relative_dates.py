"""Dates told from today: "tomorrow", "next Friday", "in two weeks", "this weekend"."""

import re
from datetime import date, timedelta

from outreach.reading.calendar_words import DAY, MONTH, TODAY, UNIT_DAYS, WEEKDAY, WEEKDAYS
from outreach.reading.found import Found
from outreach.reading.numbers import number_pattern, value_of
from outreach.reading.tongues import OURS

Pair = tuple[date, date | None]

_TODAY = re.compile(
    r"\b(?:the\s)?(?P<w>" + "|".join(sorted(map(re.escape, TODAY), key=len, reverse=True)) + r")\b",
    re.IGNORECASE,
)
_IN = re.compile(
    rf"\b(?:in|en|dentro\sde|dans|fra|tra|em|через|over)\s(?:about\s)?(?:{number_pattern(OURS)}\s|(?P<one>a\s|an\s)?)"
    rf"(?P<u>{'|'.join(sorted(UNIT_DAYS, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
_NEXT = r"next|nächste[nrs]?|kommende[nrs]?|следующ\w{2,3}"
_WEEKDAY = re.compile(
    rf"\b(?:(?P<next>{_NEXT})\s|(?:this|coming|diese[nrs]?|ce|este|esta|прóximo|próximo|questo|эту"
    rf"|этот)\s)?(?P<d>{WEEKDAY})\b(?P<after>\s(?:prochain|próximo|prossimo|que\sviene))?"
    rf"(?!,?\s(?:the\s|den\s)?(?:{DAY}[\s-]?(?:of\s|de\s)?(?:{MONTH})|\d+(?:st|nd|rd|th|[./-]\d)|{MONTH}))",
    re.IGNORECASE,
)
_WEEKEND = re.compile(r"\b(?P<which>this|next|the|coming)\sweekend\b", re.IGNORECASE)
# Days that are the same every year; those that move are asked about.
HOLIDAYS = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25),
    "new year's eve": (12, 31), "new year's day": (1, 1), "valentine's day": (2, 14),
    "halloween": (10, 31), "fourth of july": (7, 4), "nochebuena": (12, 24),
    "nochevieja": (12, 31), "heiligabend": (12, 24), "silvester": (12, 31),
}  # fmt: skip
_HOLIDAY = re.compile(
    r"\b(?:"
    + "|".join(name.replace("'", "['’]").replace(" ", r"\s") for name in HOLIDAYS)
    + r")\b(?!\s(?:party|dinner|lunch|tree|decorations))",
    re.IGNORECASE,
)
# "sat", "sun", "mon" … alone are words; as days they need a preposition or a modifier.
_SHORT = frozenset({"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "martes"})
_ON = re.compile(r"\b(?:on|by|for|until|till|from|el|le|am|den|il|в|во|на|до|к)\s$", re.IGNORECASE)


def find_relative(text: str, today: date) -> list[Found[Pair]]:
    """Relative days as (first, last or None), in no order; what was assumed stands in the note."""
    found: list[Found[Pair]] = []
    for match in _TODAY.finditer(text):
        if not _morning(match, text):
            day = today + timedelta(days=TODAY[match["w"].lower()])
            found.append(Found((day, None), match.start(), match.end()))
    for match in _IN.finditer(text):
        count = 1 if not (match["digits"] or match["tens"] or match["named"]) else value_of(match)
        days = int(min(count, 1000)) * UNIT_DAYS[match["u"].lower()]
        found.append(Found((today + timedelta(days=days), None), match.start(), match.end()))
    found += [_weekday(m, today) for m in _WEEKDAY.finditer(text) if _is_day(m, text)]
    for match in _WEEKEND.finditer(text):
        # On a Sunday the coming Saturday is already the next weekend's.
        further = match["which"].lower() == "next" and today.weekday() != 6
        saturday = today + timedelta(days=(5 - today.weekday()) % 7 + 7 * further)
        pair = (saturday, saturday + timedelta(days=1))
        found.append(Found(pair, match.start(), match.end(), _note(match.group(), saturday)))
    return found + [_holiday(match, today) for match in _HOLIDAY.finditer(text)]


def _holiday(match: re.Match[str], today: date) -> Found[Pair]:
    month, number = HOLIDAYS[_plain(match.group())]
    day = date(today.year, month, number)
    if day < today:
        day = date(today.year + 1, month, number)
    return Found((day, None), match.start(), match.end(), _note(match.group(), day))


def _plain(words: str) -> str:
    return " ".join(words.lower().replace("’", "'").split())


def _morning(match: re.Match[str], text: str) -> bool:
    """Whether "mañana" or "morgen" here means the morning ("por la mañana", "am Morgen")."""
    before = text[max(0, match.start() - 4) : match.start()].lower()
    return match["w"].lower() in {"mañana", "morgen"} and before.endswith(("la ", "am ", "den "))


def _is_day(match: re.Match[str], text: str) -> bool:
    if match["next"] or match.group().lower() not in _SHORT:
        return True
    return bool(_ON.search(text, max(0, match.start() - 8), match.start()))


def _weekday(match: re.Match[str], today: date) -> Found[Pair]:
    wanted = WEEKDAYS[match["d"].lower()]
    ahead = (wanted - today.weekday() - 1) % 7 + 1
    day = today + timedelta(days=ahead)
    if match["next"]:
        # "Next Friday" is Friday of the coming week, whatever day it is today.
        monday = today + timedelta(days=7 - today.weekday())
        day = monday + timedelta(days=wanted)
    return Found((day, None), match.start(), match.end(), _note(match.group(), day))


def _note(words: str, day: date) -> str:
    return f"“{words.strip()}” was read as {day:%A, %B} {day.day}, {day.year}."
