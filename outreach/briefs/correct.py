"""What a person says of a request's fields: corrects what was read, answers what was asked."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone as clock

from compliance import audit
from crm.categories.schema import CategorySchema, FieldSpec, FieldType
from crm.categories.wording import headline
from crm.models import Request
from crm.places import resolve_airport
from outreach.briefs.derive import derive
from outreach.briefs.reading import Evidence
from outreach.briefs.rules import find_missing
from outreach.errors import OutreachError
from outreach.reading.field_values import as_typed, parse_field
from outreach.reading.typed import read_amount

COUNTED = frozenset({FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.PERCENT})


class BadFieldsError(OutreachError):
    """Values that cannot be taken: `problems` says by field name what to do about each."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


@transaction.atomic
def correct_request(
    request_id: UUID, given: Mapping[str, Any], *, actor: str, settled: Collection[str] = ()
) -> Request:
    """Write the given values, by field name; an empty one empties its field.

    What follows from them is filled in, and what is missing or contradictory is found anew;
    `settled` are the contradictions the person has looked at. Fields not given stay as they are,
    whoever changed them meanwhile. Raises BadFieldsError, and changes nothing, for a request
    without a category and for values that do not fit.
    """
    request = (
        Request.objects.select_for_update(of=("self",))
        .select_related("category")
        .get(pk=request_id)
    )
    if request.category is None:
        raise BadFieldsError({"category": "Choose a category first: read the request again as it."})
    schema = request.category.schema
    values = _parse(request, schema, given)
    before = dict(request.constraints)
    after = _in_order(schema, {**before, **values})
    evidence = _evidence(request, after, values)
    contradictions = derive(after, evidence, schema)
    known = derive(dict(before), _evidence(request, before, {}), schema)
    request.problems = [
        problem
        for problem in dict.fromkeys(
            [*(one for one in request.problems if one not in known), *contradictions]
        )
        if problem not in settled
    ]
    request.missing = [
        asdict(one) for one in find_missing(after, schema, _still_open(request, given, after))
    ]
    if request.summary == _summary(request, schema, before):
        request.summary = _summary(request, schema, after)
    request.constraints = after
    request.reading = {
        **request.reading,
        "evidence": {name: asdict(one) for name, one in evidence.items() if one.text},
    }
    request.save(
        update_fields=["constraints", "missing", "problems", "summary", "reading", "updated_at"]
    )
    audit.append("request.corrected", request, actor=actor, data={"fields": sorted(given)})
    return request


def _parse(request: Request, schema: CategorySchema, given: Mapping[str, Any]) -> dict[str, Any]:
    specs = {spec.name: spec for spec in schema.used_in("brief")}
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, raw in given.items():
        if name not in specs:
            problems[name] = f"“{name[:40]}” is no field of {schema.name}."
            continue
        try:
            values[name] = _value(request, specs[name], raw)
        except ValueError as error:
            problems[name] = str(error)
    if problems:
        raise BadFieldsError(problems)
    return values


def _value(request: Request, spec: FieldSpec, raw: Any) -> Any:
    """As the rules engine stores it: money as text, a day that lies ahead, an airport's code."""
    if as_typed(raw).strip() == "":
        return None
    if spec.type == FieldType.AIRPORT:
        return _airport(spec, as_typed(raw))
    value = parse_field(spec, raw, spec.type)
    if spec.type in COUNTED and value <= 0:
        raise ValueError(f"{spec.label}: more than 0 is needed.")
    if spec.type == FieldType.MONEY:
        _, currency = read_amount(raw)
        if currency and currency != request.currency:
            raise ValueError(
                f"{spec.label}: this request is in {request.currency}; give the amount in it, or "
                "change the currency first."
            )
        return str(value)
    if spec.type == FieldType.DATE and value < _today(request).isoformat()[: len(value)]:
        raise ValueError(f"{spec.label}: {value} is in the past.")
    return value


def _airport(spec: FieldSpec, text: str) -> str:
    found = resolve_airport(text.strip())
    if found is None:
        raise ValueError(
            f"{spec.label}: no airport “{text[:40]}” is known; give its code, such as TEB."
        )
    if found.code is None:
        raise ValueError(
            f"{spec.label}: there is more than one “{text[:40]}”: {', '.join(found.choices)}."
        )
    return found.code


def _today(request: Request) -> date:
    return clock.now().astimezone(ZoneInfo(request.timezone)).date()


def _in_order(schema: CategorySchema, values: Mapping[str, Any]) -> dict[str, Any]:
    """Emptied fields left out, the others as the category lists them; what it lost comes last."""
    names = [spec.name for spec in schema.used_in("brief")]
    names += [name for name in values if name not in names]
    return {name: values[name] for name in names if values.get(name) is not None}


def _evidence(
    request: Request, values: Mapping[str, Any], said: Mapping[str, Any]
) -> dict[str, Evidence]:
    """The client's words for each value; none for what a person said in their place."""
    kept = request.reading.get("evidence", {})
    nothing = Evidence("", 0, 0)
    return {
        name: Evidence(**kept[name]) if name in kept and name not in said else nothing
        for name in values
    }


def _still_open(
    request: Request, given: Mapping[str, Any], values: Mapping[str, Any]
) -> dict[str, str]:
    """The questions asked in other words than the field's own ("which airport is meant by …?")."""
    return {
        one["field"]: one["question"]
        for one in request.missing
        if one["field"] not in given and one["field"] not in values
    }


def _summary(request: Request, schema: CategorySchema, values: Mapping[str, Any]) -> str:
    line = headline(schema, values)
    return f"{schema.name}: {line}"[:300] if line else request.summary
