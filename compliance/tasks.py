"""What the worker runs for compliance: thin doors that call one room each."""

import structlog
from django.utils import timezone

from compliance.dnc import load, uploads, versions

log = structlog.get_logger(__name__)


def load_dnc(file_id: int) -> None:
    """Import one do-not-call list that was uploaded."""
    with structlog.contextvars.bound_contextvars(task="load_dnc", file=file_id):
        uploads.work_off(file_id)


def keep_dnc() -> None:
    """Take up imports that were forgotten, clear away dead ones, empty lists of years ago."""
    done = {
        "requeued": uploads.requeue_forgotten(),
        "swept": load.sweep(),
        "purged": versions.purge(at=timezone.now()),
    }
    if any(done.values()):
        log.info("dnc_kept", **done)
