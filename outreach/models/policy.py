"""The switches over all campaigns: stop everything, and approve everything by hand."""

from typing import Any

from django.db import models


class OutreachPolicy(models.Model):
    """One row (`load()`), so that the switches hold across workers, hosts and restarts."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    paused_by = models.CharField(max_length=150, blank=True, editable=False)
    pause_reason = models.CharField(max_length=200, blank=True)
    force_every_message = models.BooleanField(
        default=False, help_text="A person approves every message, whatever a campaign says."
    )

    soft_bounce_limit = models.PositiveSmallIntegerField(
        default=3,
        help_text="An address counts as dead after so many mails in a row came back for now "
        "(mailbox full, server away); 0 for never.",
    )
    refusal_limit = models.PositiveSmallIntegerField(
        default=3,
        help_text="A mailbox is paused when so many people's servers refuse its mail within a day "
        "as spam or by a rule of theirs; 0 for never. A blocklist pauses it at once.",
    )

    class Meta:
        verbose_name_plural = "outreach policy"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_outreach_policy")]

    def __str__(self) -> str:
        return "Outreach policy"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.id = 1
        super().save(*args, **kwargs)

    @classmethod
    def load(cls) -> "OutreachPolicy":
        """The one row, made on first use."""
        return cls.objects.get_or_create(pk=1)[0]

    @property
    def paused(self) -> bool:
        return self.paused_at is not None
