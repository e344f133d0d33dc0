"""What pydantic finds wrong in what a person wrote, in our words: what is wrong, what to do."""

from collections.abc import Callable, Mapping
from typing import Any

SHOWN = 60
# By the type of the finding; each takes the value that was found and the finding's limits.
Say = Callable[[str, Mapping[str, Any]], str]


def _number(value: str, _limits: Mapping[str, Any]) -> str:
    if not value:
        return "it is empty; write a number"
    return f"“{value}” is no number; write one such as 12 or 2.5"


def _whole(value: str, _limits: Mapping[str, Any]) -> str:
    if not value:
        return "it is empty; write a whole number"
    return f"“{value}” is no whole number; write one such as 12"


def _pattern(value: str, limits: Mapping[str, Any]) -> str:
    if limits["pattern"] == r"\w":
        return f"“{value}” holds no letter and no digit, so nothing can be found by it"
    return f"“{value}” is no name here; use small letters, digits and _, a letter first"


_SAY: dict[str, Say] = {
    "missing": lambda value, limits: "it is missing; fill it in",
    "extra_forbidden": lambda value, limits: "there is no such setting; take it out",
    "string_too_short": lambda value, limits: "it is empty; fill it in",
    "string_too_long": lambda value, limits: (
        f"it is longer than {limits['max_length']} characters; shorten it"
    ),
    "string_pattern_mismatch": _pattern,
    "too_short": lambda value, limits: "there is none; add at least one",
    "too_long": lambda value, limits: (
        f"there are {limits['actual_length']}; at most {limits['max_length']} fit"
    ),
    "greater_than": lambda value, limits: f"write a number above {limits['gt']:g}",
    "greater_than_equal": lambda value, limits: (
        f"{value} is too small; write {limits['ge']:g} or more"
    ),
    "less_than_equal": lambda value, limits: (
        f"{value} is too large; write {limits['le']:g} or less"
    ),
    "literal_error": lambda value, limits: f"“{value}” is not among {limits['expected']}",
    "enum": lambda value, limits: f"“{value}” is not among {limits['expected']}",
    "string_type": lambda value, limits: "write a text here",
    "list_type": lambda value, limits: "write a list here, in [ ]",
    **dict.fromkeys(
        ("bool_type", "bool_parsing"),
        lambda value, limits: f"“{value}” is neither true nor false",
    ),
    **dict.fromkeys(
        ("dict_type", "model_type", "model_attributes_type"),
        lambda value, limits: "write names with their values here, in { }",
    ),
    **dict.fromkeys(("float_parsing", "float_type", "finite_number"), _number),
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float"), _whole),
}


def in_words(error: Mapping[str, Any]) -> str:
    """One of `ValidationError.errors()` without its place and full stop, small letter first.

    What our own validators raised is told as they word it.
    """
    if error["type"] not in _SAY:
        said: str = error["msg"].removeprefix("Value error, ")
        return said
    return _SAY[error["type"]](_shown(error["input"]), error.get("ctx", {}))


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)[:SHOWN] if isinstance(value, str | int) else ""
