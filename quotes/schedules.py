"""When readings are made: right after a reply came, and again for what the queue forgot."""

from typing import Any
from uuid import UUID

from django_q.tasks import async_task

from compliance.recurring import keep_in_step

TASKS = {
    # name: (dotted path, minutes)
    "quotes: read what waits": ("quotes.tasks.read_waiting", 2),
}


def read_soon(message_id: UUID, **_signal: Any) -> None:
    """Queue the reading of a reply; a model may take its time, the inbox must not wait for it."""
    async_task("quotes.tasks.read_reply", str(message_id))


def ensure_schedules(**_signal: Any) -> None:
    """Write the schedules as the code wants them; those the code no longer knows go."""
    keep_in_step("quotes", TASKS)
