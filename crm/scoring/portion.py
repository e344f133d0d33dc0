"""Scores one portion: reads, scores and stores it in one transaction that no erasure crosses."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from crm.choices import Scored
from crm.models import ScoringVersion
from crm.scoring.definition import Definition, parse
from crm.scoring.reading import PORTION, Known, Plan, by_key, plan_for, read
from crm.scoring.score import Compiled, prepare, score
from crm.scoring.writing import Given, store

TURN = 7_206_114  # the advisory lock of scoring (shared) and erasing (alone)
# A change may be stamped some moments before its transaction ends, by a host whose clock is slow.
SLACK = timedelta(seconds=60)
# A change can become visible this long after the time it bears: its transaction was long.
LONGEST_TRANSACTION = timedelta(minutes=15)
NOW_HELD = {
    Scored.LEAD: (
        "score", "tier", "breakdown__points", "breakdown__tier", "breakdown__listed",
        "breakdown__listed_tier",
    ),
    Scored.CONTACT: ("breakdown__points", "breakdown__tier"),
    Scored.COMPANY: ("breakdown__points", "breakdown__tier"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Engine:
    """A version made ready to score with; `version` is None for one that was only written."""

    subject: Scored
    definition: Definition
    ready: Compiled
    plan: Plan
    version: UUID | None = None


@dataclass(slots=True)
class Scoring:
    """What a portion came to: how many rows, the last key, and from which tier to which."""

    count: int = 0
    last: UUID | None = None
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)
    given: list[Given] = field(default_factory=list)

    @property
    def changed(self) -> int:
        """Rows whose tier is another now."""
        return sum(count for (was, now), count in self.moves.items() if was != now)


def engine_for(subject: Scored, definition: Definition, version: UUID | None = None) -> Engine:
    """Compile a definition and plan what has to be read for it."""
    plan = plan_for(subject, definition.fields)
    return Engine(subject, definition, prepare(definition), plan, version)


def engine_of(version: ScoringVersion) -> Engine:
    """A stored version made ready."""
    subject = Scored(version.model.subject)
    return engine_for(subject, parse(version.definition), version.pk)


@by_key()
def score_portion(
    engine: Engine, rows: QuerySet[Any], *, after: UUID | None = None, size: int = PORTION
) -> Scoring:
    """Score the next rows behind a key and store what they got."""
    if engine.version is None:
        raise ValueError("Only a stored version's scores are kept.")
    take_turn(shared=True)
    seen_until = timezone.now() - SLACK
    done = try_portion(engine, rows, after=after, size=size)
    store(engine.subject, done.given, version=engine.version, seen_until=seen_until)
    return done


def try_portion(
    engine: Engine, rows: QuerySet[Any], *, after: UUID | None = None, size: int = PORTION
) -> Scoring:
    """As `score_portion`, and keeps nothing."""
    done = Scoring()
    found = known_portion(engine, rows, after=after, size=size)
    for known in found:
        new = score(known.features, engine.ready)
        was = known.also["tier" if engine.subject == Scored.LEAD else "breakdown__tier"]
        done.moves[was or "", new.tier] += 1
        listed = known.features.get("lead.listed_score")
        done.given.append(Given(known.key, new, listed, known.features.get("lead.listed_tier", "")))
    done.count = len(found)
    done.last = found[-1].key if found else None
    return done


def known_portion(
    engine: Engine, rows: QuerySet[Any], *, after: UUID | None = None, size: int | None = None
) -> list[Known]:
    """What is known of these rows, with what they hold now."""
    found = read(engine.plan, rows, NOW_HELD[engine.subject], after=after, size=size)
    if engine.subject == Scored.LEAD:
        for known in found:
            points, tier = _listed(known.also)
            known.features["lead.listed_score"] = points
            known.features["lead.listed_tier"] = tier
    return found


def _listed(held: dict[str, Any]) -> tuple[float | None, str]:
    """The score and tier a lead came with: what stands on it and was not given by us."""
    given, tier = held["breakdown__points"], held["breakdown__tier"]
    scored = tier is not None
    listed = held["breakdown__listed"] if scored and held["score"] == given else held["score"]
    kept = held["breakdown__listed_tier"] if scored and held["tier"] == tier else held["tier"]
    return listed, kept or ""


def take_turn(*, shared: bool = False) -> None:
    """Scoring holds it together, erasing alone: words read before must not be stored after.

    SQLite lets one write at a time anyway.
    """
    if connection.vendor == "postgresql":
        how = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {how}(%s)", [TURN])
