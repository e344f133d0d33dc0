"""Runs over everybody: begun once, worked in slices by any worker, resumed where one died."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from compliance import audit
from crm.choices import Scored
from crm.errors import CrmError
from crm.models import ScoringModel, ScoringRun
from crm.models.scoring import RunState
from crm.scoring.portion import engine_of, score_portion
from crm.scoring.reading import rows_of

SLICE_SECONDS = 20.0  # then other tasks have their turn, and a worker may stop
LEASE = timedelta(seconds=90)  # longer than any portion
Told = Callable[[int, int], None]


class NoVersionError(CrmError):
    """A model without a version in force cannot score anybody."""


@transaction.atomic
def begin(model: ScoringModel, *, actor: str) -> ScoringRun:
    """A run of the version in force over everybody; it replaces one that is still under way."""
    held = ScoringModel.objects.select_for_update().get(pk=model.pk)
    if held.current is None:
        raise NoVersionError(f"“{held}” has no version in force; switch one on first.")
    now = timezone.now()
    ScoringRun.objects.filter(model=held, state=RunState.RUNNING).update(
        state=RunState.REPLACED, finished_at=now
    )
    run = ScoringRun.objects.create(
        model=held, version=held.current, actor=actor,
        total=rows_of(Scored(held.subject)).count(),
    )  # fmt: skip
    audit.append("scoring.run_begun", run, actor=actor, data={"version": held.current.number})
    return run


def work(
    run: ScoringRun,
    *,
    seconds: float | None = SLICE_SECONDS,
    told: Told | None = None,
    clock: Callable[[], datetime] = timezone.now,
) -> bool:
    """Score on from where the run stands; True where time ran out before everybody was scored.

    One worker at a time holds a run. Each portion is kept together with the place it reached, so
    that whoever takes over repeats nothing. A run that was replaced or deleted meanwhile ends.
    """
    if not _claim(run, clock()):
        return False
    run = ScoringRun.objects.select_related("version__model").get(pk=run.pk)
    engine = engine_of(run.version)
    rows = rows_of(engine.subject)
    end = None if seconds is None else time.monotonic() + seconds
    while True:
        with transaction.atomic():
            done = score_portion(engine, rows, after=run.cursor)
            if not _note(run, done.count, done.changed, done.last, clock()):
                transaction.set_rollback(True)
                return False
        if done.last is None:
            _finish(run, clock())
            return False
        run.cursor = done.last
        run.done += done.count
        if told:
            told(run.done, run.total)
        if end is not None and time.monotonic() > end:
            ScoringRun.objects.filter(pk=run.pk).update(lease_until=None)
            return True


def open_runs(now: datetime) -> list[ScoringRun]:
    """Runs nobody is at, the oldest first."""
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    rows = ScoringRun.objects.filter(free, state=RunState.RUNNING)
    return list(rows.order_by("started_at"))


def _claim(run: ScoringRun, now: datetime) -> bool:
    """Compare and swap: the run is ours for a while."""
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    rows = ScoringRun.objects.filter(free, pk=run.pk, state=RunState.RUNNING)
    return bool(rows.update(lease_until=now + LEASE))


def _note(run: ScoringRun, count: int, changed: int, last: object, now: datetime) -> bool:
    """Keep the place, if the run is still at the one we began from; else somebody took it."""
    rows = ScoringRun.objects.filter(pk=run.pk, state=RunState.RUNNING, cursor=run.cursor)
    return bool(
        rows.update(
            done=F("done") + count, changed=F("changed") + changed,
            cursor=last or run.cursor, lease_until=now + LEASE,
        )
    )  # fmt: skip


@transaction.atomic
def _finish(run: ScoringRun, now: datetime) -> None:
    done = ScoringRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(
        state=RunState.DONE, finished_at=now, lease_until=None
    )
    if done:
        run.refresh_from_db()
        data = {"done": run.done, "changed": run.changed}
        audit.append("scoring.run_done", run, actor=run.actor, data=data)
