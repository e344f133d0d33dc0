"""Wakes the worker when an answer is wanted; what it misses, the next minute finds."""

from typing import Any

import structlog
from django.db import DatabaseError
from django_q.tasks import async_task

log = structlog.get_logger(__name__)


def draft_soon(sender: object, **_signal: Any) -> None:
    """Hears `outreach.signals.answer_wanted`, after its commit."""
    try:
        async_task("outreach.tasks.draft_answers")
    except (DatabaseError, OSError) as error:
        log.warning("kick_failed", error=repr(error))
