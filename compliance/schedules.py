"""Compliance's recurring tasks, kept in step with the code after every migration."""

from typing import Any

from compliance.recurring import keep_in_step

TASKS = {
    # name: (dotted path, minutes)
    "compliance: do-not-call lists": ("compliance.tasks.keep_dnc", 10),
}


def ensure_schedules(**_signal: Any) -> None:
    """Write the schedules as the code wants them; those the code no longer knows go."""
    keep_in_step("compliance", TASKS)
