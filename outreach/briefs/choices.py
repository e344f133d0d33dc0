"""Choices, yes-or-no fields and free words with a vocabulary."""

import re

from crm.categories.schema import FieldSpec
from outreach.briefs.classify import word_pattern
from outreach.briefs.context import BriefText
from outreach.reading.found import Found

_NO = re.compile(r"\b(?:no|not|without|un|non|sin|sans|ohne|kein\w*|без|не)[\s-]{0,2}$", re.I)


def read_choice(brief: BriefText, spec: FieldSpec) -> Found[str] | None:
    """The value whose words stand in the text; the longest words win, then the first.

    A field without fixed choices takes all that are named: "lawn, irrigation".
    """
    hits = _hits(brief, spec)
    if not hits:
        return None
    if spec.choices:
        return min(hits, key=lambda hit: (hit.start - hit.end, hit.start))
    values = ", ".join(dict.fromkeys(hit.value for hit in hits))
    return Found(values, hits[0].start, hits[-1].end)


def _hits(brief: BriefText, spec: FieldSpec) -> list[Found[str]]:
    """Every vocabulary match in text order; shorter ones inside longer ones fall away."""
    found: list[Found[str]] = []
    for value, words in spec.value_words.items():
        pattern = word_pattern(words)
        matches = pattern.finditer(brief.text) if pattern else ()
        found += [Found(value, match.start(), match.end()) for match in matches]
    found.sort(key=lambda hit: (hit.start - hit.end, hit.start))
    kept: list[Found[str]] = []
    for hit in found:
        if not any(hit.overlaps(other) for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def read_boolean(brief: BriefText, spec: FieldSpec) -> Found[bool] | None:
    """True where the field's words stand, False where a "no" or "without" stands before them."""
    pattern = word_pattern([*spec.words, *(f"un{w}" for w in spec.words if w.isascii())])
    match = pattern.search(brief.text) if pattern else None
    if match is None:
        return None
    denied = _NO.search(brief.text, max(0, match.start() - 10), match.start())
    negative = bool(denied) or match.group().lower().startswith("un")
    return Found(not negative, match.start(), match.end())


def read_labelled(brief: BriefText, spec: FieldSpec) -> Found[str] | None:
    """The few characters after the field's own words ("ring size 6.5"), up to a comma or stop."""
    for word in sorted(spec.words, key=len, reverse=True):
        pattern = rf"\b{re.escape(word)}\b\s?(?::|is)?\s?(?P<v>[A-Z]?\d[\w./½¼-]{{0,6}})"
        match = re.search(pattern, brief.text, re.IGNORECASE)
        if match:
            value = match["v"].rstrip(".,-/")
            return Found(value, match.start("v"), match.start("v") + len(value))
    return None
