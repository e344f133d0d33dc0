"""A request's values in human words: dates written out, airports named, units spelled."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from crm.categories.schema import CategorySchema, FieldSpec, FieldType, Use
from crm.places import describe_airport
from crm.places.cities import english_key

UNITS = {
    "kg": "kg",
    "sqft": "sq ft",
    "ct": "carats",
    "hours": "hours",
    "nights": "nights",
    "days": "days",
    "hours per day": "hours a day",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of a request as a person would write it beside its label."""

    name: str
    label: str
    text: str


def write_date(value: str, *, weekday: bool = True) -> str:
    """ "Monday, March 15, 2027" for an ISO date, "April 2027" for a month; else as given."""
    try:
        if len(value) == 7:
            return f"{date.fromisoformat(value + '-01'):%B %Y}"
        day = date.fromisoformat(value)
    except ValueError:
        return value
    prefix = f"{day:%A}, " if weekday else ""
    return f"{prefix}{day:%B} {day.day}, {day.year}"


def write_money(amount: object, currency: str | None) -> str:
    """ "$40,000" or "CHF 2,400.50"; without a currency just the number."""
    try:
        value = Decimal(str(amount))
    except InvalidOperation:
        return str(amount)
    plain = f"{value:,.2f}".removesuffix(".00")
    sign = {"USD": "$", "EUR": "€", "GBP": "£"}.get(currency or "")
    if sign:
        return f"{sign}{plain}"
    return f"{currency} {plain}" if currency else plain


def write_value(spec: FieldSpec, value: Any, *, currency: str | None = None) -> str:
    """One value in words; the label is not part of it."""
    if spec.type == FieldType.DATE:
        return write_date(str(value))
    if spec.type == FieldType.AIRPORT:
        return describe_airport(str(value))
    if spec.type == FieldType.MONEY:
        return write_money(value, currency)
    if spec.type == FieldType.BOOLEAN:
        return "yes" if value else "no"
    if spec.type == FieldType.PLACE:
        return _place(str(value))
    if spec.unit == "languages":
        return _languages(str(value))
    if spec.type in {FieldType.INTEGER, FieldType.DECIMAL}:
        return _number(value, spec.unit)
    return str(value).replace("_", " ")


def _place(value: str) -> str:
    """A place as an English letter writes it: capitals, and known Russian names in English."""
    if re.search(r"[а-яё]", value.lower()):
        english = english_key(value)
        return english.title() if english.isascii() else value
    return value.title() if value.islower() else value


def _number(value: Any, unit: str) -> str:
    try:
        plain = f"{Decimal(str(value)):,f}"
    except InvalidOperation:
        plain = str(value)
    word = UNITS.get(unit, "")
    if plain == "1":
        word = word.removesuffix("s") if word != "hours a day" else "hour a day"
    return f"{plain} {word}".strip()


def _languages(pair: str) -> str:
    from babel import Locale

    names = Locale("en").languages
    parts = [str(names.get(code.lower(), code)) for code in pair.split("-")]
    return " to ".join(parts)


def facts_in_words(
    schema: CategorySchema,
    constraints: Mapping[str, Any],
    *,
    use: Use = "draft",
    currency: str | None = None,
) -> list[Fact]:
    """Every filled field of one use, in schema order."""
    return [
        Fact(spec.name, spec.label, write_value(spec, constraints[spec.name], currency=currency))
        for spec in schema.used_in(use)
        if constraints.get(spec.name) not in (None, "", [])
    ]


def headline(schema: CategorySchema, constraints: Mapping[str, Any]) -> str:
    """A request in one line: "Teterboro (TEB) to Aspen (ASE), March 15, 2027, 4 passengers"."""
    facts = {f.name: f for f in facts_in_words(schema, constraints)}
    specs = {spec.name: spec for spec in schema.used_in("draft")}
    parts = [_route(facts)]
    parts += [facts[n].text for n in ("item", "work", "language_pair", "area") if n in facts]
    parts += [f.text for n, f in facts.items() if n in {"location", "deliver_to"}]
    dates = [n for n in facts if specs[n].type == FieldType.DATE]
    parts += [write_date(str(constraints[n]), weekday=False) for n in dates[:1]]
    counted = [n for n in facts if specs[n].type == FieldType.INTEGER and not specs[n].unit]
    people = [n for n in facts if specs[n].unit == "people"]
    for name in (people or counted)[:1]:
        parts.append(_counted(facts[name]))
    return ", ".join(part for part in parts if part)


def _route(facts: Mapping[str, Fact]) -> str:
    if "origin" in facts and "destination" in facts:
        return f"{facts['origin'].text} to {facts['destination'].text}"
    return ""


def _counted(fact: Fact) -> str:
    noun = fact.label.lower()
    if fact.text == "1":
        noun = noun.removesuffix("s")
    return f"{fact.text} {noun}"
