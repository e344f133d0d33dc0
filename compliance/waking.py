"""Wakes a worker for what a sweep would find later: the row is the truth, the queue a hint."""

import structlog
from django.db import DatabaseError
from django_q.tasks import async_task

log = structlog.get_logger(__name__)


def wake(task: str, *told: str | int) -> None:
    """Have a worker run a task, given by its dotted path, as soon as one is free.

    A broker that cannot be reached costs the wait for the sweep, nothing else: whoever calls this
    has committed rows by then, and a recurring task finds them.
    """
    try:
        async_task(task, *told)
    except (DatabaseError, OSError) as error:
        log.warning("wake_failed", wanted=task, told=told, error=repr(error))
