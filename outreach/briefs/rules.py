"""The rules engine: reads the fields of one category out of a prepared brief."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from crm.categories.schema import CategorySchema, FieldSpec, FieldType
from crm.places import resolve_airport
from outreach.briefs.amounts import read_money
from outreach.briefs.choices import read_boolean, read_choice, read_labelled
from outreach.briefs.context import BriefText
from outreach.briefs.counts import read_count
from outreach.briefs.derive import derive
from outreach.briefs.moments import assign_dates, read_time
from outreach.briefs.places import Phrase, find_location, find_route
from outreach.briefs.reading import Evidence, Missing
from outreach.reading.found import Found
from outreach.reading.tongues import find_language_pair

# Read in this order: what is surest takes its words first.
ORDER = (FieldType.DATE, FieldType.MONEY, FieldType.TIME, FieldType.DECIMAL, FieldType.INTEGER)
COUNTED = frozenset({FieldType.INTEGER, FieldType.DECIMAL})
PLACED = frozenset({FieldType.AIRPORT, FieldType.PLACE})


@dataclass(slots=True)
class Values:
    """Values by field with their evidence, while they are being read."""

    brief: BriefText
    constraints: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    currency: str | None = None

    def put(self, name: str, value: Any, start: int, end: int) -> None:
        """Keep one value and the words it was read from."""
        self.constraints[name] = value
        self.evidence[name] = Evidence(self.brief.text[start:end], start, end)

    def put_found(self, name: str, found: Found[Any] | None) -> None:
        """Keep a reader's result where it found something."""
        if found is not None:
            self.put(name, found.value, found.start, found.end)


def read_fields(brief: BriefText, schema: CategorySchema) -> Values:
    """Every brief field of the category that the text answers."""
    specs = schema.used_in("brief")
    values = Values(brief)
    for name, found in assign_dates(brief, specs).items():
        values.put_found(name, found)
    _read_places(values, specs)
    for spec in sorted(specs, key=_rank):
        _read_one(values, spec)
    brief.problems += derive(values.constraints, values.evidence, schema)
    if values.currency is None:
        values.currency = next((m.value.currency for m in brief.money if m.value.currency), None)
    return values


def _rank(spec: FieldSpec) -> tuple[int, int]:
    place = ORDER.index(spec.type) if spec.type in ORDER else len(ORDER)
    # "Hours per day" before "hours", "10 bedrooms" before "10 rooms": the longer unit is surer.
    return place, -len(spec.unit if spec.unit != "people" else "")


def _read_one(values: Values, spec: FieldSpec) -> None:
    brief = values.brief
    if spec.type == FieldType.MONEY:
        found = read_money(brief, spec)
        if found:
            values.put(spec.name, str(found.value.amount), found.start, found.end)
            values.currency = values.currency or found.value.currency
    elif spec.type == FieldType.TIME:
        values.put_found(spec.name, read_time(brief))
    elif spec.type in COUNTED:
        values.put_found(spec.name, read_count(brief, spec))
    elif spec.type == FieldType.BOOLEAN:
        values.put_found(spec.name, read_boolean(brief, spec))
    elif spec.unit == "languages":
        values.put_found(spec.name, find_language_pair(brief.text))
    elif spec.value_words:
        values.put_found(spec.name, read_choice(brief, spec))
    elif spec.type in {FieldType.TEXT, FieldType.DURATION}:
        values.put_found(spec.name, read_labelled(brief, spec))


def _read_places(values: Values, specs: list[FieldSpec]) -> None:
    fields = {s.name: s for s in specs if s.type in PLACED}
    origin: Phrase | None = None
    destination: Phrase | None = None
    if "origin" in fields or "area" in fields:
        origin, destination = find_route(values.brief)
    if "area" in fields and origin and destination and origin.known:
        words = values.brief.text[origin.start : destination.end]
        values.put("area", words, origin.start, destination.end)
        return
    route_needed = fields.get("origin") is not None and fields["origin"].required
    if "origin" in fields and (route_needed or (origin and destination)):
        for name, phrase in (("origin", origin), ("destination", destination)):
            _put_place(values, fields[name], phrase)
        if origin and destination:
            return
    for name, spec in fields.items():
        if name not in {"origin", "destination"}:
            place = find_location(values.brief)
            # A name we do not know is believed where a place is needed, not where it may be one.
            if place and (place.known or spec.required):
                _put_place(values, spec, place)


def _put_place(values: Values, spec: FieldSpec, phrase: Phrase | None) -> None:
    if phrase is None:
        return
    if spec.type == FieldType.PLACE:
        values.put(spec.name, phrase.words, phrase.start, phrase.end)
        return
    resolved = resolve_airport(phrase.words)
    if resolved is None:
        question = f"Which airport is meant by “{phrase.words}”?"
        values.brief.questions[spec.name] = question
    elif resolved.code is None:
        listed = ", ".join(resolved.choices)
        question = f"There is more than one {phrase.words} ({listed}). Which airport is meant?"
        values.brief.questions[spec.name] = question
    else:
        values.put(spec.name, resolved.code, phrase.start, phrase.end)
        if resolved.note:
            values.brief.notes.append(resolved.note)


def find_missing(
    constraints: dict[str, Any], schema: CategorySchema, questions: dict[str, str]
) -> list[Missing]:
    """What a vendor would have to ask back: required fields left open, and vague ones."""
    missing = []
    for spec in schema.used_in("brief"):
        value = constraints.get(spec.name)
        if spec.name in questions:
            missing.append(Missing(spec.name, questions[spec.name]))
        elif spec.required and value is None:
            question = spec.question or f"What is the {spec.label.lower()}?"
            missing.append(Missing(spec.name, question))
        elif spec.required and spec.type == FieldType.DATE and len(str(value)) == 7:
            month = date.fromisoformat(f"{value}-01")
            missing.append(Missing(spec.name, f"Which day in {month:%B %Y}?"))
    if constraints.get("trip_type") == "round_trip" and "return_date" not in constraints:
        missing.append(Missing("return_date", "On which date is the return?"))
    return missing
