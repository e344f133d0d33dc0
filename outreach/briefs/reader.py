"""Reads a brief: bounds it, finds its category, lets model or rules fill the fields."""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date

from crm.categories.schema import CategorySchema
from outreach.briefs.classify import Guess, classify
from outreach.briefs.context import BriefText, prepare
from outreach.briefs.reading import LONGEST, BriefReading, Missing
from outreach.briefs.rules import Values, find_missing, read_fields


def read_brief(
    text: str,
    *,
    today: date,
    timezone: str,
    schemas: Mapping[str, CategorySchema],
    category: str | None = None,
    tier: str | None = None,
) -> BriefReading:
    """The structured reading of a client's text by the rules engine; never raises on any text.

    `today` is the date in `timezone`, which also decides whether 4/5 is April or May.
    An unknown or unclear category leaves `category` None and asks.
    """
    whole = text.replace("\x00", " ")
    brief = prepare(whole[:LONGEST], today=today, timezone=timezone)
    if len(whole) > LONGEST:
        brief.problems.append(
            f"The brief is longer than {LONGEST:,} characters; only the beginning was read."
        )
    guess = _settle(_category(brief, category, schemas), brief, schemas)
    if guess.slug is None:
        return _unclear(brief, guess, schemas, tier)
    schema = schemas[guess.slug]
    values = read_fields(brief, schema)
    brief.notes += _unread(brief, values)
    return BriefReading(
        text=brief.text,
        language=brief.language,
        category=guess.slug,
        category_confidence=guess.confidence,
        tier=tier or schema.tier,
        constraints=values.constraints,
        evidence=values.evidence,
        currency=values.currency,
        missing=find_missing(values.constraints, schema, brief.questions),
        problems=list(dict.fromkeys(brief.problems)),
        notes=list(dict.fromkeys(brief.notes)),
    )


def _unread(brief: BriefText, values: Values) -> list[str]:
    """Counts no field took ("three courses"): said aloud, so that no wish is lost in silence."""
    used = [(one.start, one.end) for one in values.evidence.values()]
    notes: list[str] = []
    for number in brief.numbers[:50]:
        if any(number.start < end and start < number.end for start, end in used):
            continue
        words = re.match(r"\S+(?:\s[^\W\d]+){0,2}", brief.text[number.start :])
        if words and len(notes) < 5:
            notes.append(f"“{words.group().rstrip('.,;')}” was not used; add it if it matters.")
    return notes


def _category(
    brief: BriefText, category: str | None, schemas: Mapping[str, CategorySchema]
) -> Guess:
    if category:
        wanted = category.strip().lower().replace(" ", "_").replace("-", "_")
        for slug, schema in schemas.items():
            if wanted in {slug, schema.name.lower().replace(" ", "_")}:
                return Guess(slug, 1.0)
        brief.problems.append(f"There is no category “{category[:60]}”.")
    return classify(brief.text, schemas)


def _settle(guess: Guess, brief: BriefText, schemas: Mapping[str, CategorySchema]) -> Guess:
    """Between two close categories, the one whose every question the brief answers."""
    if guess.slug is not None or len(guess.rivals) < 2:
        return guess
    answered = []
    for slug in guess.rivals:
        trial = deepcopy(brief)
        values = read_fields(trial, schemas[slug])
        if not find_missing(values.constraints, schemas[slug], trial.questions):
            answered.append(slug)
    return replace(guess, slug=answered[0]) if len(answered) == 1 else guess


def _unclear(
    brief: BriefText, guess: Guess, schemas: Mapping[str, CategorySchema], tier: str | None
) -> BriefReading:
    words = brief.text.split()
    if not words:
        brief.problems.append("The brief is empty. Please say what is needed, where and when.")
    elif len(words) < 3:
        brief.problems.append("The brief is too short to work with.")
    offered = guess.rivals if len(guess.rivals) > 1 else tuple(schemas)
    names = ", ".join(sorted(schemas[slug].name for slug in offered))
    return BriefReading(
        text=brief.text,
        language=brief.language,
        category_confidence=guess.confidence,
        tier=tier or "service",
        currency=next((m.value.currency for m in brief.money if m.value.currency), None),
        missing=[Missing("category", f"What is this about? It could be: {names}.")],
        problems=list(dict.fromkeys(brief.problems)),
        notes=brief.notes,
    )
