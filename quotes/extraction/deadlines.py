"""Reads a day out of the words that tell an end: dates, weekdays, lengths, holidays. Pure.

Each way of telling a day has its own small reader; the nearest day to the cue is taken.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from outreach.reading.calendar_words import WEEKDAY, WEEKDAYS
from outreach.reading.dates import find_dates
from quotes.extraction.holidays import find_holidays
from quotes.extraction.lasting import COUNT, Day, find_ends, find_lengths, number_of

ORDINALS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth",
]  # fmt: skip
# "by the 20th", "until the first", "vor dem 5."
DAY_ONLY = re.compile(
    r"\b(?:the|le|el|am|dem|den|zum|au|il|dia|día|giorno|op|до|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\s(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|\.)?\b|"
    rf"(?P<name>{'|'.join(ORDINALS)})\b(?!\s(?:week|day|half|instal\w+|payment|option|deposit|come|two|three|guest|draft|party|to\b|one\b)))"
    r"(?![\d/.,:%]*\d|[\x22”″]|\s?(?:[ap]\.?m\b|h\b|uhr|uur))(?:\s(?:of (?:this|the) month|dieses monats|de este mes|du mois))?",
    re.IGNORECASE,
)
# "the first of October": to "1 of October", which is a date like any other.
ORDINAL_OF = re.compile(
    rf"\b(?:{'|'.join(ORDINALS)})\b(?=\sof\s\w)|\bpremier\b(?=\s\w)", re.IGNORECASE
)
TODAY = re.compile(
    r"\b(?:close of business|cob|eod|end of (?:the )?day|tonight|tonite|2nite|today(?!['’]s)|heute|aujourd'hui|ce soir|hoy|сегодня)\b(?!\s*(?:on\s)?(?:mon|tue|wed|thu|fri|sat|sun|tomorrow))",
    re.IGNORECASE,
)
OVERNIGHT = re.compile(
    r"\b(?:overnight|über nacht|jusqu['’]à demain|in the morning|first thing)\b", re.IGNORECASE
)
# "before end of day thurs", "noon CT on Monday": the hour hides the day from the date reader.
CLOCK = re.compile(
    r"\b(?:end of (?:the )?(?:business )?day|eod|cob|close of (?:business|play)|lunch(?:time)?|noon|midday|midnight|"
    r"\d{1,2}(?::\d\d)?\s?[ap]\.?m\.?)\b(?:\s(?:CT|ET|PT|MT|EST|PST|CET|GMT|UTC)\b)?(?:,?\son)?",
    re.IGNORECASE,
)
# "til Thurs COB": too short to be a weekday everywhere, plain enough behind "until".
SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY_SHORT = re.compile(
    r"\b(?P<d>mon|tues?|weds?|thurs?|thur|fri|sat|sun)\b\.?(?!,?\s\d|,?\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)
# What looks like a time and tells none.
NO_DAY = re.compile(
    r"\btoday['’]s\b|\b(?:24\s?/\s?7|24x7|24/24|7/7|7j/7)\b|\b(?:the )?week-?end of(?= )",
    re.IGNORECASE,
)
TOMORROW = re.compile(r"\b(?:tmrw|tmr|tmw|tomoz|2moro)\b", re.IGNORECASE)
DAY_MONTH = re.compile(r"(?<![\d.,/])(?P<day>[0-3]?\d)[./](?P<month>[01]?\d)\b(?![./,]?\d)\.?")
GERMAN_DAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
GERMAN_DAY = re.compile(
    rf"\b(?P<d>{'|'.join(GERMAN_DAYS)})(?:mittag|abend|morgen|nachmittag|vormittag|früh|nacht)\b",
    re.IGNORECASE,
)
RUSSIAN_DAYS = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
RUSSIAN_DAY = re.compile(rf"\b(?P<d>{'|'.join(RUSSIAN_DAYS)})(?:а|у|ы|я|е)\b", re.IGNORECASE)
# "the Monday before Thanksgiving", "the day after Labor Day"
BESIDE = re.compile(
    rf"\b(?:the\s)?(?P<d>{WEEKDAY}|day|night|evening|week)\s(?P<w>before|prior to|after|following)\s(?:the\s)?$",
    re.IGNORECASE,
)
COUNTED_ON = re.compile(
    rf"\b{COUNT}\s(?P<u>weeks?|days?)\s(?:from|after)\s(?:this\s)?$", re.IGNORECASE
)
# "until Labor Day... let's say Friday Sept 4"
CORRECTED = re.compile(
    r"\b(?:let['’]?s say|make (?:that|it)|or rather|sagen wir|disons|digamos|diciamo)\b", re.I
)
# "Friday week", "vendredi en huit", "Freitag in einer Woche"
WEEK_ON = re.compile(
    r"\s(?:week|in a week|en huit|in einer woche|in acht tagen|de la semana que viene|over een week)\b",
    re.IGNORECASE,
)


def read_deadline(
    segment: str,
    received: date,
    day_first: bool,
    event: date | None = None,
    *,
    backwards: bool = False,
) -> Day | None:
    """The first readable time in a segment, as (day, start, end); the last when `backwards`."""
    plain = NO_DAY.sub(_blank, segment)
    found = [
        *find_lengths(segment, received),
        *find_ends(segment, received),
        *find_holidays(plain, received),
        *_dates(plain, received, day_first, event),
        *_weekdays(plain, received),
    ]
    for otherwise in (_day_alone, _day_and_month, _at_once):
        found = found or list(otherwise(plain, received, day_first, event))
    if not found:
        return None
    found = [_week_on(one, segment) for one in found]
    found += [other for one in found if (other := _counted_from(one, segment))]
    corrected = CORRECTED.search(segment)
    if corrected:
        found = [one for one in found if one[1] >= corrected.end()] or found
    if backwards:
        return max(found, key=lambda day: day[1])
    return min(found, key=lambda day: (day[1], -day[2]))


def _blank(match: "re.Match[str]") -> str:
    return " " * len(match.group())


def _dates(text: str, received: date, day_first: bool, event: date | None) -> Iterator[Day]:
    plain = CLOCK.sub(lambda match: "on".rjust(len(match.group())), text)
    plain = ORDINAL_OF.sub(_in_digits, plain)
    for item in find_dates(plain, today=received, day_first=day_first).dates:
        when = item.value
        if when.precision == "day" and when.first != event:
            yield when.last or when.first, item.start, item.end


def _in_digits(match: "re.Match[str]") -> str:
    word = match.group().lower()
    number = 1 if word == "premier" else ORDINALS.index(word) + 1
    return str(number).rjust(len(word))


def _weekdays(text: str, received: date) -> Iterator[Day]:
    for match in TOMORROW.finditer(text):
        yield received + timedelta(days=1), *match.span()
    for names, pattern in ((RUSSIAN_DAYS, RUSSIAN_DAY), (GERMAN_DAYS, GERMAN_DAY)):
        for match in pattern.finditer(text):
            yield _next(names.index(match["d"].lower()), received), *match.span()
    for match in WEEKDAY_SHORT.finditer(text):
        day = _next(SHORT.index(match["d"].lower()[:3]), received)
        later = day == received and text[: match.start()].lower().endswith("next ")
        yield day + timedelta(days=7 * later), *match.span()


def _next(weekday: int, received: date) -> date:
    return received + timedelta(days=(weekday - received.weekday()) % 7)


def _day_alone(text: str, received: date, day_first: bool, event: date | None) -> Iterator[Day]:
    """ "by the 20th": the next such day."""
    dates = find_dates(text, today=received, day_first=day_first).dates
    for match in DAY_ONLY.finditer(text):
        named = any(item.start < match.end() and match.start() < item.end for item in dates)
        number = int(match["day"]) if match["day"] else ORDINALS.index(match["name"].lower()) + 1
        day = None if named else _next_numbered(number, received)
        if day:
            yield day, *match.span()


def _next_numbered(number: int, received: date) -> date | None:
    if not 1 <= number <= 31:
        return None
    day = received
    while day.day != number:
        day += timedelta(days=1)
    return day


def _day_and_month(text: str, received: date, day_first: bool, event: date | None) -> Iterator[Day]:
    """ "до 5.06": day and month without a year, the next such day."""
    for match in DAY_MONTH.finditer(text):
        for year in (received.year, received.year + 1):
            try:
                day = date(year, int(match["month"]), int(match["day"]))
            except ValueError:
                continue
            if day >= received:
                yield day, *match.span()
                break


def _at_once(text: str, received: date, day_first: bool, event: date | None) -> Iterator[Day]:
    for pattern, days in ((OVERNIGHT, 1), (TODAY, 0)):
        match = pattern.search(text)
        if match:
            yield received + timedelta(days=days), *match.span()


def _week_on(found: Day, segment: str) -> Day:
    """ "until Friday week" is the Friday after the next one."""
    day, start, end = found
    week = WEEK_ON.match(segment, end)
    if not week or segment[start:end].split()[-1].lower() not in WEEKDAYS:
        return found
    return day + timedelta(days=7), start, week.end()


def _counted_from(anchor: Day, segment: str) -> Day | None:
    """ "the Monday before Thanksgiving", "a week from Friday": a day told from another."""
    day, start, end = anchor
    beside = BESIDE.search(segment, 0, start)
    if beside:
        return _beside(beside, day), beside.start(), end
    counted = COUNTED_ON.search(segment, 0, start)
    if not counted:
        return None
    days = number_of(counted["n"]) * (7 if counted["u"].lower().startswith("week") else 1)
    return day + timedelta(days=days), counted.start(), end


def _beside(match: "re.Match[str]", anchor: date) -> date:
    name, way = match["d"].lower(), -1 if match["w"].lower() in {"before", "prior to"} else 1
    if name in WEEKDAYS:
        gap = (way * (WEEKDAYS[name] - anchor.weekday()) - 1) % 7 + 1
        return anchor + timedelta(days=way * gap)
    return anchor + timedelta(days=way * (7 if name == "week" else 1))
