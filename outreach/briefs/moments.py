"""Which date of a brief belongs to which field; times of day."""

import re

from crm.categories.schema import FieldSpec, FieldType
from outreach.briefs.classify import word_pattern
from outreach.briefs.context import BriefText
from outreach.reading.dates import When
from outreach.reading.found import Found

ENDS = frozenset({"return_date", "end_date", "check_out"})


def assign_dates(brief: BriefText, specs: list[FieldSpec]) -> dict[str, Found[str]]:
    """ISO dates by field: announced ones ("back on …") first, the rest in order; never the past."""
    fields = [s for s in specs if s.type == FieldType.DATE]
    given: dict[str, Found[str]] = {}
    rest = []
    previous = 0
    for found in _not_past(brief):
        spec = _announced(brief, found, fields, previous, given)
        previous = found.end
        if spec and not found.value.last:
            given[spec.name] = _value(found)
        else:
            rest.append(found)
    for found in rest:
        _place(brief, found, fields, given)
    return given


def _not_past(brief: BriefText) -> list[Found[When]]:
    kept = []
    for found in brief.dates.dates:
        when = found.value
        over = (when.first.year, when.first.month) < (brief.today.year, brief.today.month)
        if when.first < brief.today and (when.precision == "day" or over):
            brief.problems.append(
                f"“{brief.text[found.start : found.end]}” is in the past. Which date is meant?"
            )
            continue
        if found.note:
            brief.notes.append(found.note)
        kept.append(found)
    return kept


def _announced(
    brief: BriefText,
    found: Found[When],
    fields: list[FieldSpec],
    previous: int,
    given: dict[str, Found[str]],
) -> FieldSpec | None:
    window = brief.text[max(previous, found.start - 32) : found.start]
    best: tuple[int, FieldSpec] | None = None
    for spec in fields:
        pattern = word_pattern(spec.words)
        hits = list(pattern.finditer(window)) if pattern else []
        if hits and spec.name not in given and (best is None or hits[-1].end() > best[0]):
            best = (hits[-1].end(), spec)
    return best[1] if best else None


def _value(found: Found[When]) -> Found[str]:
    return Found(found.value.iso(), found.start, found.end)


def _place(
    brief: BriefText, found: Found[When], fields: list[FieldSpec], given: dict[str, Found[str]]
) -> None:
    starts = [s for s in fields if s.name not in ENDS and s.name not in given]
    ends = [s for s in fields if s.name in ENDS and s.name not in given]
    if found.value.last is None:
        free = starts[:1] if not _has_start(fields, given) else [*ends, *starts]
        if free:
            given[free[0].name] = _value(found)
        return
    if starts:
        given[starts[0].name] = _value(found)
    weekend = "weekend" in brief.text[found.start : found.end].lower()
    if weekend and starts and (not ends or ends[0].name == "return_date"):
        first, last = found.value.first, found.value.last
        brief.questions[starts[0].name] = (
            f"Which day of the weekend: Saturday, {first:%B} {first.day}, "
            f"or Sunday, {last:%B} {last.day}?"
        )
        return
    if ends:
        given[ends[0].name] = Found(found.value.last.isoformat(), found.start, found.end)
    elif starts:
        last = found.value.last
        brief.notes.append(f"The brief names a period; it ends on {last:%B} {last.day}.")


def _has_start(fields: list[FieldSpec], given: dict[str, Found[str]]) -> bool:
    first = next((s.name for s in fields if s.name not in ENDS), None)
    return first in given


_TIME = re.compile(
    r"\b(?:at|around|by|from|a las|à|um|в|gegen|alle)?\s?"
    r"(?:(?P<h>[01]?\d|2[0-3])(?::(?P<m>[0-5]\d))?\s?(?P<ap>[ap]\.?m\b\.?)"
    r"|(?P<h2>[01]?\d|2[0-3])[:h](?P<m2>[0-5]\d)(?!\d)"
    r"|(?P<h3>[01]?\d|2[0-3])\s?(?:h|uhr|heures|o'clock|часов)(?!\w)"
    r"|(?P<noon>noon|midday|midnight)\b)",
    re.IGNORECASE,
)


def read_time(brief: BriefText) -> Found[str] | None:
    """The first time of day, as "HH:MM"."""
    for match in _TIME.finditer(brief.text):
        if brief.free(match.start(), match.end()):
            return Found(_clock(match), match.start(), match.end())
    return None


def _clock(match: re.Match[str]) -> str:
    if match["noon"]:
        return "00:00" if match["noon"].lower() == "midnight" else "12:00"
    hour = int(match["h"] or match["h2"] or match["h3"])
    if match["ap"]:
        hour = hour % 12 + (12 if match["ap"].lower().startswith("p") else 0)
    return f"{hour:02d}:{match['m'] or match['m2'] or '00'}"
