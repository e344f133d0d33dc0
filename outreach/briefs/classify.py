"""Which category a brief belongs to, by the words its schemas announce themselves with."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from crm.categories.schema import CategorySchema

# Below this lead over the second category the brief could mean either: ask.
SURE = 0.6


@dataclass(frozen=True, slots=True)
class Guess:
    """The category and how sure, 0 to 1; `rivals` are the slugs a question should offer."""

    slug: str | None
    confidence: float
    rivals: tuple[str, ...] = ()


def word_pattern(words: list[str]) -> re.Pattern[str] | None:
    """One pattern for terms in any language, tolerant of endings ("guest", "guests", "Гостей")."""
    terms = [_term(w) for w in sorted(set(words), key=len, reverse=True) if w.strip()]
    return re.compile("|".join(terms), re.IGNORECASE) if terms else None


def _term(word: str) -> str:
    cyrillic = re.search(r"[а-яё]{5}$", word)
    stem = re.sub(r"(?:ов|ев|ей|ого|[аеиоуыяьюй])$", "", word) if cyrillic else word
    core = re.escape(stem.strip()).replace(r"\ ", r"\s{1,3}")
    if cyrillic:
        return rf"(?<![^\W\d_]){core}\w{{0,4}}"
    return (
        rf"(?<![^\W\d_]){core}(?:s|es|e?n)?(?!\w)"
        if len(word) > 3
        else rf"(?<![^\W\d_]){core}(?!\w)"
    )


def classify(text: str, schemas: Mapping[str, CategorySchema]) -> Guess:
    """The category whose keywords fit best; None when nothing fits or two fit alike.

    A keyword shared by several categories counts for less, a longer or earlier one for more.
    """
    shared = Counter(k for schema in schemas.values() for k in set(schema.keywords))
    scores = {slug: _score(text, schema, shared) for slug, schema in schemas.items()}
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] <= 0:
        return Guess(None, 0.0)
    best, top = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    confidence = round(top / (top + second), 2)
    rivals = tuple(slug for slug, score in ranked[:3] if score > 0)
    return Guess(best if confidence >= SURE else None, confidence, rivals)


def _score(text: str, schema: CategorySchema, shared: Counter[str]) -> float:
    pattern = word_pattern(schema.keywords)
    if pattern is None:
        return 0.0
    score, seen = 0.0, set()
    for match in pattern.finditer(text):
        word = " ".join(match.group().lower().split())
        if word in seen:
            continue
        seen.add(word)
        weight = 1.0 + 0.6 * word.count(" ") + (0.3 if len(word) > 7 else 0)
        early = 1.0 + 0.6 * max(0.0, 1 - match.start() / 60)
        score += weight * early / max(1, shared.get(word, 1))
    return score
