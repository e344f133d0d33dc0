"""Amounts, extras and options as people type them into a form: "$42.5k", "VAT: 13%"."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from outreach.reading.money import find_money
from outreach.reading.numbers import to_decimal
from quotes.comparison.currency import money
from quotes.comparison.facts import Extra, Option

MOST_LINES = 40
HIGHEST_PRICE = Decimal("999999999999.99")
HIGHEST_PERCENT = Decimal(1000)
LABEL_LENGTH = 200
_NUMBER = re.compile(r"-?\d[\d.,’'\u00a0\u202f ]*")
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")


def clean_text(raw: Any, length: int, what: str) -> str:
    """The text without blanks around it; refuses what is too long or cannot be stored."""
    text = str("" if raw is None else raw).strip()
    if len(text) > length:
        raise ValueError(f"The {what} is longer than {length:,} characters: shorten it.")
    if "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise ValueError(f"The {what} holds characters that cannot be stored: retype it.")
    return text


def read_amount(raw: Any) -> tuple[Decimal | None, str]:
    """An amount and the currency named with it, "" for none; None where nothing was written.

    Raises ValueError, in words, for what is no amount.
    """
    if raw is None:
        return None, ""
    if isinstance(raw, int | Decimal | float) and not isinstance(raw, bool):
        return _finite(Decimal(str(raw)), raw), ""
    text = str(raw).strip()
    if not text:
        return None, ""
    found = find_money(text)
    if len(found) == 1 and found[0].start == 0 and found[0].end == len(text):
        return found[0].value.amount, found[0].value.currency or ""
    if _NUMBER.fullmatch(text):
        try:
            amount = to_decimal(text.removeprefix("-").strip())
        except (InvalidOperation, ValueError):
            raise ValueError(_no_amount(text)) from None
        return (-amount if text.startswith("-") else amount), ""
    raise ValueError(_no_amount(text))


def read_plain(raw: Any) -> Decimal | None:
    """A number as programs write it, where "8.975" is less than nine; else as people do."""
    try:
        return _finite(Decimal(str(raw).strip()), raw) if raw is not None else None
    except InvalidOperation:
        return read_amount(raw)[0]


def _finite(amount: Decimal, raw: Any) -> Decimal:
    if not amount.is_finite():
        raise ValueError(_no_amount(str(raw)))
    return amount


def _no_amount(text: str) -> str:
    return f"“{text[:40]}” is no amount: write it in figures, such as 42,500 or $42.5k."


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
