"""Tells a database that is away from a mistake of ours, and waits until it is back."""

import time
from collections.abc import Callable
from functools import wraps

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django_q.tasks import async_task

log = structlog.get_logger(__name__)
AWAY = (OperationalError, InterfaceError)
LONGEST_WAIT = 120.0  # seconds; below q2's task timeout
LOOK_EVERY = 0.5


def is_away(error: BaseException | None) -> bool:
    """Whether a request or task failed because the database could not be asked just now.

    SQLite says "operational error" to a wrong statement too; that is a mistake of ours.
    """
    cause = getattr(error, "__cause__", None)
    return isinstance(error, AWAY) and getattr(cause, "sqlite_errorname", "") != "SQLITE_ERROR"


def wait_until_back(longest: float = LONGEST_WAIT) -> bool:
    """Look until the database answers on a fresh connection; False after `longest` seconds.

    Must be called outside a transaction: what stood in one is gone with the old connection.
    """
    end = time.monotonic() + longest
    while True:
        try:
            connection.close()
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            return True
        except DatabaseError:
            if time.monotonic() > end:
                return False
            time.sleep(LOOK_EVERY)


def goes_on_after_outage(task: Callable[[], None]) -> Callable[[], None]:
    """A task cut off by an outage waits for its end and has the desk look at once at what is due.

    The scheduler alone would let up to 90 seconds pass. What was in mid-air is settled by leases.
    """

    @wraps(task)
    def run() -> None:
        try:
            task()
        except AWAY as error:
            if not is_away(error):
                raise
            log.warning("database_away", task=task.__name__, error=repr(error))
            if not wait_until_back():
                raise
            async_task("outreach.tasks.tick")

    return run
