"""Who of us takes hot conversations, how they are told, and when they are to be left in peace."""

import zoneinfo
from datetime import time
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from compliance.addresses import BadAddressError, normalise
from compliance.choices import AddressKind


class StaffDuty(models.Model):
    """One row a person; who has none is told in the app and by e-mail, and is last in turn."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="duty"
    )
    takes_leads = models.BooleanField(
        default=True, help_text="Hot conversations are given to them in turn."
    )
    by_email = models.BooleanField(default=True)
    by_sms = models.BooleanField(default=False)
    phone = models.CharField(max_length=40, blank=True, help_text="For texts: +13055550100.")
    quiet_from = models.TimeField(
        null=True, blank=True, default=time(22), help_text="No text comes from then …"
    )
    quiet_until = models.TimeField(null=True, blank=True, default=time(7), help_text="… to then.")
    zone = models.CharField(
        max_length=64, blank=True, help_text="Their time zone, such as America/New_York."
    )

    class Meta:
        ordering = ["user"]
        verbose_name_plural = "staff duties"

    def __str__(self) -> str:
        return f"Duty of {self.user}"

    def clean(self) -> None:
        """A number texts can go to, a zone that exists, and both ends of the quiet hours."""
        problems: dict[str, Any] = {}
        if self.phone:
            try:
                self.phone = normalise(AddressKind.PHONE, self.phone)
            except BadAddressError as error:
                problems["phone"] = str(error)
        elif self.by_sms:
            problems["phone"] = "Enter the number texts go to."
        if self.zone and self.zone not in zoneinfo.available_timezones():
            problems["zone"] = "There is no such time zone; one is “Europe/Madrid”."
        if (self.quiet_from is None) != (self.quiet_until is None):
            problems["quiet_until"] = "Give both ends of the quiet hours, or neither."
        if problems:
            raise ValidationError(problems)


class AssignBy(models.TextChoices):
    CAMPAIGN_OWNER = "campaign_owner", "To the campaign's owner, else in turn"
    IN_TURN = "in_turn", "In turn"


class HandoffPolicy(models.Model):
    """One row: to whom hot conversations go, and how long somebody may leave one unseen."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    assign_by = models.CharField(max_length=16, choices=AssignBy, default=AssignBy.CAMPAIGN_OWNER)
    pass_on_minutes = models.PositiveSmallIntegerField(
        default=15, help_text="Unseen for so many minutes, it goes to the next person."
    )

    class Meta:
        verbose_name_plural = "handoff policy"
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_handoff_policy"),
            models.CheckConstraint(
                condition=models.Q(pass_on_minutes__gte=1), name="pass_on_after_a_minute"
            ),
        ]

    def __str__(self) -> str:
        return "Handoff policy"

    @classmethod
    def current(cls) -> "HandoffPolicy":
        """The row, or what holds while nobody has changed anything; writes nothing."""
        return cls.objects.filter(pk=1).first() or cls()
