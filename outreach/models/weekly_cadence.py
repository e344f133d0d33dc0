"""The week the desk has settled on: one row, kept by whoever changed it last."""

from django.db import models


class WeeklyCadence(models.Model):
    """Targets, shares and times; none until somebody sets them.

    `shares` is `{segment: "50"}`, numbers as text; `slots` is
    `{kind: {"weekdays": [0, …], "times": ["09:00", …]}}`. Written only by
    `outreach.sequences.weekly.set_cadence`, which raises `version` and tells the ledger.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    connection_requests = models.PositiveSmallIntegerField(help_text="A week.")
    follow_ups_per_person = models.PositiveSmallIntegerField()
    shares = models.JSONField()
    slots = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    updated_by = models.CharField(max_length=150)
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "weekly cadence"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_weekly_cadence")]

    def __str__(self) -> str:
        return "Weekly cadence"
