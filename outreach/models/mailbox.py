"""A sender identity: from address, provider connection, and how much it may send."""

from django.conf import settings
from django.db import models
from uuid_utils.compat import uuid7

from outreach.choices import MACHINE_CHANNELS, Channel

SENDER_CHANNELS = [(c.value, c.label) for c in Channel if c in MACHINE_CHANNELS]


class Mailbox(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    from_name = models.CharField(max_length=120)
    channel = models.CharField(max_length=10, choices=SENDER_CHANNELS, default=Channel.EMAIL)
    from_email = models.EmailField(blank=True)
    from_number = models.CharField(
        max_length=40,
        blank=True,
        help_text="For texts: a number such as +13055550100, or a Messaging Service (MG…).",
    )
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
        constraints = [
            models.UniqueConstraint(
                fields=["from_email"],
                condition=~models.Q(from_email=""),
                name="mailbox_once_per_address",
            ),
            models.UniqueConstraint(
                fields=["from_number"],
                condition=~models.Q(from_number=""),
                name="mailbox_once_per_number",
            ),
            models.CheckConstraint(
                condition=(models.Q(channel="email") & ~models.Q(from_email=""))
                | (models.Q(channel="sms") & ~models.Q(from_number="")),
                name="mailbox_has_its_sender",
                violation_error_message="Name the sender: an e-mail address or a number.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_name} <{self.from_email or self.from_number}>"

    @property
    def address(self) -> str:
        """What recipients see it come from."""
        return self.from_number if self.channel == Channel.SMS else self.from_email
