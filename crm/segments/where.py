"""Reads conditions typed in one line, such as “contact.role contains CTO; Head of IT”."""

from collections.abc import Iterable
from typing import Any

from crm.segments.definition import DefinitionError, Problem
from crm.segments.fields import Kind, Takes
from crm.segments.registry import find

SEPARATOR = ";"


def read_lines(lines: Iterable[str], *, match: str = "all") -> dict[str, Any]:
    """A definition of these conditions as data, to be parsed; raises DefinitionError for a line
    that names no field. The operator is a name such as not_in_last; “;” sets values apart."""
    rows, problems = [], []
    for number, line in enumerate(lines, start=1):
        name, _, rest = line.strip().partition(" ")
        field = find(name)
        if field is None:
            words = f"Condition {number}: there is no field “{name[:60]}”; see “segment fields”."
            problems.append(Problem((number - 1,), words))
            continue
        op, _, value = rest.strip().partition(" ")
        operator = field.operators.get(op)
        row: dict[str, Any] = {"field": name, "op": op}
        if field.kind is Kind.BOOL and op in ("", "yes", "no", "true", "false"):
            row = {"field": name, "op": "is", "value": op or "yes"}
        elif operator is not None and operator.takes is Takes.SEVERAL:
            row["value"] = [one.strip() for one in value.split(SEPARATOR) if one.strip()]
        elif value.strip():
            row["value"] = value.strip()
        rows.append(row)
    if problems:
        raise DefinitionError(problems)
    return {"match": match, "conditions": rows}
