"""What follows from what was said: nights from dates, the end from a length, the kind of trip."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from crm.categories.schema import CategorySchema
from outreach.briefs.reading import Evidence

SPANS = (
    ("check_in", "check_out", "nights", 0),
    ("start_date", "end_date", "nights", 0),
    ("start_date", "end_date", "days", 1),
    ("date", "end_date", "days", 1),
)


def derive(
    constraints: dict[str, Any], evidence: dict[str, Evidence], schema: CategorySchema
) -> list[str]:
    """Fill what the given values imply, in place; returns contradictions in words.

    Evidence of a derived value is that of the value it came from.
    """
    names = {spec.name for spec in schema.used_in("brief")}
    problems: list[str] = []
    for start, end, length, inclusive in SPANS:
        if {start, end, length} <= names:
            both = {"nights", "days"} <= names
            problems += _span(constraints, evidence, (start, end, length), inclusive, both)
    if "trip_type" in names and "return_date" in constraints:
        if constraints.get("trip_type") == "one_way":
            problems.append("The brief says one way but names a return date. Which one is meant?")
        elif "trip_type" not in constraints:
            constraints["trip_type"] = "round_trip"
            evidence["trip_type"] = evidence["return_date"]
    return problems + _order(constraints)


def _span(
    constraints: dict[str, Any],
    evidence: dict[str, Evidence],
    fields: tuple[str, str, str],
    inclusive: int,
    both: bool,
) -> list[str]:
    start, end, length = fields
    first, last = _day(constraints.get(start)), _day(constraints.get(end))
    count = constraints.get(length)
    if first and last and last >= first:
        computed = (last - first).days + inclusive
        # Where nights and days are both asked for, the dates do not say which is meant.
        if count is None and not both:
            constraints[length] = computed
            evidence[length] = evidence[end]
        elif count is not None and abs(int(count) - computed) > 1:
            return [f"The dates make {computed} {length}, the brief says {count}."]
    elif first and isinstance(count, int) and 0 < count < 1000:
        constraints[end] = (first + timedelta(days=count - inclusive)).isoformat()
        evidence[end] = evidence[length]
    return []


def _order(constraints: Mapping[str, Any]) -> list[str]:
    for start, end in (("date", "return_date"), ("check_in", "check_out"),
                       ("start_date", "end_date"), ("date", "end_date")):  # fmt: skip
        first, last = _day(constraints.get(start)), _day(constraints.get(end))
        if first and last and last < first:
            return [f"It ends on {last.isoformat()}, before it begins on {first.isoformat()}."]
    return []


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
