"""How much was sent in a window: rows, so that limits hold across workers and restarts."""

from django.db import models


class ThrottleWindow(models.Model):
    """`scope` such as "mailbox:<id>:hour" or "domain:<mailbox>:<domain>"; `start` its beginning."""

    scope = models.CharField(max_length=320)
    start = models.DateTimeField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "start"], name="throttle_window_once")
        ]

    def __str__(self) -> str:
        return f"{self.scope} from {self.start:%Y-%m-%d %H:%M}: {self.used}"
