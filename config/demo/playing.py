"""Lets the demo's time run fast without outrunning the desk: it stops wherever something is due."""

import time
from collections.abc import Callable
from datetime import timedelta

from django.db.models import Min
from django_q.models import OrmQ
from django_q.tasks import async_task

from config.demo import clock, registry
from outreach.choices import UNDER_WAY, MessageStatus
from outreach.models import Enrollment, Message

# Two things due so close together are one stop.
LEAST = timedelta(minutes=20)
# A worker that has not done its work by then is not waited for any longer.
PATIENCE_SECONDS = 20.0
TASKS = ("outreach.tasks.advance_sequences", "outreach.tasks.tick")


class Player:
    """What the town does while time runs fast; `clock.keep_playing` asks it at every step.

    `answering` says whether people in town are about to answer.
    """

    def __init__(self, answering: Callable[[], bool] = lambda: False) -> None:
        self.answering = answering
        self.busy_since: float | None = None
        self.something_due = True

    def is_ready(self) -> bool:
        """Whether the worker has done what was due, and people have answered.

        A jump of hours would pass for the worker's death, and a quick answer for a late one.
        """
        if not self.answering() and not OrmQ.objects.exists():
            self.busy_since = None
            return True
        self.busy_since = self.busy_since or time.monotonic()
        return time.monotonic() - self.busy_since > PATIENCE_SECONDS

    def step(self) -> timedelta:
        """To the next moment at which something is due, at most the clock's usual step."""
        ahead = next_due_in()
        self.something_due = ahead is not None and ahead <= clock.STEP
        return max(LEAST, ahead) if ahead is not None and self.something_due else clock.STEP

    def wake(self) -> None:
        """Let the worker look, where there is something for it."""
        registry.renew(after=registry.WEEK)
        if self.something_due:
            for task in TASKS:
                async_task(task)


def next_due_in() -> timedelta | None:
    """How long until the next message or touch is due; None for nothing at all."""
    moments = (
        Message.objects.filter(status=MessageStatus.APPROVED).aggregate(at=Min("due_at"))["at"],
        Enrollment.objects.filter(
            status__in=sorted(UNDER_WAY), paused_at=None, version__isnull=False
        ).aggregate(at=Min("next_touch_at"))["at"],
    )
    known = [moment for moment in moments if moment is not None]
    return max(timedelta(), min(known) - clock.now()) if known else None
