"""Lets a model read a brief, and keeps of its answer what the client's own words bear out."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import connection
from pydantic import BaseModel, Field

from crm.categories.schema import CategorySchema, FieldSpec, FieldType
from crm.places import resolve_airport
from outreach.ai.client import ask, configured
from outreach.ai.prompts import render
from outreach.briefs.reading import BriefReading, Evidence, Missing
from outreach.briefs.rules import find_missing
from outreach.reading.dates import find_dates
from outreach.reading.numbers import find_numbers

Scalar = str | int | float | bool


class ReadValue(BaseModel):
    """One field the model filled, with the client's words."""

    field: str
    value: Scalar
    words: str


class ModelReading(BaseModel):
    """What the model answers with."""

    category: str | None = None
    values: list[ReadValue] = Field(default_factory=list, max_length=40)


def improve(
    reading: BriefReading, *, today: date, timezone: str, schemas: Mapping[str, CategorySchema]
) -> BriefReading:
    """The rules' reading completed by the model; unchanged without a model or a valid answer.

    What the rules read stays; where the model differs on a value, a person is asked. A value whose
    words do not stand in the brief, or do not bear the value out, is dropped.
    """
    if not configured() or connection.in_atomic_block or not reading.text.strip():
        return reading
    answer = _ask(reading, today, timezone, schemas)
    if answer is None:
        return reading
    model, engine = answer
    slug = reading.category or (model.category if model.category in schemas else None)
    if slug is None:
        return replace(reading, engine=engine)
    if reading.category is None:
        # The rules found no category; with the model's, they read the fields themselves first.
        from outreach.briefs.reader import read_brief

        reading = read_brief(
            reading.text, today=today, timezone=timezone, schemas=schemas, category=slug
        )
        reading = replace(reading, category_confidence=0.6)
    return _complete(reading, model, schemas[slug], today, engine)


def _ask(
    reading: BriefReading, today: date, timezone: str, schemas: Mapping[str, CategorySchema]
) -> tuple[ModelReading, str] | None:
    schema = schemas.get(reading.category or "")
    fields = schema.used_in("brief") if schema else []
    prompt = render(
        "read_brief",
        today=today.isoformat(),
        timezone=timezone,
        categories=sorted(schemas),
        fields=fields,
        brief=reading.text,
    )
    answer = ask("read_brief", prompt, ModelReading)
    return (answer.value, answer.model[:40]) if answer else None


def _complete(
    reading: BriefReading, model: ModelReading, schema: CategorySchema, today: date, engine: str
) -> BriefReading:
    specs = {spec.name: spec for spec in schema.used_in("brief")}
    constraints, evidence = dict(reading.constraints), dict(reading.evidence)
    problems = list(reading.problems)
    for read in model.values:
        spec = specs.get(read.field)
        at = reading.text.find(read.words) if read.words.strip() else -1
        if spec is None or at < 0:
            continue
        value = borne_out(spec, read, today)
        known = constraints.get(spec.name)
        if value is None:
            continue
        if known is None:
            constraints[spec.name] = value
            evidence[spec.name] = Evidence(read.words, at, at + len(read.words))
        elif _differs(known, value):
            problems.append(
                f"{spec.label}: the brief can be read as {known} or as {value}. Which is meant?"
            )
    questions = _open_questions(reading.missing, constraints)
    return replace(
        reading,
        constraints=constraints,
        evidence=evidence,
        problems=list(dict.fromkeys(problems)),
        missing=find_missing(constraints, schema, questions),
        engine=engine,
    )


def _open_questions(missing: list[Missing], constraints: Mapping[str, Any]) -> dict[str, str]:
    return {m.field: m.question for m in missing if m.field not in constraints}


def borne_out(spec: FieldSpec, read: ReadValue, today: date) -> Any:
    """The model's value in stored form if its words really say it, else None."""
    words, value = read.words, read.value
    if spec.type == FieldType.DATE:
        found = find_dates(words, today=today).dates
        days = {d.isoformat() for f in found for d in (f.value.first, f.value.last) if d}
        days |= {f.value.iso() for f in found}
        return str(value) if str(value) in days and str(value) >= today.isoformat()[:7] else None
    if spec.type in {FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.PERCENT}:
        return _number(spec, value, words)
    if spec.type == FieldType.AIRPORT:
        named = resolve_airport(words)
        return named.code if named and named.code == str(value).upper() else None
    if spec.type == FieldType.BOOLEAN:
        return value if isinstance(value, bool) else None
    if spec.choices:
        return str(value) if str(value) in spec.choices else None
    text = str(value).strip()
    return text if text and text.lower() in words.lower() else None


def _number(spec: FieldSpec, value: Scalar, words: str) -> Any:
    try:
        wanted = Decimal(str(value))
    except InvalidOperation:
        return None
    if wanted not in {found.value for found in find_numbers(words)}:
        return None
    if spec.type == FieldType.INTEGER:
        return int(wanted) if wanted == int(wanted) else None
    return f"{wanted:f}" if spec.type == FieldType.MONEY else _plain(wanted)


def _plain(number: Decimal) -> int | str:
    return int(number) if number == int(number) else f"{number:f}"


def _differs(known: object, value: object) -> bool:
    plain = [re.sub(r"[\W_]+", " ", str(v)).strip().lower() for v in (known, value)]
    return plain[0] != plain[1] and plain[0] not in plain[1] and plain[1] not in plain[0]
