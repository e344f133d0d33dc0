"""One currency out of many: dated rates against the US dollar, and how amounts are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_currency, get_currency_precision

LOCALE = "en_US"
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit is worth `usd` US dollars from `valid_on` on."""

    usd: Decimal
    valid_on: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates in force, by ISO currency; the US dollar is always 1 and needs no row."""

    by_currency: Mapping[str, Rate]

    def knows(self, currency: str) -> bool:
        """Whether amounts in this currency can be converted."""
        return currency == "USD" or currency in self.by_currency

    def convert(self, amount: Decimal, source: str, target: str) -> Decimal | None:
        """The amount in `target`, to the cent; None where a rate is missing."""
        if source == target:
            return amount
        if not (self.knows(source) and self.knows(target)):
            return None
        return to_cent(amount * self._usd(source) / self._usd(target))

    def oldest(self, currencies: set[str]) -> Rate | None:
        """The oldest rate used for these currencies; None where none was needed."""
        used = [self.by_currency[code] for code in currencies if code in self.by_currency]
        return min(used, key=lambda rate: rate.valid_on, default=None)

    def _usd(self, currency: str) -> Decimal:
        rate = self.by_currency.get(currency)
        return rate.usd if rate else Decimal(1)


def to_cent(amount: Decimal) -> Decimal:
    """Rounded to two places, halves up, as invoices are."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def money(amount: Decimal, currency: str) -> str:
    """An amount as people write it: "$42,500", "€1,650.50"; the bare number without a currency."""
    whole = amount == amount.to_integral_value()
    if not currency:
        return f"{amount:,.0f}" if whole else f"{amount:,.2f}"
    if whole or get_currency_precision(currency) == 0:
        return format_currency(amount, currency, "¤#,##0", locale=LOCALE, currency_digits=False)
    return format_currency(amount, currency, locale=LOCALE)


def span(low: Decimal, high: Decimal, currency: str) -> str:
    """One amount, or "low – high" where they differ."""
    if low == high:
        return money(low, currency)
    return f"{money(low, currency)} – {money(high, currency)}"


def whole(amount: Decimal, converted: bool) -> Decimal:
    """Converted amounts are shown without cents: a dated rate is not that exact."""
    return amount.quantize(Decimal(1), rounding=ROUND_HALF_UP) if converted else amount
