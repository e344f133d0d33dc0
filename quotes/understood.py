"""A reading as it is stored: typed to fit its columns, with the reasons a person must look."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from quotes.comparison.currency import to_cent
from quotes.comparison.facts import Extra, Option
from quotes.extraction.case import QuoteReading
from quotes.values import QuoteValues
from quotes.written import HIGHEST_PERCENT, HIGHEST_PRICE, LABEL_LENGTH

LEAST_CONFIDENCE = 0.6
# What decides between offers: read with less confidence than that, a person is asked.
DECIDING = {
    "kind": "the kind of answer",
    "price": "the price",
    "currency": "the currency",
    "expiration_date": "how long it holds",
}


@dataclass(frozen=True, slots=True)
class Understood:
    """What was read. `reasons` say, in words, why a person must look; none means it may stand."""

    values: QuoteValues
    evidence: dict[str, Any]
    confidence: dict[str, Any]
    reasons: tuple[str, ...]
    engine: str


def typed(reading: QuoteReading, engine: str) -> Understood:
    """The reading as it is stored; what does not fit its column is left out and asked about."""
    reasons = list(reading.reasons)
    if reading.kind == "quote" and reading.price is None:
        reasons.append("It reads like a quote, but no price was found.")
    reasons += _doubts(reading)
    prices = {}
    for name in ("price", "price_high"):
        amount = getattr(reading, name)
        plausible = amount is not None and 0 <= amount <= HIGHEST_PRICE
        prices[name] = to_cent(amount) if plausible else None
        if amount is not None and not plausible:
            reasons.append(f"{amount} is no plausible price.")
    values = QuoteValues(
        kind=reading.kind,
        price=prices["price"],
        price_high=prices["price_high"],
        currency=reading.currency or "",
        price_basis=reading.price_basis or "",
        includes_tax=reading.includes_tax,
        availability=reading.availability or "",
        expiration_date=reading.expiration_date,
        deposit=(reading.deposit or "")[:120],
        extras=_extras(reading),
        options=_options(reading),
        fields={name: _plain(value) for name, value in reading.fields.items()},
    )
    return Understood(
        values,
        evidence={name: one.as_data() for name, one in reading.evidence.items()},
        confidence=dict(reading.confidence),
        reasons=tuple(dict.fromkeys(reasons)),
        engine=engine,
    )


def _doubts(reading: QuoteReading) -> list[str]:
    """What decides between offers and was read with little confidence, in one sentence."""
    low = [name for name in DECIDING if reading.confidence.get(name, 1.0) < LEAST_CONFIDENCE]
    if "price" in low and reading.reasons:
        low.remove("price")  # the engine has said why
    return [f"Not sure about {' and '.join(DECIDING[name] for name in low)}."] if low else []


def _extras(reading: QuoteReading) -> tuple[Extra, ...]:
    return tuple(
        Extra(
            one.label[:LABEL_LENGTH],
            _within(one.amount, HIGHEST_PRICE),
            _within(one.percent, HIGHEST_PERCENT),
        )
        for one in reading.extras
    )


def _options(reading: QuoteReading) -> tuple[Option, ...]:
    return tuple(
        Option(one.label[:LABEL_LENGTH], one.price)
        for one in reading.options
        if _within(one.price, HIGHEST_PRICE) is not None
    )


def _within(figure: Decimal | None, highest: Decimal) -> Decimal | None:
    """The figure if its column can hold it; else the line stays, as one without a figure."""
    return figure if figure is not None and abs(figure) <= highest else None


def _plain(value: Any) -> Any:
    """JSON-ready, whole numbers as such."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
