"""What was taken in: each run of a list with its counts, and the rows that stayed out."""

import uuid

from django.db import models


class ImportKind(models.TextChoices):
    CONTACTS = "contacts", "People"
    COMPANIES = "companies", "Companies"


class ImportState(models.TextChoices):
    RUNNING = "running", "Running or broken off"
    DONE = "done", "Done"
    UNDONE = "undone", "Undone"


class ImportBatch(models.Model):
    """One run: batch `batch_id` of the session; the same file again is the session's next batch."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session_key = models.CharField("session", max_length=80)
    batch_id = models.PositiveIntegerField("batch")
    kind = models.CharField("of", max_length=10, choices=ImportKind)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.RUNNING)
    file_name = models.CharField("file", max_length=120)
    actor = models.CharField("by", max_length=150)
    encoding = models.CharField(max_length=20, blank=True)
    delimiter = models.CharField(max_length=1, blank=True)
    header = models.JSONField(default=list)
    columns = models.JSONField(default=dict, help_text="Heading → field.")
    notes = models.JSONField(default=list)
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    companies_created = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at"]
        verbose_name = "import"
        constraints = [
            models.UniqueConstraint(fields=["session_key", "batch_id"], name="import_batch_once")
        ]

    def __str__(self) -> str:
        return f"{self.file_name}, batch {self.batch_id} of {self.session_key}"


class RejectedRow(models.Model):
    """A row that stayed out, as it stood in the file (`cells` is a JSON list), and why."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rejected_rows")
    row = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=40, blank=True)
    value = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=40)
    reason = models.TextField()
    cells = models.TextField()

    class Meta:
        ordering = ["row"]

    def __str__(self) -> str:
        return f"row {self.row}: {self.reason}"
