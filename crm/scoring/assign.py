"""Which segment a person belongs to and which tags they get: pure, with the reason in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from crm.scoring.score import Features, Matcher, matcher_of, shown
from crm.scoring.segment_rules import SegmentDefinition
from crm.shares import furthest_behind, normalise

NO_SIGN = "Nothing known of them says which."


@dataclass(frozen=True, slots=True)
class Reason:
    """One sign for a segment, and the words or value it was read from."""

    segment: str
    label: str
    points: float
    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Tag:
    kind: str
    value: str
    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """`segment` is "" where nothing says which; `suits` are all they suit, with their points."""

    segment: str
    why: str
    suits: dict[str, float]
    reasons: tuple[Reason, ...]
    tags: tuple[Tag, ...]


Counts = Callable[[], Mapping[str, int]]  # asked only where several suit alike


@dataclass(frozen=True, slots=True)
class ReadyRules:
    """Rules made ready: words compiled, shares brought to 1."""

    rules: SegmentDefinition
    parts: Mapping[str, Fraction]
    signals: tuple[tuple[str, float, tuple[tuple[str, float, Matcher], ...]], ...]
    tags: tuple[tuple[str, str, Matcher | None, tuple[str, ...]], ...]


def prepare_rules(rules: SegmentDefinition) -> ReadyRules:
    """Do once what every person would repeat."""
    return ReadyRules(
        rules,
        normalise(rules.shares),
        tuple(
            (one.name, one.at_least,
             tuple((sign.label, sign.points, matcher_of(sign)) for sign in one.signals))
            for one in rules.segments
        ),
        tuple(
            (rule.kind, rule.value, matcher_of(rule.signal) if rule.signal else None,
             tuple(rule.copy_of))
            for rule in rules.tags
        ),
    )  # fmt: skip


def assign(features: Features, ready: ReadyRules, counts: Counts, *, now: str = "") -> Assigned:
    """The segment of somebody of whom this is known.

    `counts` tells the people in each segment so far: of several that suit alike the one goes first
    that is furthest behind its share. Who is in one of these already (`now`) stays.
    """
    points: dict[str, float] = {}
    reasons: list[Reason] = []
    for name, least, signals in ready.signals:
        hits = [
            Reason(name, label, worth, *hit)
            for label, worth, matches in signals if (hit := matches(features))
        ]  # fmt: skip
        total = sum(hit.points for hit in hits)
        if hits and total >= least:
            points[name] = total
            reasons += hits
    segment, why = _choose(points, ready, counts, now)
    suits = dict(sorted(points.items(), key=lambda pair: -pair[1]))
    return Assigned(segment, why, suits, tuple(reasons), tuple(_tags(features, ready)))


def _choose(
    points: Mapping[str, float], ready: ReadyRules, counts: Counts, now: str
) -> tuple[str, str]:
    if not points:
        return "", NO_SIGN
    best = max(points.values())
    alike = [name for name, total in points.items() if total >= best - ready.rules.alike]
    labels = ready.rules.labels
    if len(alike) == 1:
        return alike[0], f"Suits {labels[alike[0]]} best."
    told = " and ".join(f"{labels[name]} ({points[name]:g})" for name in alike)
    if now in alike:
        return now, f"Suits {told} alike, and stays in {labels[now]}."
    chosen = furthest_behind(ready.parts, counts(), alike)
    return chosen, f"Suits {told} alike; {labels[chosen]} is furthest behind its share."


def _tags(features: Features, ready: ReadyRules) -> list[Tag]:
    found: dict[str, Tag] = {}
    for kind, value, matches, copied in ready.tags:
        if kind in found:
            continue
        if matches:
            if hit := matches(features):
                found[kind] = Tag(kind, value, *hit)
            continue
        for name in copied:
            told: Any = features.get(name)
            if told:
                found[kind] = Tag(kind, shown(told), name, shown(told))
                break
    return list(found.values())
