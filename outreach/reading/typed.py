"""Texts and amounts as people type them into a form: "42,500", "$42.5k"."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from outreach.reading.money import find_money
from outreach.reading.numbers import to_decimal

_NUMBER = re.compile(r"-?\d[\d.,’'\u00a0\u202f ]*")


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
