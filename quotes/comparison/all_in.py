"""What an offer costs with everything that comes on top, and what is not known about that."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from quotes.comparison.counts import in_words, units_of
from quotes.comparison.currency import money, to_cent
from quotes.comparison.facts import Extra, Offer

TAX = re.compile(
    r"\b(?:vat|tax(?:es|e|a)?|mwst|ust|iva|tva|btw|gst|hst|fet|moms|excise|steuer|impuestos?)\b"
    r"|ндс|пдв|налог|podatek",
    re.IGNORECASE,
)
# Taxes on the stay, not on the price: their being open says nothing about VAT.
LOCAL_TAX = re.compile(r"séjour|tourist|city tax|occupancy|kurtaxe|soggiorno", re.IGNORECASE)
CONDITIONAL = re.compile(
    r"\bif\b|\bpast\b|\bbeyond\b|\bover\s+\d|\bafter\s+\d|where applicable|as applicable"
    r"|option|over-?time|waiting time|surcharge for|on request|if needed"
    r"|falls (?:nötig|gewünscht|erforderlich)|bei bedarf"
    r"|überstunden|heures? supp|en option|si nécessaire|horas? extra|straordinar"
    r"|сверхуроч|при необходимости|nadgodzin",
    re.IGNORECASE,
)
_PERIODS = {"per_month": "month", "per_year": "year"}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing added to the price, in the offer's currency, and how it was worked out."""

    label: str
    how: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class AllIn:
    """From `low` to `high` (equal for a fixed price), in the offer's own currency.

    `unknown` comes on top for certain, at an amount nobody gave; `conditional` only may.
    """

    low: Decimal
    high: Decimal
    currency: str
    parts: tuple[Part, ...]
    unknown: tuple[str, ...]
    conditional: tuple[str, ...]


def all_in(offer: Offer, counts: Mapping[str, int]) -> AllIn | None:
    """Price plus every extra whose amount follows from the offer and the request."""
    if offer.price is None:
        return None
    high_base = max(offer.price, offer.price_high or offer.price)
    parts: list[Part] = []
    high_parts: list[Decimal] = []
    unknown: list[str] = []
    conditional: list[str] = []
    for extra in offer.extras:
        if offer.includes_tax and is_tax(extra.label):
            continue
        if CONDITIONAL.search(extra.label):
            conditional.append(as_said(extra, offer.currency))
            continue
        part = _part(extra, offer, offer.price, counts)
        high = _part(extra, offer, high_base, counts)
        if part is None or high is None:
            unknown.append(as_said(extra, offer.currency))
            continue
        parts.append(part)
        high_parts.append(high.amount)
    if offer.includes_tax is False and not any(is_tax(extra.label) for extra in offer.extras):
        unknown.append("tax (rate not given)")
    return AllIn(
        low=offer.price + sum((part.amount for part in parts), Decimal(0)),
        high=high_base + sum(high_parts, Decimal(0)),
        currency=offer.currency,
        parts=tuple(parts),
        unknown=tuple(unknown),
        conditional=tuple(conditional),
    )


def _part(extra: Extra, offer: Offer, base: Decimal, counts: Mapping[str, int]) -> Part | None:
    """The extra as an amount; None where a figure or a count is missing."""
    if extra.percent is not None:
        percent = f"{extra.percent.normalize():f}%"
        amount = to_cent(base * extra.percent / 100)
        return Part(extra.label, f"{percent} of {money(base, offer.currency)}", amount)
    if extra.amount is None:
        return None
    factors = _factors(extra.label, offer.basis, counts)
    if factors is None:
        return None
    total = extra.amount
    for _, number in factors:
        total *= number
    how = " × ".join(
        [money(extra.amount, offer.currency), *(in_words(*factor) for factor in factors)]
    )
    return Part(extra.label, how if factors else "", to_cent(total))


def _factors(
    label: str, basis: str, counts: Mapping[str, int]
) -> tuple[tuple[str, int], ...] | None:
    """What the amount is multiplied by; None where the label names a unit nobody counted."""
    factors: list[tuple[str, int]] = []
    period = _PERIODS.get(basis)
    for unit in units_of(label):
        if unit == period:
            continue  # the offer itself is for that period
        if unit == "month" and period == "year":
            factors.append(("month", 12))
        elif unit in counts:
            factors.append((unit, counts[unit]))
        else:
            return None
    return tuple(factors)


def is_tax(label: str) -> bool:
    """Whether an extra is a tax on the price, not one on the stay."""
    return bool(TAX.search(label)) and not LOCAL_TAX.search(label)


def as_said(extra: Extra, currency: str) -> str:
    """An extra in words, with the figure that was given."""
    if extra.percent is not None:
        figure = f"{extra.percent.normalize():f}%"
        return extra.label if figure in extra.label else f"{extra.label} {figure}"
    if extra.amount is not None:
        return f"{extra.label} {money(extra.amount, currency)}"
    return f"{extra.label} (amount not given)"
