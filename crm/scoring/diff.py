"""What a version would change, before it is switched on: tier by tier, and who moves most."""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from crm.choices import Scored
from crm.scoring.portion import Engine, known_portion
from crm.scoring.reading import PORTION, ROWS, rows_of
from crm.scoring.score import score

MOST_ON_A_PAGE = 5_000
MOVERS = 10
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Mover:
    """A row and what it would come to; `was` is None for one that has no score yet."""

    key: UUID
    name: str
    was: float | None
    now: float
    was_tier: str
    now_tier: str

    @property
    def by(self) -> float:
        """Points gained, or lost."""
        return self.now - (self.was or 0.0)


@dataclass(frozen=True, slots=True)
class Diff:
    """`looked_at` of `total` rows; `moves` counts them by (tier now, tier then)."""

    looked_at: int
    total: int
    moves: dict[tuple[str, str], int]
    movers: tuple[Mover, ...]

    @property
    def changed(self) -> int:
        """Rows that would be in another tier."""
        return sum(count for (was, now), count in self.moves.items() if was != now)

    @property
    def tiers(self) -> list[str]:
        """Every tier that takes part, in alphabetical order, none at the end."""
        names = {name for pair in self.moves for name in pair}
        return sorted(names, key=lambda name: (not name, name))

    @property
    def matrix(self) -> list[tuple[str, list[int]]]:
        """A row for each tier now, with the numbers going to each tier then."""
        tiers = self.tiers
        return [(was, [self.moves.get((was, now), 0) for now in tiers]) for was in tiers]


def compare(
    engine: Engine, *, most: int | None = None, movers: int = MOVERS, told: Told | None = None
) -> Diff:
    """What the rows hold now beside what this engine gives them; nothing is stored.

    With `most`, only so many rows are looked at: keys are random, so the first are a fair sample.
    """
    rows = rows_of(engine.subject)
    total = rows.count()
    moves: Counter[tuple[str, str]] = Counter()
    best: list[tuple[float, str, tuple[Any, ...]]] = []
    looked, after = 0, None
    while most is None or looked < most:
        size = PORTION if most is None else min(PORTION, most - looked)
        found = known_portion(engine, rows, after=after, size=size)
        if not found:
            break
        for known in found:
            was, was_tier = _held(engine.subject, known.also)
            then = score(known.features, engine.ready)
            moves[was_tier, then.tier] += 1
            by = abs(then.total - (was or 0.0))
            if by and (len(best) < movers or by > best[0][0]):
                row = (known.key, was, then.total, was_tier, then.tier)
                push = heapq.heappush if len(best) < movers else heapq.heappushpop
                push(best, (by, str(known.key), row))
        looked, after = looked + len(found), found[-1].key
        if told:
            told(looked, total)
    return Diff(looked, total, dict(moves), _named(engine.subject, best))


def _held(subject: Scored, also: dict[str, Any]) -> tuple[float | None, str]:
    if subject == Scored.LEAD:
        return also["score"], also["tier"] or ""
    return also["breakdown__points"], also["breakdown__tier"] or ""


def _named(subject: Scored, best: list[tuple[float, str, tuple[Any, ...]]]) -> tuple[Mover, ...]:
    rows = [row for _by, _key, row in sorted(best, reverse=True)]
    related = ("contact__company", "company", "property") if subject == Scored.LEAD else ()
    found = ROWS[subject]._default_manager.select_related(*related).in_bulk([r[0] for r in rows])
    return tuple(
        Mover(key, str(found[key]), was, now, was_tier, now_tier)
        for key, was, now, was_tier, now_tier in rows if key in found
    )  # fmt: skip


def as_data(diff: Diff) -> dict[str, Any]:
    """For programs."""
    return {
        "looked_at": diff.looked_at, "total": diff.total, "changed": diff.changed,
        "moves": [
            {"from": was, "to": now, "count": count}
            for (was, now), count in sorted(diff.moves.items())
        ],
        "movers": [{**asdict(one), "key": str(one.key), "by": one.by} for one in diff.movers],
    }  # fmt: skip
