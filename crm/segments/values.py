"""Reads the value of a condition as its field's type; refuses in words that say what to write."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from crm.segments.fields import MOST_OFFERED, Choices, Field, Kind, Operator, Takes

LONGEST_VALUE = 200
MOST_VALUES = 500
# What is looked for inside texts is held against every row: fewer at once.
PARTS, MOST_PARTS = ("word", "contains", "contains_not", "starts"), 50
MOST_DAYS = 3650
LARGEST_NUMBER = Decimal("1e12")
Value: TypeAlias = "str | int | float | bool | tuple[str, ...] | None"


class BadValueError(Exception):
    """A value the field cannot be asked for; the text goes after the field's name."""


def read_value(field: Field, operator: Operator, value: object) -> Value:
    """The value as it is stored: dates as ISO text, several as a tuple without doubles."""
    match operator.takes:
        case Takes.NOTHING:
            if value not in (None, ""):
                raise BadValueError(f"“{operator.label}” takes no value; leave it out")
            return None
        case Takes.DAYS:
            return _days(value)
        case Takes.SEVERAL:
            return _several(field, value, MOST_PARTS if operator.name in PARTS else MOST_VALUES)
    return _one(field, value)


def _one(field: Field, value: object) -> Value:
    match field.kind:
        case Kind.NUMBER:
            return _number(value)
        case Kind.DATE:
            return _date(value)
        case Kind.BOOL:
            return _bool(value)
    if isinstance(value, list | tuple) and len(value) == 1:
        value = value[0]
    text = _text(value)
    return _chosen([text], field.choices)[0] if field.choices else text


def _several(field: Field, value: object, most: int) -> tuple[str, ...]:
    given = list(value) if isinstance(value, list | tuple) else [value]
    if len(given) > most:
        raise BadValueError(f"{len(given)} values are too many; {most} is the most")
    if not given:
        raise BadValueError("choose or write at least one value")
    texts = [_text(one) for one in given]
    if field.choices:
        texts = _chosen(texts, field.choices)
    return tuple(dict.fromkeys(texts))


def _text(value: object) -> str:
    value = "" if value is None else value
    if not isinstance(value, str):
        raise BadValueError(f"write a text, not {_shown(value)}")
    text = " ".join(value.split())
    if not text:
        raise BadValueError("fill in what to look for")
    if len(text) > LONGEST_VALUE:
        raise BadValueError(f"“{text[:30]}…” is longer than {LONGEST_VALUE} characters")
    return text


def _chosen(texts: Sequence[str], choices: Choices) -> list[str]:
    """Values that exist; what is written as people call it is taken for the value."""
    known = choices.labels(texts)
    return [text if text in known else _meant(text, choices) for text in texts]


def _meant(text: str, choices: Choices) -> str:
    offered = choices.search(text)
    wanted = text.casefold()
    same = [value for value, label in offered if wanted in (label.casefold(), value.casefold())]
    if len(same) == 1:
        return same[0]
    if same:
        raise BadValueError(f"“{text}” is the name of several; choose one from the list")
    near = [label for _value, label in (offered or choices.search(""))[:MOST_OFFERED]]
    told = f"; there are: {', '.join(near)}" if near else ""
    raise BadValueError(f"there is no “{text}”{told}")


def _number(value: object) -> int | float:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadValueError(f"write a number, not {_shown(value)}")
    try:
        number = Decimal(str(value).strip().replace(" ", ""))
    except InvalidOperation as error:
        raise BadValueError(f"write a number such as 50, not {_shown(value)}") from error
    if not number.is_finite() or abs(number) > LARGEST_NUMBER:
        raise BadValueError(f"{_shown(value)} is no number that can be compared")
    return int(number) if number == number.to_integral_value() else float(number)


def _days(value: object) -> int:
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        value = int(value.strip()[:9])
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_DAYS:
        raise BadValueError(f"write how many days, 1 to {MOST_DAYS}, not {_shown(value)}")
    return value


def _date(value: object) -> str:
    try:
        return date.fromisoformat(str(value).strip()[:20]).isoformat()
    except ValueError as error:
        raise BadValueError(f"write a date such as 2026-01-31, not {_shown(value)}") from error


def _bool(value: object) -> bool:
    if isinstance(value, bool):
        return value
    said = {"true": True, "yes": True, "false": False, "no": False}.get(str(value).lower())
    if said is None:
        raise BadValueError(f"choose yes or no, not {_shown(value)}")
    return said


def _shown(value: object) -> str:
    return f"“{str(value)[:60]}”"
