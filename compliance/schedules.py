"""Compliance's recurring tasks, kept in step with the code after every migration."""

from typing import Any

from django_q.models import Schedule

TASKS = {
    # name: (dotted path, minutes)
    "compliance: do-not-call lists": ("compliance.tasks.keep_dnc", 10),
}


def ensure_schedules(**_signal: Any) -> None:
    """Write the schedules as the code wants them; those the code no longer knows go."""
    for name, (path, minutes) in TASKS.items():
        Schedule.objects.update_or_create(
            name=name,
            defaults={
                "func": path,
                "schedule_type": Schedule.MINUTES,
                "minutes": minutes,
                "repeats": -1,
            },
        )
    Schedule.objects.exclude(name__in=TASKS).filter(func__startswith="compliance.").delete()
