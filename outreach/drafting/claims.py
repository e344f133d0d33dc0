"""Finds what a text claims that can be checked: contact details, prices, dates, times, numbers."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from outreach.drafting.marks import FactMark, Sources
from outreach.reading.calendar_words import WEEKDAYS
from outreach.reading.dates import When, find_dates
from outreach.reading.found import Found
from outreach.reading.money import Money, find_money
from outreach.reading.numbers import find_numbers

EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
LINK = re.compile(r"(?:https?://|www\.)[^\s<>()]{2,300}|\b[\w-]{2,63}\.(?:com|net|org|io|aero)\b")
PHONE = re.compile(r"(?<![\w.,$€£])\+?\(?\d[\d().\s-]{5,18}\d(?!\w)")
TIME = re.compile(
    r"(?<![\w:.,])(?:(?P<h>1[0-2]|0?[1-9])(?::(?P<m>[0-5]\d))?\s?(?P<ap>[ap])\.?m\b\.?"
    r"|(?P<h2>[01]?\d|2[0-3]):(?P<m2>[0-5]\d)(?::\d\d)?(?![\d:]))|\b(?P<word>noon|midnight)\b",
    re.IGNORECASE,
)
SPOKEN = ("en",)


@dataclass(frozen=True, slots=True)
class Backed:
    """The values the sources hold, each in a form that compares."""

    emails: frozenset[str]
    links: frozenset[str]
    digits: frozenset[str]
    prices: frozenset[Money]
    dates: frozenset[date]
    months: frozenset[str]
    weekdays: frozenset[int]
    times: frozenset[str]
    numbers: frozenset[Decimal]


def back(sources: Sources) -> Backed:
    """Read the sources the same way drafts are read."""
    text = "\n".join(sources.texts)
    read = find_dates(text, today=sources.today, day_first=sources.day_first).dates
    dates = {d for found in read for d in _days(found.value)} | set(sources.dates)
    months = {f"{d:%Y-%m}" for d in dates} | set(sources.months)
    months |= {f.value.iso() for f in read if f.value.precision == "month"}
    money = {found.value for found in find_money(text)}
    if sources.currency:
        money |= {Money(m.amount, sources.currency) for m in money if m.currency is None}
    numbers = {found.value for found in find_numbers(text)} | {m.amount for m in money}
    numbers |= {Decimal(part) for d in dates for part in (d.year, d.day)}
    numbers |= {Decimal(month[:4]) for month in months}
    return Backed(
        emails=frozenset(m.group().lower().rstrip(".") for m in EMAIL.finditer(text)),
        links=frozenset(_link(m.group()) for m in LINK.finditer(text)),
        digits=frozenset(_digits(m.group()) for m in PHONE.finditer(text)),
        prices=frozenset(money),
        dates=frozenset(dates),
        months=frozenset(months),
        weekdays=frozenset(d.weekday() for d in dates) | _weekdays(text),
        times=frozenset(_clock(m) for m in TIME.finditer(text)),
        numbers=frozenset(numbers),
    )


def _weekdays(text: str) -> frozenset[int]:
    return frozenset(WEEKDAYS[w] for w in re.findall(r"\w+", text.lower()) if w in WEEKDAYS)


def _days(when: When) -> list[date]:
    if when.precision == "month":
        return []
    return [when.first, when.last] if when.last else [when.first]


def _digits(text: str) -> str:
    """The last nine digits: enough to tell numbers apart, whatever the country prefix."""
    return re.sub(r"\D", "", text)[-9:]


def _link(text: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", text.lower()).rstrip("./,")


def _clock(match: re.Match[str]) -> str:
    if match["word"]:
        return "12:00" if match["word"].lower() == "noon" else "00:00"
    hour = int(match["h"] or match["h2"])
    if match["ap"]:
        hour = hour % 12 + (12 if match["ap"].lower() == "p" else 0)
    return f"{hour:02d}:{match['m'] or match['m2'] or '00'}"


class Checker:
    """Checks one text against what is backed; each character is claimed by one kind only."""

    def __init__(self, text: str, sources: Sources, backed: Backed) -> None:
        self.text, self.sources, self.backed = text, sources, backed
        self.taken: list[tuple[int, int]] = []
        self.marks: list[FactMark] = []

    def check(self) -> list[FactMark]:
        """Every unbacked value, the most specific kind first."""
        self._each(EMAIL, "email", lambda m: m.group().lower().rstrip(".") in self.backed.emails,
                   "This address is in no record.")  # fmt: skip
        self._each(LINK, "link", lambda m: _link(m.group()) in self.backed.links,
                   "This link is in no record.")  # fmt: skip
        self._prices()
        self._dates()
        self._each(TIME, "time", lambda m: _clock(m) in self.backed.times,
                   "This time is not in the request.")  # fmt: skip
        self._phones()
        self._numbers()
        return self.marks

    def free(self, start: int, end: int) -> bool:
        """Whether nothing else has been read from these characters."""
        return all(end <= a or b <= start for a, b in self.taken)

    def claim(self, start: int, end: int, kind: str, *, backed: bool, reason: str) -> None:
        """Take the characters, and mark them where no record backs them."""
        self.taken.append((start, end))
        if not backed:
            self.marks.append(FactMark(self.text[start:end], start, end, kind, reason))

    def _each(
        self,
        pattern: re.Pattern[str],
        kind: str,
        known: Callable[[re.Match[str]], bool],
        reason: str,
    ) -> None:
        for match in pattern.finditer(self.text):
            if self.free(match.start(), match.end()):
                end = match.end() - (match.group().endswith(".") and kind in {"email", "link"})
                self.claim(match.start(), end, kind, backed=known(match), reason=reason)

    def _prices(self) -> None:
        for found in find_money(self.text):
            price = found.value
            if price.currency is None and self.sources.currency:
                price = Money(price.amount, self.sources.currency)
            if self.free(found.start, found.end):
                self.claim(found.start, found.end, "price", backed=price in self.backed.prices,
                           reason="This amount is in no record.")  # fmt: skip

    def _dates(self) -> None:
        read = find_dates(self.text, today=self.sources.today, day_first=self.sources.day_first)
        for found in read.dates:
            if self.free(found.start, found.end):
                end = found.end - self.text[: found.end].endswith(".")
                self.claim(found.start, end, "date", backed=self._dated(found),
                           reason="This date is not in the request.")  # fmt: skip
        for words in read.problems:
            quoted = words[1 : words.find("”")] if words.startswith("“") else ""
            at = self.text.find(quoted) if quoted else -1
            if at >= 0:
                self.marks.append(FactMark(quoted, at, at + len(quoted), "date", words))
        for match in re.finditer(r"[^\W\d_]{3,12}", self.text):
            day = WEEKDAYS.get(match.group().lower())
            named = day is not None and match.group()[0].isupper() and len(match.group()) > 4
            if named and self.free(match.start(), match.end()):
                self.claim(match.start(), match.end(), "date",
                           backed=day in self.backed.weekdays,
                           reason="No date of the request falls on this day.")  # fmt: skip

    def _dated(self, found: Found[When]) -> bool:
        when = found.value
        if when.precision == "month":
            return when.iso() in self.backed.months
        words = self.text[found.start : found.end].lower()
        if words.strip() in WEEKDAYS:
            return when.first.weekday() in self.backed.weekdays
        return all(day in self.backed.dates for day in _days(when))

    def _phones(self) -> None:
        for match in PHONE.finditer(self.text):
            digits = _digits(match.group())
            enough = len(re.sub(r"\D", "", match.group())) >= 7
            if enough and self.free(match.start(), match.end()):
                self.claim(match.start(), match.end(), "phone",
                           backed=digits in self.backed.digits,
                           reason="This phone number is in no record.")  # fmt: skip

    def _numbers(self) -> None:
        for found in self._claimed_numbers():
            self.claim(found.start, found.end, "number", backed=found.value in self.backed.numbers,
                       reason="This number is in no record.")  # fmt: skip

    def _claimed_numbers(self) -> Iterator[Found[Decimal]]:
        for found in find_numbers(self.text, SPOKEN):
            # "One" is as often a pronoun; invented counts of one are the price of fewer alarms.
            pronoun = self.text[found.start : found.end].lower() == "one"
            if not pronoun and self.free(found.start, found.end):
                yield found
        # Digits glued to letters or signs ("#4", "x4", "/7") are numbers too.
        for match in re.finditer(r"(?<!\d)\d+(?!\d)", self.text):
            alone = not re.search(
                r"[^\W\d_]$", self.text[max(0, match.start() - 1) : match.start()]
            )
            if alone and self.free(match.start(), match.end()):
                yield Found(Decimal(match.group()), match.start(), match.end())
