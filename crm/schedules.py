"""Crm's recurring tasks, kept in step with the code after every migration, and an import's."""

from datetime import datetime, time, timedelta
from typing import Any

import structlog
from django.db import DatabaseError
from django.utils import timezone
from django_q.models import Schedule
from django_q.tasks import async_task

log = structlog.get_logger(__name__)
TASKS = {
    # name: (dotted path, minutes)
    "crm: duplicates": ("crm.tasks.look_for_duplicates", 24 * 60),
    "crm: deliverability": ("crm.tasks.verify_addresses", 15),
    "crm: merged ones": ("crm.tasks.gather_strays", 10),
    "crm: imports": ("crm.tasks.tend_imports", 1),
}
NIGHT = time(3, 20)


def ensure_schedules(**_signal: Any) -> None:
    """Write the schedules as the code wants them; the daily ones begin at night."""
    for name, (path, minutes) in TASKS.items():
        values = {
            "func": path, "schedule_type": Schedule.MINUTES, "minutes": minutes, "repeats": -1,
        }  # fmt: skip
        first = {"next_run": _next_night()} if minutes >= 24 * 60 else {}
        Schedule.objects.update_or_create(
            name=name, defaults=values, create_defaults={**values, **first}
        )


def _next_night() -> datetime:
    now = timezone.localtime()
    tonight = now.replace(hour=NIGHT.hour, minute=NIGHT.minute, second=0, microsecond=0)
    return tonight if tonight > now else tonight + timedelta(days=1)


def look_after_import() -> None:
    """An import brought people: look for duplicates and at their addresses, behind its back."""
    for path in ("crm.tasks.look_for_duplicates", "crm.tasks.verify_addresses"):
        try:
            async_task(path)
        except (DatabaseError, OSError) as error:  # the night's look finds them as well
            log.warning("look_after_import_failed", task=path, error=repr(error))
