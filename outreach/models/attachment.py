"""A file that came with a message; one over the limit is listed and stays in the raw event."""

from django.db import models
from uuid_utils.compat import uuid7

from outreach.models.message import Message


def attachment_path(attachment: "Attachment", _filename: str) -> str:
    """Stored under the row's id: the sender's file name never reaches the file system."""
    return f"attachments/{attachment.message_id}/{attachment.id}"


class Attachment(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField()
    file = models.FileField(upload_to=attachment_path, blank=True)
    left_out = models.CharField(max_length=200, blank=True, help_text="Why it was not stored.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
