"""Lists that came through the browser: kept, read by a worker, and thrown away once read."""

from datetime import date, timedelta

import structlog
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from compliance.choices import DncFileStatus
from compliance.dnc import load
from compliance.dnc.errors import DncRefused
from compliance.models import DncFile
from compliance.waking import wake

log = structlog.get_logger(__name__)
PATIENCE = timedelta(minutes=2)  # after which the queue is thought to have forgotten a file


def receive(
    uploaded: UploadedFile, *, source: str, list_date: date, san: str, actor: str
) -> DncFile:
    """Keep the file and queue its import; raises DncRefused as `load.hand_in`."""
    file = load.hand_in(
        uploaded.name or "list", source=source, list_date=list_date, san=san, actor=actor,
        size=uploaded.size or 0, upload=uploaded,
    )  # fmt: skip
    transaction.on_commit(lambda: _queue(file.pk))
    return file


def _queue(file_id: int) -> None:
    """A broker that cannot be reached costs some minutes: the sweep finds the file."""
    wake("compliance.tasks.load_dnc", file_id)


def work_off(file_id: int) -> None:
    """Import one uploaded file; a refusal is kept on the row, where staff see it."""
    file = DncFile.objects.get(pk=file_id)
    if not file.upload:
        return
    try:
        with file.upload.open("rb") as opened:
            load.load(file, opened, actor=file.handed_in_by)
    except DncRefused as refusal:
        log.info("dnc_refused", file=file_id, reason=str(refusal))
    finally:
        file.refresh_from_db()
        if file.status not in (DncFileStatus.QUEUED, DncFileStatus.LOADING):
            file.upload.delete(save=False)
            file.save(update_fields=["upload"])


def requeue_forgotten() -> int:
    """Queue again what no worker has taken, or what a worker that died has left; how many."""
    before = timezone.now() - PATIENCE
    forgotten = Q(status=DncFileStatus.QUEUED, handed_in_at__lt=before) | Q(
        status=DncFileStatus.LOADING, touched_at__lt=before - load.DEAD_AFTER
    )
    waiting = DncFile.objects.filter(forgotten).exclude(upload="").values_list("pk", flat=True)
    for file_id in waiting:
        _queue(file_id)
    return len(waiting)
