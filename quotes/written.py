"""Extras and options as people type them into a form: "VAT: 13%"."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from outreach.reading.typed import clean_text, read_amount, read_plain
from quotes.comparison.currency import money
from quotes.comparison.facts import Extra, Option

MOST_LINES = 40
HIGHEST_PRICE = Decimal("999999999999.99")
HIGHEST_PERCENT = Decimal(1000)
LABEL_LENGTH = 200
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")


def read_extras(raw: str | Sequence[Any]) -> tuple[Extra, ...]:
    """Lines such as "VAT: 13%", "One-way fee: 2,000", "Fuel"; or mappings with the same names."""
    return tuple(_extra(one) for one in _lines(raw))


def read_options(raw: str | Sequence[Any]) -> tuple[Option, ...]:
    """Lines such as "King Air 350: 33,800"; or mappings with `label` and `price`."""
    return tuple(_option(one) for one in _lines(raw))


def write_extras(extras: Sequence[Extra]) -> str:
    """The lines `read_extras` reads."""
    return "\n".join(_extra_line(extra) for extra in extras)


def write_options(options: Sequence[Option]) -> str:
    """The lines `read_options` reads."""
    return "\n".join(f"{option.label}: {money(option.price, '')}" for option in options)


def _extra_line(extra: Extra) -> str:
    if extra.percent is not None:
        return f"{extra.label}: {extra.percent.normalize():f}%"
    if extra.amount is not None:
        return f"{extra.label}: {money(extra.amount, '')}"
    return extra.label


def _lines(raw: str | Sequence[Any] | None) -> list[Any]:
    lines = (raw or "").splitlines() if isinstance(raw, str | None) else list(raw)
    kept = [line for line in lines if not isinstance(line, str) or line.strip()]
    if len(kept) > MOST_LINES:
        raise ValueError(f"At most {MOST_LINES} lines.")
    return kept


def _extra(raw: Any) -> Extra:
    if isinstance(raw, Extra):
        return raw
    if isinstance(raw, Mapping):
        amount, percent = read_plain(raw.get("amount")), read_plain(raw.get("percent"))
        label = str(raw.get("label") or "")
    else:
        label, figure = _halves(str(raw))
        sign = _PERCENT.fullmatch(figure)
        percent = Decimal(sign[1].replace(",", ".")) if sign else None
        amount = read_amount(figure)[0] if figure and not sign else None
    return Extra(
        _label(label),
        _bounded(amount, HIGHEST_PRICE, label),
        _bounded(percent, HIGHEST_PERCENT, label),
    )


def _option(raw: Any) -> Option:
    if isinstance(raw, Option):
        return raw
    if isinstance(raw, Mapping):
        label, price = str(raw.get("label", "")), read_plain(raw.get("price"))
    else:
        label, figure = _halves(str(raw))
        price = read_amount(figure)[0]
    if price is None or price < 0:
        raise ValueError(f"“{label[:40]}” needs a price: write it as “{label[:40]}: 33,800”.")
    return Option(_label(label), _bounded(price, HIGHEST_PRICE, label) or Decimal(0))


def _halves(line: str) -> tuple[str, str]:
    """Label and figure: what stands behind the last colon, or nothing."""
    label, colon, figure = line.rpartition(":")
    if not colon:
        return line.strip(), ""
    return label.strip(), figure.strip()


def _label(text: str) -> str:
    text = clean_text(text, LABEL_LENGTH, "name of a line")
    if not text:
        raise ValueError("Each line needs a name, such as “VAT: 13%”.")
    return text


def _bounded(amount: Decimal | None, highest: Decimal, label: str) -> Decimal | None:
    """What fits the column; a discount belongs into the price, not on top of it."""
    if amount is not None and not 0 <= amount <= highest:
        raise ValueError(f"“{label[:40]}”: {amount:f} is not between 0 and {highest:,f}.")
    return amount
