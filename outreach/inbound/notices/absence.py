"""Reads an absence note: when they are back, and whom to ask until then."""

import csv
import re
from calendar import month_name
from datetime import date
from functools import cache

from outreach.inbound.notices.forms import TABLES, forms, plain, says
from outreach.inbound.notices.opened import ADDRESS
from outreach.inbound.notices.reading import Absence
from outreach.reading.dates import When, find_dates
from outreach.reading.found import Found
from outreach.reading.tongues import detect_language

# A date without a year that seems further ahead than this has begun already.
BEGUN = 240
_CJK = re.compile(r"(?P<month>1[0-2]|0?[1-9])月(?P<day>3[01]|[12]\d|0?[1-9])日")
SINCE = re.compile(r"\b(?:since|received|seit|desde hoy|sent)\s*$", re.IGNORECASE)
AGAIN = re.compile(
    r"[^.!?]{0,30}\b(?:wieder|zurück|back\b|available again|de vuelta|de retour|снова|на связи)",
    re.IGNORECASE,
)
FROM = re.compile(r"\b(?:from|ab)\b[^.]*$", re.IGNORECASE)
PHONE = re.compile(r"(?<![\w.+])\+?\(?\d[\d\s().-]{7,16}\d(?![\w@])")
_NAME = r"[A-ZÀ-ÝА-ЯЁ][\w'’-]+"
PERSON = re.compile(rf"(?:{_NAME}\.?)(?: (?:{_NAME}|de|da|van|von|der))*? ?{_NAME}|{_NAME}")


@cache
def _before(form: str, gap: int) -> re.Pattern[str]:
    """The words of this form, at most `gap` characters of one sentence before the end."""
    return re.compile(rf"(?:{forms()[form].pattern})[^.!?\n]{{0,{gap}}}$", re.IGNORECASE)


def read_absence(text: str, *, sender: str, ours: set[str], today: date) -> Absence:
    """When the sender is back and who stands in, from the note's own words; blanks where unsaid.

    `return_on` is the day named: of the return, or the last day away. `today` is the day the
    note was written; a day that lies before it is kept, as what the note says.
    """
    gone = bool(says("gone text", plain(text)))
    stand_in, name = _stand_in(text, sender, ours)
    return Absence(None if gone else _return_on(text, sender, today), stand_in, name, gone)


def _return_on(text: str, sender: str, today: date) -> date | None:
    text = _in_words_we_read(text)
    language = detect_language(text)
    american = language == "en" and not re.search(r"\.(?:uk|au|nz|ie|in|za|eu)$", sender)
    found = [
        Found(_begun(one.value, today), one.start, one.end)
        for one in find_dates(text, today=today, day_first=not american).dates
    ]
    best: tuple[int, date] | None = None
    for one in found:
        before = plain(text[max(0, one.start - 70) : one.start])
        last = one.value.last or one.value.first
        if SINCE.search(before):
            continue
        weight = 1 + bool(one.value.last)
        if _before("until", 25).search(before):
            weight = 3
        after = plain(text[one.end : one.end + 60])
        back = _before("back", 45).search(before) and not FROM.search(before)
        if back or AGAIN.match(after):
            weight = 4
        day = one.value.first if weight == 4 and not one.value.last else last
        if best is None or (weight, day) > best:
            best = (weight, day)
    return best[1] if best else None


def _in_words_we_read(text: str) -> str:
    """The same note with months of languages that the reader of dates does not know in English."""
    months = _months()
    if any("\u3040" <= letter <= "\u9fff" for letter in text):
        text = _CJK.sub(lambda m: f" {m['day']} {month_name[int(m['month'])]} ", text)
    return _foreign_months().sub(lambda m: months[m.group().lower()], text)


@cache
def _months() -> dict[str, str]:
    with (TABLES / "months.csv").open(encoding="utf-8", newline="") as file:
        return {row["word"]: row["month"] for row in csv.DictReader(file)}


@cache
def _foreign_months() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_months())})\b", re.IGNORECASE)


def _begun(when: When, today: date) -> When:
    """ "Away from 18 to 27 November", read on the 20th: it began this year."""
    if when.year_given or (when.first - today).days < BEGUN:
        return when
    first, last = _year_before(when.first), when.last and _year_before(when.last)
    if last and last < first:
        last = when.last
    return When(first, last, when.precision, when.year_given)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _stand_in(text: str, sender: str, ours: set[str]) -> tuple[str, str]:
    """(address or phone, name) of whom to ask instead."""
    not_them = ours | {sender}
    for match in ADDRESS.finditer(text):
        address = match.group().lower().strip(".'")
        if address not in not_them and not says("robot address", address):
            return address, _name_near(text, match.start())
    asked = forms()["ask instead"].search(text)
    if not asked:
        return "", ""
    after = text[asked.start() : asked.start() + 240]
    phone = PHONE.search(after)
    name = _name_near(text, asked.start() + (phone.start() if phone else 60))
    return (" ".join(phone.group().split()), name) if phone else ("", name)


def _name_near(text: str, start: int) -> str:
    """The name that stands before an address, in the same sentence."""
    before = text[max(0, start - 90) : start]
    before = re.split(r"[!?\n]|\.\s", before)[-1] if "\n" not in before[-20:] else before
    names: list[str] = []
    for found in PERSON.finditer(before):
        kept = [word for word in found.group().split() if not says("no name", word.strip("."))]
        if kept:
            names.append(" ".join(kept))
    return names[-1] if names else ""
