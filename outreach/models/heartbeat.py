"""When each worker cluster was last seen working."""

from django.db import models


class WorkerHeartbeat(models.Model):
    name = models.CharField(max_length=120, primary_key=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.beat_at:%Y-%m-%d %H:%M:%S}"
