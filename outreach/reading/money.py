"""Amounts of money in a text: "under $40k", "€2,400", "2 400 EUR", "20 тыс. рублей"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from outreach.reading.found import Found
from outreach.reading.numbers import to_decimal


@dataclass(frozen=True, slots=True)
class Money:
    """An amount and its ISO currency; `currency` is None where the text names none."""

    amount: Decimal
    currency: str | None


SIGNS = {
    "us$": "USD", "usd": "USD", "c$": "CAD", "ca$": "CAD", "cad": "CAD", "a$": "AUD",
    "au$": "AUD", "aud": "AUD", "hk$": "HKD", "s$": "SGD", "sgd": "SGD", "$": "USD", "€": "EUR",
    "eur": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "gbp": "GBP", "chf": "CHF",
    "¥": "JPY", "jpy": "JPY", "₽": "RUB", "rub": "RUB", "руб": "RUB", "рублей": "RUB",
    "рубля": "RUB", "рубль": "RUB", "aed": "AED", "dollars": "USD", "dollar": "USD",
    "bucks": "USD", "dólares": "USD", "долларов": "USD", "доллара": "USD", "евро": "EUR",
    "pounds": "GBP", "pfund": "GBP", "pln": "PLN", "zł": "PLN", "sek": "SEK", "dkk": "DKK",
    "nok": "NOK", "kr": "SEK", "czk": "CZK", "inr": "INR", "₹": "INR", "mxn": "MXN",
}  # fmt: skip
_SIGN = "|".join(re.escape(s) for s in sorted(SIGNS, key=len, reverse=True))
_AMOUNT = (
    r"\d{1,3}(?:[,.\u00a0\u202f’' ]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d{1,2})?(?!\d)"
)
_SCALE = r"thousand|million|grand|mille|mil\b|tausend|тысяч\w*|тыс\.?|миллион\w*|млн|mio\.?|mm|k|m"
_MONEY = re.compile(
    rf"(?<![\w.,])(?:(?P<before>{_SIGN})\s?(?P<a1>{_AMOUNT})\s?(?P<s1>{_SCALE})?(?![^\W_])"
    rf"|(?P<a2>{_AMOUNT})\s?(?P<s2>{_SCALE})?(?:\s?(?:de|d')\s)?\s?(?P<after>{_SIGN})(?![^\W_])"
    rf"|(?P<a3>\d+(?:[.,]\d+)?)\s?(?P<s3>k)(?![^\W_]))",
    re.IGNORECASE,
)


def find_money(text: str) -> list[Found[Money]]:
    """Every amount with a currency sign, name or a "k" behind it, in order."""
    found = []
    for match in _MONEY.finditer(text):
        digits = match["a1"] or match["a2"] or match["a3"]
        scale = match["s1"] or match["s2"] or match["s3"] or ""
        sign = (match["before"] or match["after"] or "").lower()
        amount = to_decimal(digits) * _factor(scale.lower())
        found.append(Found(Money(amount, SIGNS.get(sign)), match.start(), match.end()))
    return found


def _factor(scale: str) -> int:
    if not scale:
        return 1
    if scale.startswith(("million", "mm", "mio", "млн", "миллион")) or scale == "m":
        return 10**6
    return 1000
