"""When readings are made: right after a reply came, and again for what the queue forgot."""

from typing import Any
from uuid import UUID

from django_q.models import Schedule
from django_q.tasks import async_task

SWEEP = "quotes: read what waits"
SWEEP_MINUTES = 2


def read_soon(message_id: UUID, **_signal: Any) -> None:
    """Queue the reading of a reply; a model may take its time, the inbox must not wait for it."""
    async_task("quotes.tasks.read_reply", str(message_id))


def ensure_schedules(**_signal: Any) -> None:
    """Keep the recurring sweep as the code wants it."""
    Schedule.objects.update_or_create(
        name=SWEEP,
        defaults={
            "func": "quotes.tasks.read_waiting",
            "schedule_type": Schedule.MINUTES,
            "minutes": SWEEP_MINUTES,
            "repeats": -1,
        },
    )
