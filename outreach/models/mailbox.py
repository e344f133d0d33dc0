"""A sender identity: from address, provider connection, and how much it may send."""

import uuid

from django.conf import settings
from django.db import models


class Mailbox(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    from_name = models.CharField(max_length=120)
    from_email = models.EmailField(unique=True)
    sender_title = models.CharField(max_length=120, default="Executive Assistant")
    connection = models.CharField(
        max_length=40,
        default="default",
        help_text="A key of the EMAIL_CONNECTIONS setting: which provider carries this mail.",
    )
    max_connections = models.PositiveSmallIntegerField(default=4)
    per_hour = models.PositiveIntegerField(default=200)
    daily_cap = models.PositiveIntegerField(default=1000)
    min_gap_ms = models.PositiveIntegerField(
        default=0, help_text="Least time between two mails, in milliseconds."
    )
    per_domain_hour = models.PositiveIntegerField(
        default=100, help_text="Most mails an hour to one recipient domain."
    )
    next_slot_at = models.DateTimeField(null=True, blank=True, editable=False)
    warm_up_started_on = models.DateField(null=True, blank=True)
    warm_up_first_day = models.PositiveIntegerField(default=30)
    warm_up_growth = models.FloatField(default=1.5, help_text="Factor every third day.")
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_reason = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "mailboxes"

    def __str__(self) -> str:
        return f"{self.from_name} <{self.from_email}>"
