"""Reads the category's own fields out of a reply, by the words and types of its schema. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from crm.categories.schema import FieldSpec, FieldType
from quotes.extraction.fields import figures, moments, service, travel, wares
from quotes.extraction.fields.booleans import read_boolean
from quotes.extraction.fields.durations import read_duration
from quotes.extraction.fields.matching import FieldReader, Found
from quotes.extraction.fields.models import read_model
from quotes.extraction.fields.sayings import read_saying
from quotes.extraction.reader import Reader
from quotes.extraction.sheet import Sheet

NAMED: dict[str, FieldReader] = {**service.READERS, **travel.READERS, **wares.READERS}
# What these are named by occurs in prose too often to be read any other way.
ONLY = frozenset(
    {
        "aircraft", "tail_number", "incoterm", "container", "metal", "carat", "clarity", "color", "cut",
        "certificate", "language_pair", "flowers", "departure_fbo", "yacht", "physician", "vehicles",
        "response_time", "support_hours", "fee_model", "villa", "space", "service_level", "crate",
        "ring_size", "home_visits", "driver_language", "usage_rights", "catering_policy", "format",
    }
)  # fmt: skip
TIMED = frozenset({"days", "weeks", "months", "years", "hours"})
EVENT_DAYS = ("date", "start_date", "check_in", "start", "needed_by", "deliver_by")


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known of the reply before its fields are read."""

    constraints: Mapping[str, Any] = field(default_factory=dict)
    price_at: int = -1
    extras: tuple[tuple[int, int], ...] = ()
    parts: tuple[int, ...] = ()
    sheet: Sheet | None = None


def event_day(constraints: Mapping[str, Any]) -> date | None:
    """The day the request is about."""
    for name in EVENT_DAYS:
        try:
            return date.fromisoformat(str(constraints.get(name)))
        except ValueError:
            continue
    return None


def read_fields(reader: Reader, specs: Sequence[FieldSpec], ground: Ground) -> dict[str, Found]:
    """Every field the reply answers, with its words."""
    found: dict[str, Found] = {}
    for spec in specs:
        value = _read(reader, spec, ground) or read_saying(reader, spec.name)
        if value is not None:
            found[spec.name] = value
    return found


def _read(reader: Reader, spec: FieldSpec, ground: Ground) -> Found | None:
    if spec.name == "model":
        return read_model(reader, ground.sheet)
    named = NAMED.get(spec.name)
    if named is not None:
        found = named(reader)
        if found or spec.name in ONLY:
            return found
    wanted = ground.constraints.get(spec.name)
    if spec.answer_type == FieldType.BOOLEAN:
        return read_boolean(
            reader,
            spec,
            price_at=ground.price_at,
            extras=ground.extras,
            parts=ground.parts,
            sheet=ground.sheet,
        )
    if spec.answer_type == FieldType.DATE:
        return moments.read_date(reader, spec, event_day(ground.constraints))
    if spec.name == "photographers":
        return figures.read_crew_of_one(reader, spec, wanted)
    if spec.name == "year":
        return figures.read_year(reader, spec, wanted)
    if spec.answer_type == FieldType.TEXT and spec.name == "hours":
        return service.read_venue_hours(reader)
    by_type = _by_type(spec)
    if by_type is not None:
        return by_type(reader, spec, wanted)
    if spec.answer_type == FieldType.CHOICE or spec.value_words:
        return _choice(reader, spec)
    return _labelled(reader, spec)


def _by_type(spec: FieldSpec) -> Callable[[Reader, FieldSpec, Any], Found | None] | None:
    counted = spec.answer_type in {FieldType.INTEGER, FieldType.DECIMAL}
    if counted and spec.unit.split(" ")[0] in TIMED:
        return read_duration
    return {
        FieldType.INTEGER: figures.read_count,
        FieldType.DECIMAL: figures.read_count,
        FieldType.PERCENT: figures.read_percent,
        FieldType.MONEY: figures.read_money,
        FieldType.TIME: moments.read_time,
    }.get(spec.answer_type)


def _choice(reader: Reader, spec: FieldSpec) -> Found | None:
    """The canonical value whose word stands first."""
    best: tuple[int, str, int] | None = None
    for value, words in spec.value_words.items():
        useful = sorted({*words, value.replace("_", " ")}, key=len, reverse=True)
        pattern = (
            rf"(?<!\w)(?:{'|'.join(re.escape(w.lower()) for w in useful if len(w) > 1)})(?!\w)"
        )
        match = re.search(pattern, reader.lower)
        if match and (best is None or match.start() < best[0]):
            best = match.start(), value, match.end()
    return (best[1], reader.evidence(best[0], best[2])) if best else None


def _labelled(reader: Reader, spec: FieldSpec) -> Found | None:
    """ "Label: value" on a line; running prose is not guessed at."""
    words = sorted({spec.label.lower(), *spec.reply_words}, key=len, reverse=True)
    names = "|".join(map(re.escape, words))
    match = re.search(rf"(?m)^\W{{0,4}}(?:{names})\s?[:=]\s?(?P<v>[^\n;]{{2,90}})", reader.lower)
    if not match:
        return None
    start, end = match.span("v")
    value = re.split(r"\s{3,}|\.\s|,\s(?=\w+:)", reader.text[start:end])[0].rstrip(" .,")
    return value.strip(), reader.evidence(start, start + len(value))
