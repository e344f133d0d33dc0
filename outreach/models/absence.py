"""Somebody is away, or gone, by their own automatic reply."""

from django.db import models
from uuid_utils.compat import uuid7

from crm.models import Contact
from outreach.models.message import Message


class Absence(models.Model):
    """`return_on` is the day they named, of the return or the last away; touches wait it out."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="absence")
    return_on = models.DateField(null=True, blank=True)
    gone = models.BooleanField(default=False, help_text="They no longer work there.")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["-noted_at"]
        indexes = [models.Index(fields=["contact", "-noted_at"], name="absence_of_contact")]

    def __str__(self) -> str:
        if self.gone:
            return "No longer there"
        return f"Away until {self.return_on:%d %b %Y}" if self.return_on else "Away"
