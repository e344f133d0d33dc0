"""Recurring tasks as the code wants them: every app writes its own after every migration."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.utils import timezone
from django_q.models import Schedule

DAILY = 24 * 60  # minutes
NIGHT = time(3, 20)


def keep_in_step(app: str, tasks: Mapping[str, tuple[str, int]]) -> None:
    """Write an app's schedules, given as name: (dotted path, minutes); others of its own go.

    Only code writes them, since a broken one blocks those behind it. Daily ones begin at night.
    """
    for name, (path, minutes) in tasks.items():
        values = {
            "func": path, "schedule_type": Schedule.MINUTES, "minutes": minutes, "repeats": -1,
        }  # fmt: skip
        first = {"next_run": _next_night()} if minutes >= DAILY else {}
        Schedule.objects.update_or_create(
            name=name, defaults=values, create_defaults={**values, **first}
        )
    Schedule.objects.exclude(name__in=tasks).filter(func__startswith=f"{app}.").delete()


def _next_night() -> datetime:
    now = timezone.localtime()
    tonight = now.replace(hour=NIGHT.hour, minute=NIGHT.minute, second=0, microsecond=0)
    return tonight if tonight > now else tonight + timedelta(days=1)
