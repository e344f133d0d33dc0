"""Keeps scores in step with data: finds set-wise what changed since it was scored, and scores it.

That a score is out of date is not stored but worked out: the row, or what it belongs to, changed
after the moment its score saw. Each sweep takes every such row once.
"""

import time

from django.db import transaction
from django.utils import timezone

from crm.choices import Scored
from crm.models import ScoringModel
from crm.scoring import runs
from crm.scoring.changes import stale_keys
from crm.scoring.portion import LONGEST_TRANSACTION, engine_of, score_portion
from crm.scoring.reading import rows_of
from crm.scoring.segmenting import tend_segments

SLICE_SECONDS = 20.0
BY = "scoring"

# When what a score reads has changed, seen from the row.
CHANGES: dict[Scored, tuple[str, ...]] = {
    Scored.LEAD: (
        "updated_at", "property__updated_at", "contact__updated_at", "contact__points__created_at",
        "company__updated_at", "contact__company__updated_at",
    ),
    Scored.CONTACT: ("updated_at", "points__created_at", "company__updated_at"),
    Scored.COMPANY: ("updated_at",),
}  # fmt: skip


def tend(*, seconds: float = SLICE_SECONDS) -> bool:
    """Work at open runs, then score what changed; True where time ran out before the end."""
    end = time.monotonic() + seconds
    models = ScoringModel.objects.exclude(current=None).select_related("current__model")
    for model in models.filter(looked_until=None):
        _first(model)
    for run in runs.open_runs(timezone.now()):
        if runs.work(run, seconds=max(0.0, end - time.monotonic())):
            return True
    if any(sweep(model, end=end) for model in models.exclude(looked_until=None)):
        return True
    return tend_segments(end=end)


def sweep(model: ScoringModel, *, end: float) -> bool:
    """Score the rows of a model that changed; True where time ran out before the end."""
    if model.current is None or model.looked_until is None:
        return False
    began = timezone.now()
    engine = engine_of(model.current)
    rows, since = rows_of(engine.subject), model.looked_until - LONGEST_TRANSACTION
    for keys in stale_keys(rows, "breakdown", CHANGES[engine.subject], since):
        score_portion(engine, rows.filter(pk__in=keys))
        if time.monotonic() > end:
            return True
    moved = ScoringModel.objects.filter(pk=model.pk, current=model.current)
    moved.filter(looked_until__lt=began).update(looked_until=began)
    return False


def _first(model: ScoringModel) -> None:
    """A model that never looked scores everybody once; from then on what changes."""
    now = timezone.now()
    with transaction.atomic():
        if ScoringModel.objects.filter(pk=model.pk, looked_until=None).update(looked_until=now):
            runs.begin(model, actor=BY)
