"""What was taken in: each run of a list with its counts, the rows to look at, and profiles."""

from django.db import models
from uuid_utils.compat import uuid7


class ImportKind(models.TextChoices):
    CONTACTS = "contacts", "People"
    COMPANIES = "companies", "Companies"
    LEADS = "leads", "Leads"


class ImportState(models.TextChoices):
    """An upload goes from the top down; a list of the command line begins at “running”."""

    UPLOADED = "uploaded", "Columns to look at"
    CHECKING = "checking", "Being checked"
    CHECKED = "checked", "Checked, not kept yet"
    RUNNING = "running", "Running or broken off"
    DONE = "done", "Done"
    FAILED = "failed", "Could not be read"
    UNDONE = "undone", "Undone"


# Somebody has to do something before these go on.
WAITING_STATES = (ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED)
# A worker has these in hand, or will.
MOVING_STATES = (ImportState.CHECKING, ImportState.RUNNING)


class ImportProfile(models.Model):
    """How lists with one header are read, so that nobody says it twice."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    kind = models.CharField("of", max_length=10, choices=ImportKind)
    header_key = models.CharField(max_length=64, editable=False)
    header = models.JSONField(default=list, help_text="The headings, as they stood.")
    mapping = models.JSONField(default=list, help_text="A field for each heading, blank for none.")
    defaults = models.JSONField(default=dict, blank=True, help_text="Field → value of blank cells.")
    keep_unknown = models.BooleanField(
        "keep other columns", default=False, help_text="As research, on the person."
    )
    created_by = models.CharField(max_length=150, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "name"],
                name="import_profile_once",
                violation_error_message="There is a profile of that name already.",
            )
        ]
        indexes = [models.Index(fields=["kind", "header_key"], name="import_profile_header")]

    def __str__(self) -> str:
        return self.name


class ImportBatch(models.Model):
    """One run: batch `batch_id` of the session; the same file again is the session's next batch.

    While a worker has it in hand, `worker` is its token and `touched_at` its last sign of life;
    `read` rows are settled, and a run that was broken off goes on behind them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
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
    plan = models.JSONField(default=dict, editable=False, help_text="How it is to be read.")
    profile = models.ForeignKey(
        ImportProfile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    samples = models.JSONField(default=list, editable=False, help_text="The first, as made.")
    tally = models.JSONField(default=dict, editable=False, help_text="Its numbers and mailboxes.")
    problem = models.TextField(blank=True, help_text="Why the file could not be read.")
    about = models.PositiveIntegerField(default=0, help_text="How many rows there may be.")
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    flagged = models.PositiveIntegerField(default=0, help_text="Taken in, and worth a look.")
    companies_created = models.PositiveIntegerField(default=0)
    contacts_created = models.PositiveIntegerField(default=0)
    properties_created = models.PositiveIntegerField(default=0)
    upload = models.FileField(upload_to="imports", blank=True, editable=False)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")
    worker = models.CharField(max_length=40, blank=True, editable=False)
    touched_at = models.DateTimeField(null=True, editable=False)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at"]
        verbose_name = "import"
        constraints = [
            models.UniqueConstraint(fields=["session_key", "batch_id"], name="import_batch_once")
        ]
        indexes = [
            models.Index(
                fields=["touched_at"],
                condition=models.Q(state__in=MOVING_STATES),
                name="import_batch_moving",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name}, batch {self.batch_id} of {self.session_key}"


class RejectedRow(models.Model):
    """A row that stayed out, as it stood in the file (`cells` is a JSON list), and why.

    Those with `is_in` were taken in and are worth a look.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rejected_rows")
    row = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=40, blank=True)
    value = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=40)
    reason = models.TextField()
    cells = models.TextField()
    is_in = models.BooleanField("taken in", default=False)

    class Meta:
        ordering = ["row"]

    def __str__(self) -> str:
        return f"row {self.row}: {self.reason}"
