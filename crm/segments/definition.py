"""Reads the definition of a segment, and says of each condition what is wrong and what to do."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crm.errors import CrmError
from crm.segments import registry
from crm.segments.fields import Field, Operator
from crm.segments.values import BadValueError, Value, read_value

DEEPEST = 5
MOST_CONDITIONS = 100
MATCHES = {"all": "all of", "any": "any of", "none": "none of"}
LONGEST = 200_000  # characters of JSON


@dataclass(frozen=True, slots=True)
class Condition:
    """One field put to one question; `value` is typed as the operator takes it."""

    field: Field
    operator: Operator
    value: Value = None


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions and groups of which all, any or none must hold; without any, everyone matches."""

    match: str = "all"
    items: "tuple[Condition | Group, ...]" = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong: `path` leads from the outermost group, such as (0, 2), `text` says it."""

    path: tuple[int, ...]
    text: str


class DefinitionError(CrmError):
    """A definition nobody can be found by; `problems` lists every fault with its place."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(one.text for one in problems[:10]))
        self.problems = problems


def read_text(text: str) -> Any:
    """JSON as values; raises DefinitionError for what is none."""
    if len(text) > LONGEST:
        raise _whole(f"The definition is longer than {LONGEST:,} characters: ask for less.")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _whole(f"This is no JSON: {error}.") from error


def parse(data: object) -> Group:
    """The definition as values; raises DefinitionError with every fault found.

    A group is `{"match": "all" | "any" | "none", "conditions": […]}`, a condition
    `{"field": …, "op": …, "value": …}`; choices are asked whether they exist, nothing else is
    looked up.
    """
    if not isinstance(data, Mapping):
        raise _whole("A definition is an object: {“match”: “all”, “conditions”: […]}.")
    if not _storable(data):
        raise _whole("It holds characters that cannot be stored: NUL or half of a pair.")
    reading = _Reading()
    group = reading.group(data, ())
    if reading.count > MOST_CONDITIONS:
        text = f"{reading.count} conditions are too many; {MOST_CONDITIONS} is the most."
        reading.problems = [Problem((), f"{text} Use “is one of” for a list of values.")]
    if reading.problems:
        raise DefinitionError(reading.problems)
    return group


def as_data(group: Group) -> dict[str, Any]:
    """The definition in the one form it is stored in: the same conditions give the same data."""
    return {
        "match": group.match,
        "conditions": [
            as_data(one) if isinstance(one, Group) else condition_data(one) for one in group.items
        ],
    }


def condition_data(condition: Condition) -> dict[str, Any]:
    """One condition as it is stored."""
    data: dict[str, Any] = {"field": condition.field.name, "op": condition.operator.name}
    if condition.value is not None:
        value = condition.value
        data["value"] = list(value) if isinstance(value, tuple) else value
    return data


def conditions_of(group: Group) -> Iterator[Condition]:
    """Every condition, in the order in which they stand."""
    for one in group.items:
        if isinstance(one, Group):
            yield from conditions_of(one)
        else:
            yield one


def fields_of(group: Group) -> list[Field]:
    """Each field that is asked, once, in the order in which they stand."""
    return list({one.field.name: one.field for one in conditions_of(group)}.values())


def _whole(text: str) -> DefinitionError:
    return DefinitionError([Problem((), text)])


class _Reading:
    """One pass over the data; faults are collected, so that all can be mended at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.count = 0

    def group(self, data: Mapping[str, Any], path: tuple[int, ...]) -> Group:
        if len(path) >= DEEPEST:
            self._fault(path, f"Groups stand {DEEPEST} deep at most: take this one out of another.")
            return Group()
        match, rows = data.get("match", "all"), data.get("conditions", [])
        unknown = sorted(str(one) for one in data.keys() - {"match", "conditions"})
        if unknown:
            self._fault(path, f"A group has a match and conditions, no “{unknown[0][:40]}”.")
        if not isinstance(match, str) or match not in MATCHES:
            self._fault(path, f"A group matches all, any or none, not {_shown(match)}.")
            match = "all"
        if not isinstance(rows, list):
            self._fault(path, "The conditions of a group are a list.")
            rows = []
        items = [self._item(row, (*path, n)) for n, row in enumerate(rows)]
        return Group(match, tuple(one for one in items if one is not None))

    def _item(self, data: object, path: tuple[int, ...]) -> Condition | Group | None:
        if isinstance(data, Mapping) and ("conditions" in data or "match" in data):
            return self.group(data, path)
        self.count += 1
        if self.count > MOST_CONDITIONS:
            return None  # counted on, to say how many; nothing more is looked up
        if not isinstance(data, Mapping):
            self._fault(path, "is no object with field, op and value", self.count)
            return None
        return self._condition(data, path)

    def _condition(self, data: Mapping[str, Any], path: tuple[int, ...]) -> Condition | None:
        number, name = self.count, data.get("field", "")
        field = registry.find(name) if isinstance(name, str) else None
        if field is None:
            words = f"there is no field {_shown(name)} any more; choose another or remove it"
            self._fault(path, words if name else "choose a field", number)
            return None
        unknown = sorted(str(one) for one in data.keys() - {"field", "op", "value"})
        if unknown:
            words = f"a condition has field, op and value, no “{unknown[0][:40]}”"
            self._fault(path, words, number)
        op = data.get("op", "")
        operator = field.operators.get(op) if isinstance(op, str) else None
        if operator is None:
            offered = ", ".join(field.operators)
            words = f"{field.label} cannot be asked {_shown(op)}; it can be asked: {offered}"
            self._fault(path, words, number)
            return None
        try:
            return Condition(field, operator, read_value(field, operator, data.get("value")))
        except BadValueError as error:
            self._fault(path, f"{field.label}: {error}", number)
            return None

    def _fault(self, path: tuple[int, ...], text: str, number: int = 0) -> None:
        self.problems.append(Problem(path, f"Condition {number}: {text}." if number else text))


def _shown(value: object) -> str:
    return f"“{str(value)[:60]}”"


def _storable(data: Mapping[str, Any]) -> bool:
    try:
        text = json.dumps(dict(data), default=str, ensure_ascii=False)
        text.encode()
    except (UnicodeEncodeError, RecursionError, TypeError, ValueError):
        return False
    return "\\u0000" not in text and "\x00" not in text
