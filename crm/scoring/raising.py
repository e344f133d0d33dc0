"""What would raise a score: pure, by trying each sign that was not found."""

from dataclasses import dataclass

from crm.scoring.score import Compiled, Line, Score, total_of


@dataclass(frozen=True, slots=True)
class Raise:
    """A sign that would add `gain` points to the total; `enough` for the next tier by itself."""

    signal: str
    label: str
    part: str
    gain: float
    enough: bool


@dataclass(frozen=True, slots=True)
class Next:
    """The tier above and the points missing to it; `tier` is "" at the top."""

    tier: str
    missing: float
    raises: tuple[Raise, ...]


def next_tier(found: Score, ready: Compiled) -> Next:
    """The tier above this score and what would lead there, the most first.

    A sign that pulls down and would go away counts as one that raises.
    """
    above = [(least, name) for least, name in ready.tiers if least > found.total]
    if not above:
        return Next("", 0.0, ())
    least, name = above[-1]
    missing = round(least - found.total, 4)
    if any(line.signal == "listed" for line in found.lines):
        return Next(name, missing, ())  # its points come from a list, no sign moves them
    held = {line.signal: line for line in found.lines}
    base = total_of([_asked(line) for line in held.values()], ready)
    raises = []
    for part, group, _cap, signals in ready.groups:
        for sign, _matches in signals:
            there = sign.name in held
            if there == (sign.points > 0):
                continue
            rest = [_asked(line) for line in held.values() if line.signal != sign.name]
            then = rest if there else [*rest, (part, group, sign.points)]
            gain = round(total_of(then, ready) - base, 4)
            if gain > 0:
                label = f"Without: {sign.label}" if there else sign.label
                raises.append(Raise(sign.name, label, part, gain, gain >= missing))
    raises.sort(key=lambda one: -one.gain)
    return Next(name, missing, tuple(raises))


def _asked(line: Line) -> tuple[str, str, float]:
    return line.part, line.group, line.asked
