"""What a condition may ask: fields, the rows they are read from, and each kind's operators."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

MOST_OFFERED = 20


class Kind(StrEnum):
    """The type of a field's values."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOL = "bool"
    CHOICE = "choice"
    TAGS = "tags"


class Takes(StrEnum):
    """What an operator wants beside it."""

    NOTHING = "nothing"
    ONE = "one"
    SEVERAL = "several"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Operator:
    """One question: `name` is stored, `label` shown, `phrase` told of {field} and {value}.

    `negates` names the operator whose answer it turns round, so that each question is put to the
    database in one place and who answers neither way is on the side of “not”.
    """

    name: str
    label: str
    takes: Takes
    phrase: str
    negates: str = ""


def _table(*operators: Operator) -> dict[str, Operator]:
    return {one.name: one for one in operators}


_EMPTY = Operator("empty", "is empty", Takes.NOTHING, "{field} is empty")
_FILLED = Operator("filled", "is filled in", Takes.NOTHING, "{field} is filled in", negates="empty")
_NONE_OF = Operator(
    "none_of", "is none of", Takes.SEVERAL, "{field} is not {value}", negates="one_of"
)
OPERATORS: Mapping[Kind, Mapping[str, Operator]] = {
    Kind.TEXT: _table(
        Operator("is", "is", Takes.ONE, "{field} is {value}"),
        Operator("is_not", "is not", Takes.ONE, "{field} is not {value}", negates="is"),
        Operator("word", "has the word", Takes.SEVERAL, "{field} has the word {value}"),
        Operator("contains", "contains", Takes.SEVERAL, "{field} contains {value}"),
        Operator(
            "contains_not", "does not contain", Takes.SEVERAL, "{field} does not contain {value}",
            negates="contains",
        ),
        Operator("starts", "starts with", Takes.SEVERAL, "{field} starts with {value}"),
        Operator("one_of", "is one of", Takes.SEVERAL, "{field} is {value}"),
        _NONE_OF,
        _EMPTY, _FILLED,
    ),
    Kind.NUMBER: _table(
        Operator("is", "is", Takes.ONE, "{field} is {value}"),
        Operator("is_not", "is not", Takes.ONE, "{field} is not {value}", negates="is"),
        Operator("at_least", "is at least", Takes.ONE, "{field} is at least {value}"),
        Operator("at_most", "is at most", Takes.ONE, "{field} is at most {value}"),
        _EMPTY, _FILLED,
    ),
    Kind.DATE: _table(
        Operator("in_last", "in the last … days", Takes.DAYS, "{field} in the last {value} days"),
        Operator(
            "not_in_last", "not in the last … days", Takes.DAYS,
            "not {field} in the last {value} days", negates="in_last",
        ),
        Operator("before", "before", Takes.ONE, "{field} before {value}"),
        Operator("after", "on or after", Takes.ONE, "{field} on or after {value}"),
        Operator("empty", "never", Takes.NOTHING, "never {field}"),
        Operator("filled", "at any time", Takes.NOTHING, "{field} at some time", negates="empty"),
    ),
    Kind.BOOL: _table(Operator("is", "is", Takes.ONE, "{field}")),
    Kind.CHOICE: _table(
        Operator("is", "is", Takes.ONE, "{field} is {value}"),
        Operator("is_not", "is not", Takes.ONE, "{field} is not {value}", negates="is"),
        Operator("one_of", "is one of", Takes.SEVERAL, "{field} is {value}"),
        _NONE_OF,
        _EMPTY, _FILLED,
    ),
    Kind.TAGS: _table(
        Operator("has", "has all of", Takes.SEVERAL, "{field} has all of {value}"),
        Operator("has_any", "has any of", Takes.SEVERAL, "{field} has any of {value}"),
        Operator(
            "has_none", "has none of", Takes.SEVERAL, "{field} has none of {value}",
            negates="has_any",
        ),
        _EMPTY, _FILLED,
    ),
}  # fmt: skip


class Reach(StrEnum):
    """How a field's rows belong to a person."""

    OWN = "own"  # one value: the person's, or their company's
    SAME = "same"  # many rows; conditions side by side speak of one and the same row
    ANY = "any"  # many rows; each condition asks all of them


@dataclass(frozen=True, slots=True)
class Source:
    """Where fields stand: a heading for people, and the rows with the way back to the contact.

    `rows` is None for what the contact itself carries. Sources of one `name` share their rows.
    `phrase` opens what is told of rows asked together, such as “has a lead whose”; `prefix`
    stands before the fields' labels in words.
    """

    name: str
    heading: str
    reach: Reach = Reach.OWN
    rows: Callable[[], "QuerySet[Any]"] | None = None
    link: str = "contact"
    phrase: str = ""
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """The values a choice may take. `search` offers (value, label) for a typed part, `labels`
    tells the label of each value that exists."""

    search: Callable[[str], Sequence[tuple[str, str]]]
    labels: Callable[[Sequence[str]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that may be asked. `path` leads to it from its source's row.

    `suggest` offers the values that stand in the database, for text and tags. `yes` and `no` tell
    a bool in words; of other kinds they stand for the whole phrase, with {} for the value.
    """

    name: str
    label: str
    kind: Kind
    source: Source
    path: str
    choices: Choices | None = None
    suggest: "Callable[[str], Sequence[str]] | None" = None
    yes: str = ""
    no: str = ""
    rows: Callable[[], "QuerySet[Any]"] | None = None
    first: str = ""  # the operator a new condition begins with
    keyed: bool = False  # a key of another table, or a number: never an empty text

    @property
    def reach(self) -> Reach:
        return self.source.reach

    @property
    def operators(self) -> Mapping[str, Operator]:
        return OPERATORS[self.kind]

    def query(self) -> "QuerySet[Any]":
        """The rows to look in, of a field that is not the contact's own."""
        rows = self.rows or self.source.rows
        if rows is None:
            raise ValueError(f"{self.name} is read from the contact itself.")
        return rows()


def fixed(pairs: Sequence[tuple[str, str]]) -> Choices:
    """Choices that are written down once, such as those of a model's field."""
    table = {str(value): str(label) for value, label in pairs}

    def search(typed: str) -> list[tuple[str, str]]:
        part = typed.casefold()
        return [(value, label) for value, label in table.items()
                if part in label.casefold() or part == value.casefold()]  # fmt: skip

    return Choices(search, lambda values: {one: table[one] for one in values if one in table})
