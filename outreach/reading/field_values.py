"""One category field's value as it is typed, stored as the schema's type."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from crm.categories.schema import FieldSpec, FieldType
from outreach.reading.typed import clean_text, read_amount

_YES = frozenset({"true", "yes", "y", "1", "on"})
_NO = frozenset({"false", "no", "n", "0", "off"})
_TIME = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_NUMERIC = frozenset({FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.PERCENT})
LONGEST = 300
HIGHEST = 10**15  # a JSON number that every reader keeps exact


def parse_field(spec: FieldSpec, raw: Any, kind: FieldType) -> Any:
    """The value as what the field is in a brief or an answer, JSON-ready; None for nothing.

    Raises ValueError in words.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if kind == FieldType.BOOLEAN:
        return _boolean(spec, raw)
    if kind in _NUMERIC:
        return _number(spec, raw, kind)
    text = clean_text(raw, LONGEST, spec.label)
    if kind == FieldType.DATE:
        return _date(spec, text)
    if kind == FieldType.TIME and not _TIME.fullmatch(text):
        raise ValueError(f"{spec.label}: “{text}” is no time, write it as 16:00.")
    if kind == FieldType.CHOICE and spec.choices and text not in spec.choices:
        raise ValueError(f"{spec.label}: choose one of {', '.join(spec.choices)}.")
    return text


def as_typed(value: Any) -> str:
    """A value as a form shows it, so that what comes back unchanged can be told."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:,.2f}".removesuffix(".00")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)


def _boolean(spec: FieldSpec, raw: Any) -> bool:
    text = str(raw).strip().lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise ValueError(f"{spec.label}: say yes or no.")


def _number(spec: FieldSpec, raw: Any, kind: FieldType) -> int | float:
    text = raw.strip().removesuffix("%") if isinstance(raw, str) else raw
    try:
        amount, _ = read_amount(text)
    except ValueError:
        raise ValueError(f"{spec.label}: “{raw}” is no number.") from None
    if amount is None or abs(amount) > HIGHEST:
        raise ValueError(f"{spec.label}: “{raw}” is no number.")
    if amount == amount.to_integral_value():
        return int(amount)
    if kind == FieldType.INTEGER:
        raise ValueError(f"{spec.label}: a whole number is needed, not “{raw}”.")
    return float(amount)


def _date(spec: FieldSpec, text: str) -> str:
    if _MONTH.fullmatch(text):
        return text
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(
            f"{spec.label}: “{text}” is no date, write it as 2026-12-31 or 2026-12."
        ) from None
