"""What a provider told us, raw, kept with its processing status so that nothing is ever lost."""

from django.db import models
from uuid_utils.compat import uuid7

from outreach.choices import EventKind, EventStatus
from outreach.models.message import Message


class ProviderEvent(models.Model):
    """`key` makes storing idempotent: provider's event or message id, else a content hash."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    esp = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=EventKind)
    key = models.CharField(max_length=255)
    event_type = models.CharField(max_length=40, blank=True)
    payload = models.JSONField(default=dict, help_text="Normalised: recipient, ids, times.")
    raw = models.BinaryField(default=bytes, help_text="The bytes as they came.")
    status = models.CharField(max_length=16, choices=EventStatus, default=EventStatus.RECEIVED)
    detail = models.TextField(blank=True, help_text="Why it stands where it stands.")
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="events"
    )
    received_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["received_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["esp", "kind", "key"], name="provider_event_once")
        ]
        indexes = [
            models.Index(
                fields=["received_at"],
                condition=models.Q(status__in=["received", "processing"]),
                name="provider_event_open",
            ),
            models.Index(
                fields=["-received_at"],
                condition=models.Q(status="needs_attention", message__isnull=True),
                name="provider_event_triage",
            ),
            models.Index(fields=["-received_at", "-id"], name="provider_event_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.esp} {self.event_type or self.kind} {self.key[:40]}"
