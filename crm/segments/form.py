"""The builder's fields and a definition's data, one from the other; no database, no checking."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from crm.segments import registry
from crm.segments.definition import DEEPEST, MATCHES, MOST_CONDITIONS
from crm.segments.fields import Field, Kind, Takes

Draft = dict[str, Any]
ROOT = "g"
MOST_NODES = MOST_CONDITIONS + 50
BOOLS = {True: "yes", False: "no"}


def draft_of(data: Mapping[str, Any]) -> Draft:
    """The builder's state for a stored definition: every value a list of texts."""
    rows = data.get("conditions", [])
    return {
        "match": data.get("match", "all"),
        "conditions": [
            draft_of(one) if "conditions" in one else _row_of(one)
            for one in rows if isinstance(one, Mapping)
        ],
    }  # fmt: skip


def empty() -> Draft:
    """Where a new segment begins: one condition to fill in."""
    return {"match": "all", "conditions": [new_row()]}


def new_row() -> Draft:
    """What “Add a condition” adds."""
    return {"field": "", "op": "", "values": []}


def read_fields(posted: QueryDict) -> Draft:
    """The builder's state as it was posted; what is odd is left for `parse` to say."""
    paths = [path for path in posted.getlist("node")[:MOST_NODES] if path.startswith(ROOT)]
    children: dict[str, list[str]] = {}
    for path in paths:
        children.setdefault(path.rpartition("-")[0], []).append(path)
    return _group(posted, ROOT, children, 1)


def _group(posted: QueryDict, path: str, children: dict[str, list[str]], depth: int) -> Draft:
    match = posted.get(f"{path}.match", "all")
    rows = [
        _group(posted, one, children, depth + 1) if f"{one}.match" in posted else _row(posted, one)
        for one in (children.get(path, []) if depth <= DEEPEST else [])
    ]
    return {"match": match if match in MATCHES else "all", "conditions": rows}


def _row(posted: QueryDict, path: str) -> Draft:
    row = {
        "field": posted.get(f"{path}.field", "")[:80],
        "op": posted.get(f"{path}.op", "")[:40],
        "values": [one for one in posted.getlist(f"{path}.value") if one.strip()],
    }
    return settled(row)


def settled(row: Draft) -> Draft:
    """The row with an operator its field has: another field asks other questions."""
    field = registry.find(row["field"])
    if field is None or row["op"] in field.operators:
        return row
    first = field.first or next(iter(field.operators))
    return {**row, "op": first, "values": row["values"] if field.kind is Kind.TEXT else []}


def data_of(draft: Draft) -> dict[str, Any]:
    """The definition's data as `definition.parse` takes it; rows nobody began are left out."""
    rows = [
        data_of(one) if "match" in one else _row_data(one)
        for one in draft["conditions"] if "match" in one or one["field"] or one["values"]
    ]  # fmt: skip
    return {"match": draft["match"], "conditions": rows}


def place_of(draft: Draft, path: tuple[int, ...]) -> str:
    """The node in the form of a place in the data: rows left out are counted in."""
    name, group = ROOT, draft
    for wanted in path:
        kept = [n for n, one in enumerate(group["conditions"])
                if "match" in one or one["field"] or one["values"]]  # fmt: skip
        if wanted >= len(kept):
            return name
        name, group = f"{name}-{kept[wanted]}", group["conditions"][kept[wanted]]
    return name


def change(draft: Draft, what: str) -> Draft:
    """Do what a button says, such as “add:g-1”, “group:g” or “remove:g-0”; else nothing."""
    act, _, path = what.partition(":")
    parts = path.split("-")[1:]
    if not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
        return draft
    places = [int(part) for part in parts]
    group = _walk(draft, places[:-1] if act == "remove" else places)
    if group is None:
        return draft
    if act == "add":
        group["conditions"].append(new_row())
    elif act == "group" and len(places) + 1 < DEEPEST:
        group["conditions"].append({"match": "any", "conditions": [new_row()]})
    elif act == "remove" and places and places[-1] < len(group["conditions"]):
        del group["conditions"][places[-1]]
    return draft


def _walk(draft: Draft, places: list[int]) -> Draft | None:
    group = draft
    for place in places:
        rows = group["conditions"]
        if place >= len(rows) or "match" not in rows[place]:
            return None
        group = rows[place]
    return group


def _row_of(data: Mapping[str, Any]) -> Draft:
    value = data.get("value")
    values = value if isinstance(value, list) else [] if value is None else [value]
    texts = [BOOLS[one] if isinstance(one, bool) else str(one) for one in values]
    return {"field": str(data.get("field", "")), "op": str(data.get("op", "")), "values": texts}


def _row_data(row: Draft) -> dict[str, Any]:
    field: Field | None = registry.find(row["field"])
    data: dict[str, Any] = {"field": row["field"], "op": row["op"]}
    operator = field.operators.get(row["op"]) if field else None
    if operator is None or operator.takes is Takes.NOTHING:
        return data
    several = operator.takes is Takes.SEVERAL
    return {**data, "value": row["values"] if several else (row["values"] or [""])[0]}
