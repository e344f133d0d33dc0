"""Dates and hours as fields: when it is set up or begins, from when one may come in. Pure."""

import re
from datetime import date, timedelta
from typing import Any

from crm.categories.schema import FieldSpec
from outreach.reading.dates import find_dates
from quotes.extraction.fields.figures import Found
from quotes.extraction.reader import Clause, Reader

CLOCK = re.compile(
    r"(?<![\d.,])(?P<h>[0-2]?\d)(?:[:.h](?P<m>[0-5]\d)|\s?h(?P<m2>[0-5]\d))?\s?(?P<ap>(?=\s?[-–]\s?\d{1,2}\s?(?:h\b|uhr|pm|:))|[ap]\.?m\b\.?|h\b|hs\b|hrs\b|uhr|heures|horas|ч\b|час\w*|uur|o'clock)?",
    re.I,
)
CHECK_IN = re.compile(
    r"\b(?:check-?in|check in|arrivées?|arrivals?|arrive|anreise|llegada|entrada|заезд\w*|заселени\w*|arrivo|aankomst|chegada)\b"
)
DAY_OF_MONTH = re.compile(
    r"\b(?:the|le|el|am|den|il|dia|op)\s(?P<d>[0-3]?\d)(?:st|nd|rd|th|er|\.)?(?![\d/.:%]*\d|\s?(?:am|pm|h\b|uhr))",
    re.I,
)
DAY_BEFORE = re.compile(
    r"\b(?:day before|previous day|evening before|am vortag|tag (?:davor|zuvor)|la veille|día (?:anterior|antes)|накануне|giorno prima)\b"
)
SAME_DAY = re.compile(
    r"\b(?:same day|(?:morning|day)[ -]of(?: the event)?|am (?:selben|gleichen) tag|le jour même|mismo día|в тот же день|giorno stesso)\b"
)


def read_time(reader: Reader, spec: FieldSpec, wanted: Any = None) -> Found | None:
    """The hour behind "check-in", as HH:MM."""
    for clause in reader.clauses:
        words = reader.words(clause)
        for said in CHECK_IN.finditer(words):
            for match in CLOCK.finditer(words, said.end(), min(len(words), said.end() + 40)):
                value = _clock(match)
                if value:
                    span = clause.start + match.start(), clause.start + match.end()
                    return value, reader.evidence(*span)
    return None


def _clock(match: "re.Match[str]") -> str | None:
    minutes = match["m"] or match["m2"]
    if not minutes and match["ap"] is None:
        return None
    hour = int(match["h"])
    if (match["ap"] or "").lower().startswith("p") and hour < 12:
        hour += 12
    return f"{hour:02d}:{minutes or '00'}" if hour < 24 else None


def read_date(reader: Reader, spec: FieldSpec, event: date | None = None) -> Found | None:
    """A date beside the field's word; "the 9th" is counted in the event's month.

    `event` is the request's own day, which "the day before" speaks of.
    """
    words = spec.reply_words
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
    for clause in reader.clauses:
        for match in pattern.finditer(reader.words(clause)):
            found = _beside(reader, clause, match, event)
            if found:
                return found
    return None


def _beside(
    reader: Reader, clause: Clause, match: "re.Match[str]", event: date | None
) -> Found | None:
    start = clause.start + match.start()
    for low, high in ((start, start + 75), (start - 40, start)):
        low, high = max(clause.start, low), min(clause.end, high)
        segment = reader.text[low:high]
        today = reader.received - timedelta(days=1)
        dates = find_dates(segment, today=today, day_first=reader.language != "en").dates
        if dates:
            span = low + dates[0].start, low + dates[0].end
            return dates[0].value.iso(), reader.evidence(*span)
        near = _near_event(segment, event) if event else None
        if near:
            return near[0], reader.evidence(low + near[1], low + near[2])
    return None


def _near_event(segment: str, event: date) -> tuple[str, int, int] | None:
    match = DAY_OF_MONTH.search(segment)
    if match and 1 <= int(match["d"]) <= 31:
        for day in (event - timedelta(days=back) for back in range(31)):
            if day.day == int(match["d"]):
                return day.isoformat(), match.start(), match.end()
    before, same = DAY_BEFORE.search(segment.lower()), SAME_DAY.search(segment.lower())
    if before:
        return (event - timedelta(days=1)).isoformat(), before.start(), before.end()
    return (event.isoformat(), same.start(), same.end()) if same else None
