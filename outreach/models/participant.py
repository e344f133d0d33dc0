"""Who else takes part in a thread: they wrote into it, or were written to with us."""

from django.db import models
from uuid_utils.compat import uuid7

from crm.choices import PointKind
from crm.models import Contact
from outreach.choices import ParticipantRole
from outreach.models.enrollment import Enrollment


class Participant(models.Model):
    """An address seen in a thread; `contact` is whose it is, once that is known.

    Nothing is ever sent to a participant: only to the addresses of contacts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.CASCADE, related_name="participants"
    )
    kind = models.CharField(max_length=10, choices=PointKind, default=PointKind.EMAIL)
    value = models.CharField(max_length=320)
    name = models.CharField(max_length=160, blank=True, help_text="As their mail program says.")
    role = models.CharField(max_length=5, choices=ParticipantRole)
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    first_seen = models.DateTimeField()

    class Meta:
        ordering = ["first_seen", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "kind", "value"], name="participant_once_per_thread"
            )
        ]
        indexes = [models.Index(fields=["value", "-first_seen"], name="participant_value")]

    def __str__(self) -> str:
        return f"{self.name} <{self.value}>" if self.name else self.value
