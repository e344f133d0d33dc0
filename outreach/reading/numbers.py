"""Whole and decimal numbers in a text, in digits or in words."""

import re
from decimal import Decimal
from functools import cache

from outreach.reading.found import Found
from outreach.reading.number_words import ARTICLES, LARGER, number_words
from outreach.reading.tongues import OURS

_DIGITS = r"\d{1,3}(?:[,.\u00a0\u202f’' ]\d{3})+(?![\d])(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
# Units people write without a space: "4pax", "450kg".
_GLUED = r"(?:pax|ppl|kgs?|lbs?|cts?|hrs?|h|sqft|sqm|m²|m2|p)(?![^\W_])"
_SCALES = {"k": 10**3, "mil": 10**3, "тыс": 10**3, "million": 10**6, "mio": 10**6}


@cache
def number_pattern(languages: tuple[str, ...]) -> str:
    """A pattern for one number, with the groups `value_of` reads."""
    named = "|".join(sorted(number_words(languages), key=len, reverse=True))
    return (
        rf"(?:(?P<digits>{_DIGITS})(?P<scale>\s?(?:k|million|mil|тыс\.?|Mio\.?))?(?:(?={_GLUED})|(?![^\W_]))"
        rf"|(?P<tens>{_TENS})[-\s](?P<unit>{_UNITS})\b"
        rf"|(?:(?:a|one)\s)?(?P<named>{named})\b)"
    )


@cache
def _compiled(languages: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,/#-]){number_pattern(languages)}", re.IGNORECASE)


def to_decimal(digits: str) -> Decimal:
    """The number in digits with thousands and decimal marks of either custom.

    One mark followed by exactly three digits groups thousands: "1.200" and "1,200" are 1200.
    """
    compact = re.sub(r"[\s\u00a0\u202f’']", "", digits)
    marks = [c for c in compact if c in ".,"]
    if marks:
        last = marks[-1]
        whole, _, tail = compact.rpartition(last)
        repeated = marks.count(last) > 1
        if len(tail) == 3 and (repeated or len(marks) == 1) and whole.strip("0.,"):
            compact = compact.replace(",", "").replace(".", "")
        else:
            compact = re.sub(r"[.,]", "", whole) + "." + tail
    return Decimal(compact)


def value_of(match: re.Match[str], languages: tuple[str, ...] = OURS) -> Decimal:
    """The number a match of `number_pattern` stands for."""
    if match["digits"]:
        scale = (match["scale"] or "").strip().lower().rstrip(".")
        return to_decimal(match["digits"]) * _SCALES.get(scale, 1)
    words = number_words(languages)
    if match["tens"]:
        return Decimal(LARGER["en"][match["tens"].lower()] + words[match["unit"].lower()])
    return Decimal(words[match["named"].lower()])


def find_numbers(text: str, languages: tuple[str, ...] = OURS) -> list[Found[Decimal]]:
    """Every number in a text, in order; words count in the given languages only."""
    return [
        Found(value_of(m, languages), m.start(), m.end())
        for m in _compiled(languages).finditer(text)
        if m.group().lower() not in ARTICLES
    ]
