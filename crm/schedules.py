"""Crm's recurring tasks, kept in step with the code after every migration, and an import's."""

from typing import Any

import structlog
from django.db import DatabaseError
from django_q.tasks import async_task

from compliance.recurring import keep_in_step

log = structlog.get_logger(__name__)
TASKS = {
    # name: (dotted path, minutes)
    "crm: duplicates": ("crm.tasks.look_for_duplicates", 24 * 60),
    "crm: deliverability": ("crm.tasks.verify_addresses", 15),
    "crm: merged ones": ("crm.tasks.gather_strays", 10),
    "crm: imports": ("crm.tasks.tend_imports", 1),
}


def ensure_schedules(**_signal: Any) -> None:
    """Write the schedules as the code wants them; those the code no longer knows go."""
    keep_in_step("crm", TASKS)


def look_after_import() -> None:
    """An import brought people: look for duplicates and at their addresses, behind its back."""
    _queue("crm.tasks.look_for_duplicates")
    _queue("crm.tasks.verify_addresses")


def look_at_domains(batch_id: str) -> None:
    """A list was read: ask whether its mail domains take mail, for the page that shows it."""
    _queue("crm.tasks.look_at_domains", batch_id)


def _queue(path: str, *told: str) -> None:
    try:
        async_task(path, *told)
    except (DatabaseError, OSError) as error:  # the night's look finds them as well
        log.warning("look_after_import_failed", task=path, error=repr(error))
