"""Wakes the dispatcher right after an approval; what it misses, the next tick finds."""

import structlog
from django.db import DatabaseError
from django_q.tasks import async_task

log = structlog.get_logger(__name__)


def kick() -> None:
    """Queue one dispatch. A broker that cannot be reached costs a minute's wait, nothing else."""
    try:
        async_task("outreach.tasks.dispatch_due")
    except (DatabaseError, OSError) as error:
        log.warning("kick_failed", error=repr(error))
