"""The last marketing message of each contact: the row that keeps it to one a day."""

from django.db import models
from uuid_utils.compat import uuid7

from crm.models import Contact


class MarketingTouch(models.Model):
    """One row a contact, taken by compare-and-swap before a marketing message may leave."""

    contact = models.OneToOneField(
        Contact, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    message_id = models.UUIDField(default=uuid7)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.contact_id} at {self.at:%Y-%m-%d %H:%M}"
