"""Who let exactly this content go."""

from django.conf import settings
from django.db import models
from uuid_utils.compat import uuid7

from outreach.models.message import Message


class Approval(models.Model):
    """Bound to `content_hash`; any later change voids it. `approver` is None for the policy."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="approvals")
    content_hash = models.CharField(max_length=64)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True
    )
    approved_by = models.CharField(max_length=150, help_text="The name at the time, or the policy.")
    edited = models.BooleanField(default=False, help_text="The draft was changed before approval.")
    approved_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-approved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["message"],
                condition=models.Q(voided_at__isnull=True),
                name="one_standing_approval_per_message",
            )
        ]

    def __str__(self) -> str:
        return f"{self.approved_by} at {self.approved_at:%Y-%m-%d %H:%M}"
