"""Which currency a price is in when the amount itself leaves it open. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from quotes.extraction.amounts import CODES, Amount, find_amounts
from quotes.extraction.candidates import Candidate
from quotes.extraction.reader import Reader

DOLLARS = frozenset({"CAD", "AUD", "SGD", "HKD", "NZD", "MXN"})
# What only a vendor of that country writes: its own tax, its own company number.
AT_HOME = {
    "CAD": re.compile(r"\b(?:HST|QST|TVQ)\b"),
    "AUD": re.compile(r"\bA\.?B\.?N\b\.?:?\s?\d"),
    "NZD": re.compile(r"\bNZBN\b"),
    "SGD": re.compile(r"\bUEN\b"),
}
CROWNS = {"se": "SEK", "dk": "DKK", "no": "NOK"}
BY_LANGUAGE = {
    "de": "EUR",
    "fr": "EUR",
    "es": "EUR",
    "it": "EUR",
    "nl": "EUR",
    "ru": "RUB",
    "pl": "PLN",
}
# "9.800", "1.290,50", "89,-": nobody who counts in dollars or pounds writes so.
CONTINENTAL = re.compile(r"\d\.\d{3}(?!\d)|,\d\d(?!\d)|,-")
NAMED = re.compile(rf"\b(?:{CODES})\b")


def settle_currency(
    reader: Reader,
    amount: Amount,
    candidates: Sequence[Candidate],
    constraints: Mapping[str, Any],
    whole: str,
) -> tuple[str | None, bool]:
    """The currency and whether the vendor's own words name it.

    In order: the amount's own sign (a bare "$" is what dollar the mail speaks of), another amount
    of theirs, the request's, what the quoted conversation used, the custom of the language.
    """
    asked = str(constraints.get("currency", ""))
    if amount.currency == "USD" and amount.sign == "$":
        return _dollar(reader, asked), True
    if amount.currency == "SEK" and amount.sign.startswith("kr"):
        return _crown(reader), True
    if amount.currency:
        return amount.currency, True
    own = [c.amount.currency for c in candidates if c.amount.currency]
    if own:
        return own[0], True
    if named := NAMED.search(reader.text):
        return named.group(), True
    if re.fullmatch(CODES, asked.upper()):
        return asked.upper(), False
    quoted = [a.currency for a in find_amounts(whole[:50_000]) if a.currency]
    if quoted:
        return quoted[0], False
    return _by_custom(reader, amount), False


def _dollar(reader: Reader, asked: str) -> str:
    """Which dollar a bare "$" means: the one the mail speaks of, else the request's."""
    codes = set(NAMED.findall(reader.text))
    if "USD" in codes and not codes & DOLLARS:
        return "USD"
    named = codes & DOLLARS
    named |= {code for code, hint in AT_HOME.items() if hint.search(reader.text)}
    if len(named) == 1:
        return named.pop()
    return asked if asked in DOLLARS else "USD"


def _by_custom(reader: Reader, amount: Amount) -> str | None:
    """What is meant by a bare number where that language is written."""
    if reader.language == "en":
        written = reader.text[amount.start : amount.end]
        return "EUR" if CONTINENTAL.search(written) else "USD"
    return BY_LANGUAGE.get(reader.language)


def _crown(reader: Reader) -> str:
    for ending, code in CROWNS.items():
        if re.search(rf"\.{ending}\b|\b{code}\b", reader.text, re.IGNORECASE):
            return code
    return {"da": "DKK", "no": "NOK", "nb": "NOK"}.get(reader.language, "SEK")
