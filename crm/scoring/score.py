"""The score itself: a pure function of what is known and a definition, with its reasons."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm.scoring.definition import PARTS, Definition, Signal
from crm.scoring.features import FEATURES
from crm.scoring.patterns import SHOWN, Find, keywords, pattern

Features = Mapping[str, Any]
Hit = tuple[str, str]  # the field, and the words or the value it was read from
Matcher = Callable[[Features], Hit | None]
MOST_KNOWN = 5_000  # short texts remembered by each signal: distress reasons, industries, roles
LISTED = "Kept from the list it came with"
REMEMBERED = 200  # characters; longer texts seldom come twice


@dataclass(frozen=True, slots=True)
class Line:
    """One signal that was found. `points` counted after its group's cap, `asked` before it."""

    signal: str
    label: str
    part: str
    group: str
    points: float
    asked: float
    field: str
    words: str

    @property
    def read_from(self) -> str:
        """What pages call the field; its name where it is none of today's."""
        known = FEATURES.get(self.field)
        return known.label if known else self.field


@dataclass(frozen=True, slots=True)
class PartScore:
    """`points` of at most `max`; `percent` is 0 to 100; `share` what it gives to the total."""

    points: float
    max: float
    percent: float
    share: float


@dataclass(frozen=True, slots=True)
class Score:
    """`total` in points of the model's scale, `percent` the same as 0 to 100."""

    total: float
    percent: float
    tier: str
    parts: Mapping[str, PartScore]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A definition made ready: words and patterns compiled, what to multiply by worked out."""

    definition: Definition
    groups: tuple[tuple[str, str, float, tuple[tuple[Signal, Matcher], ...]], ...]
    parts: tuple[tuple[str, float, float], ...]  # name, max, points of the total at the max
    tiers: tuple[tuple[float, str], ...]


def prepare(definition: Definition) -> Compiled:
    """Do once what every row would repeat."""
    weights = definition.weights
    return Compiled(
        definition,
        tuple(
            (
                group.part, group.name, group.cap,
                # What pulls down is counted first, so that a cap cuts what is too much of good.
                tuple((sign, matcher_of(sign))
                      for sign in sorted(group.signals, key=lambda one: one.points > 0)),
            )
            for group in definition.groups
        ),
        tuple(
            (name, part.max, definition.scale * part.weight / weights)
            for name, part in ((name, definition.parts[name]) for name in PARTS)
        ),
        tuple((tier.at_least, tier.name) for tier in definition.tiers),
    )  # fmt: skip


def score(features: Features, definition: Definition | Compiled) -> Score:
    """What these features come to. Same features, same definition: same score, for ever."""
    ready = definition if isinstance(definition, Compiled) else prepare(definition)
    lines: list[Line] = []
    sums: dict[str, float] = dict.fromkeys(PARTS, 0.0)
    for part, name, cap, signals in ready.groups:
        run = 0.0
        for sign, matches in signals:
            hit = matches(features)
            if hit is None:
                continue
            reached = min(cap, max(-cap, run + sign.points))
            lines.append(Line(sign.name, sign.label, part, name, reached - run, sign.points, *hit))
            run = reached
        sums[part] += run
    parts, total = _weigh(sums, ready)
    tier = ""
    if ready.definition.keep_listed:
        total, tier = _listed(features, total, lines)
    total = round(total, 4)  # sums of halves and thirds must not fall short of a threshold
    if not tier:
        tier = next((name for least, name in ready.tiers if total >= least), ready.definition.below)
    percent = min(100.0, max(0.0, total / ready.definition.scale * 100))
    return Score(total, percent, tier, parts, tuple(lines))


def total_of(found: Sequence[tuple[str, str, float]], ready: Compiled) -> float:
    """The total that these signs (part, group, points) would come to."""
    sums: dict[str, float] = dict.fromkeys(PARTS, 0.0)
    for part, name, cap, _signals in ready.groups:
        run = 0.0
        for points in sorted(one[2] for one in found if one[1] == name):
            run = min(cap, max(-cap, run + points))
        sums[part] += run
    return round(_weigh(sums, ready)[1], 4)


def _weigh(sums: Mapping[str, float], ready: Compiled) -> tuple[dict[str, PartScore], float]:
    parts: dict[str, PartScore] = {}
    total = 0.0
    for part, most, worth in ready.parts:
        points = min(most, max(0.0, sums[part]))
        share = points / most * worth
        total += share
        parts[part] = PartScore(points, most, points / most * 100, share)
    return parts, total


def _listed(features: Features, total: float, lines: list[Line]) -> tuple[float, str]:
    """The total and tier (or "") that the list a lead came with said, noted as a line."""
    points, tier = _number(features.get("lead.listed_score")), features.get("lead.listed_tier")
    if points is None and not tier:
        return total, ""
    given = total if points is None else points
    said = f"tier {tier}" if points is None else f"{points:g}"
    name = "lead.listed_tier" if points is None else "lead.listed_score"
    lines.insert(0, Line("listed", LISTED, "", "", given, given, name, said))
    return given, "" if points is not None else str(tier)[:10]


def matcher_of(sign: Signal) -> Matcher:
    """A signal as a function: the field and words it was found in, or None."""
    if sign.keywords or sign.pattern:
        find = keywords(sign.keywords) if sign.keywords else pattern(sign.pattern)
        return _in_texts(sign.fields, find)
    if sign.one_of:
        return _in_texts(sign.fields, _whole(sign.one_of))
    if sign.is_true is not None:
        return _is_true(sign.fields, sign.is_true)
    if sign.known is not None:
        return _is_known(sign.fields, sign.known)
    least = -math.inf if sign.at_least is None else sign.at_least
    return _between(sign.fields, least, math.inf if sign.at_most is None else sign.at_most)


def _in_texts(fields: list[str], find: Find) -> Matcher:
    seen: dict[str, str] = {}

    def found(text: str) -> str:
        if len(text) > REMEMBERED:
            return find(text)
        words = seen.get(text)
        if words is None:
            if len(seen) >= MOST_KNOWN:
                seen.clear()
            words = seen[text] = find(text)
        return words

    def matches(features: Features) -> Hit | None:
        for name in fields:
            value = features.get(name)
            if not value:
                continue
            for text in (value,) if isinstance(value, str) else _texts(value):
                if words := found(text):
                    return name, words
        return None

    return matches


def _texts(value: Any) -> list[str]:
    return [str(one) for one in value if one] if isinstance(value, list | tuple) else [str(value)]


def _whole(values: list[str]) -> Find:
    wanted = {value.casefold() for value in values}
    return lambda text: text[:SHOWN] if text.strip().casefold() in wanted else ""


def _is_true(fields: list[str], wanted: bool) -> Matcher:
    def matches(features: Features) -> Hit | None:
        name = next((name for name in fields if features.get(name) is wanted), None)
        return (name, "yes" if wanted else "no") if name else None

    return matches


def _is_known(fields: list[str], wanted: bool) -> Matcher:
    def matches(features: Features) -> Hit | None:
        name = next((n for n in fields if features.get(n) not in (None, "", [], {})), None)
        if wanted:
            return (name, shown(features[name])) if name else None
        return None if name else (fields[0], "nothing known")

    return matches


def _between(fields: list[str], least: float, most: float) -> Matcher:
    def matches(features: Features) -> Hit | None:
        for name in fields:
            value = _number(features.get(name))
            if value is not None and least <= value <= most:
                return name, f"{value:g}"
        return None

    return matches


def _number(value: Any) -> float | None:
    """A number as it came in; what is none, or not finite, counts as not known."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def shown(value: Any) -> str:
    """A value as the reasons quote it, short."""
    words = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return words[:SHOWN]
