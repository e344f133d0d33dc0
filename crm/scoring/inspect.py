"""One row's score, worked out afresh: its reasons, and what would raise it."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from crm.choices import Scored
from crm.errors import CrmError
from crm.models import ScoringModel, ScoringVersion
from crm.scoring.portion import Engine, engine_of, known_portion
from crm.scoring.raising import Raise, next_tier
from crm.scoring.reading import ROWS, rows_of
from crm.scoring.score import Score, score
from crm.scoring.writing import HELD


@dataclass(frozen=True, slots=True)
class Inspected:
    """A row with its score by the version in force; `stale` where the stored one differs."""

    key: UUID
    name: str
    version: ScoringVersion
    score: Score
    scale: float
    next_tier: str
    missing: float
    raises: tuple[Raise, ...]
    stale: bool


def look_at(subject: Scored, key: str | UUID) -> Inspected:
    """The row's score now; CrmError where there is no such row or no version in force."""
    try:
        wanted = key if isinstance(key, UUID) else UUID(key.strip())
    except ValueError:
        raise CrmError(f"“{key[:60]}” is no id.") from None  # type: ignore[index]
    model = ScoringModel.objects.select_related("current__model").filter(subject=subject).first()
    if model is None or model.current is None:
        raise CrmError(f"No scoring model for {subject.label.lower()} is in force.")
    engine = engine_of(model.current)
    row = ROWS[subject]._default_manager.filter(pk=wanted).first()
    known = known_portion(engine, rows_of(subject).filter(pk=wanted))
    if row is None or not known:
        raise CrmError(f"There is no {subject} {wanted}.")
    found = score(known[0].features, engine.ready)
    upward = next_tier(found, engine.ready)
    return Inspected(
        wanted, str(row), model.current, found, engine.definition.scale, upward.tier,
        upward.missing, upward.raises, _differs(engine, wanted, found),
    )  # fmt: skip


def _differs(engine: Engine, key: UUID, found: Score) -> bool:
    held = HELD[engine.subject]._default_manager.filter(pk=key)
    stored = held.values_list("points", "tier", "version").first()
    return stored != (found.total, found.tier, engine.version)


def as_data(one: Inspected) -> dict[str, Any]:
    """For programs: points and per cent, parts, lines, and the way to the next tier."""
    return {
        "id": str(one.key), "name": one.name, "model": one.version.model.slug,
        "version": one.version.number, "points": one.score.total, "scale": one.scale,
        "percent": round(one.score.percent, 2), "tier": one.score.tier, "stale": one.stale,
        "parts": {name: asdict(part) for name, part in one.score.parts.items()},
        "lines": [asdict(line) for line in one.score.lines],
        "next_tier": one.next_tier or None, "missing": one.missing,
        "raises": [asdict(raise_) for raise_ in one.raises],
    }  # fmt: skip
