"""What one of us is told about a conversation: in the app, by e-mail and by text."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from outreach.models.enrollment import Enrollment
from outreach.models.message import Message


class AlertKind(models.TextChoices):
    HOT = "hot", "Needs you now"
    PASSED_ON = "passed_on", "Passed on to you, unseen by others"
    UNSEEN = "unseen", "Nobody has looked"
    AGAIN = "again", "They wrote again"
    ASSIGNED = "assigned", "Assigned to you"
    REMINDER = "reminder", "Today is the day they named"
    COMPLAINT = "complaint", "A complaint"
    MENTION = "mention", "You are mentioned in a note"
    MAILBOX = "mailbox", "A mailbox was paused"


class Alert(models.Model):
    """`words` says why, without naming anybody; who it is about, the thread says."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="alerts"
    )
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="alerts")
    message = models.ForeignKey(
        Message, on_delete=models.CASCADE, null=True, blank=True, related_name="alerts"
    )
    kind = models.CharField(max_length=10, choices=AlertKind)
    words = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "message", "kind"],
                condition=Q(message__isnull=False) & ~Q(kind__in=["passed_on", "unseen"]),
                name="told_once_of_a_message",
            )
        ]
        indexes = [
            models.Index(
                fields=["user", "-created_at"], condition=Q(seen_at=None), name="alert_unseen"
            ),
            models.Index(fields=["user", "-created_at"], name="alert_newest"),
        ]

    def __str__(self) -> str:
        return self.words or self.get_kind_display()


class AlertChannel(models.TextChoices):
    EMAIL = "email", "E-mail"
    SMS = "sms", "SMS"


class AlertStatus(models.TextChoices):
    WAITING = "waiting", "Waiting"
    SENDING = "sending", "Sending"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    NOT_NEEDED = "not_needed", "Seen before it was sent"


class AlertDelivery(models.Model):
    """One way an alert goes out; a text waits for the end of its reader's quiet hours."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=5, choices=AlertChannel)
    status = models.CharField(max_length=10, choices=AlertStatus, default=AlertStatus.WAITING)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_at"]
        verbose_name_plural = "alert deliveries"
        constraints = [
            models.UniqueConstraint(fields=["alert", "channel"], name="alert_once_per_channel")
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(status__in=["waiting", "sending"]),
                name="alert_delivery_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.get_status_display()}"
