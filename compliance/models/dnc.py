"""Do-not-call lists: files handed in, versions of lists, their numbers, and our own list."""

from django.db import models
from django.db.models import Q

from compliance.choices import DncFileStatus, DncStatus

BLOCKS_PER_VERSION = 1_000_000


class DncFile(models.Model):
    """One file handed in, taken or refused: who, when, under which number; kept for ever."""

    source = models.CharField(max_length=10, help_text="national, internal, or a state: state:FL.")
    list_date = models.DateField(help_text="The day the list was downloaded.")
    san = models.CharField(
        "subscription account number", max_length=40, blank=True, help_text="National lists only."
    )
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")
    position = models.PositiveBigIntegerField(default=0, help_text="Bytes read so far.")
    numbers = models.PositiveBigIntegerField(default=0, help_text="Numbers read so far.")
    status = models.CharField(
        max_length=10, choices=DncFileStatus, default=DncFileStatus.QUEUED, db_index=True
    )
    problem = models.TextField(blank=True, help_text="Why it was refused, or what it waits for.")
    handed_in_by = models.CharField(max_length=150)
    handed_in_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(null=True, help_text="The import's last sign of life.")
    finished_at = models.DateTimeField(null=True)
    upload = models.FileField(upload_to="dnc", blank=True, help_text="Until it is worked off.")

    class Meta:
        ordering = ["-id"]
        verbose_name = "do-not-call file"

    def __str__(self) -> str:
        return f"{self.name} of {self.list_date:%d %b %Y}"


class DncVersion(models.Model):
    """One edition of one list: the national registry's per area code, a state's as a whole.

    The row outlives its numbers: those go when `DNC_KEEP_DAYS` have passed since it was replaced.
    """

    file = models.ForeignKey(DncFile, on_delete=models.PROTECT, related_name="versions")
    source = models.CharField(max_length=10)
    area_code = models.CharField(max_length=3, blank=True, help_text="Blank: the whole list.")
    covers = models.JSONField(default=list, help_text="The area codes found in it.")
    list_date = models.DateField()
    san = models.CharField(max_length=40, blank=True)
    numbers = models.PositiveBigIntegerField(default=0)
    status = models.CharField(max_length=10, choices=DncStatus, default=DncStatus.LOADING)
    reason = models.TextField(blank=True, help_text="Why it waits or was refused.")
    created_at = models.DateTimeField(auto_now_add=True)
    activated_at = models.DateTimeField(null=True)
    activated_by = models.CharField(max_length=150, blank=True)
    superseded_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["source", "area_code", "-id"]
        verbose_name = "do-not-call list"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "area_code"],
                condition=Q(status=DncStatus.ACTIVE),
                name="dnc_one_list_in_force",
            ),
            models.CheckConstraint(
                condition=~Q(source="national") | ~Q(area_code=""),
                name="dnc_national_by_area_code",
            ),
        ]

    def __str__(self) -> str:
        where = f" {self.area_code}" if self.area_code else ""
        return f"{self.source}{where} of {self.list_date:%d %b %Y}"

    def block_key(self, block: int) -> int:
        """The key of a block of this version (see `DncBlock`)."""
        return self.pk * BLOCKS_PER_VERSION + block

    @property
    def block_keys(self) -> tuple[int, int]:
        """The first and last key its blocks can have."""
        first = self.pk * BLOCKS_PER_VERSION
        return first, first + BLOCKS_PER_VERSION - 1


class DncBlock(models.Model):
    """The listed lines of 10,000 numbers that share six digits, as a bitmap.

    The key holds version and six digits in one 64-bit integer: a thousand look-ups over many
    versions are one `key IN (…)` on the primary key, on either database.
    """

    key = models.BigIntegerField(primary_key=True)
    bits = models.BinaryField()

    def __str__(self) -> str:
        return str(self.key)


class InternalDncNumber(models.Model):
    """Somebody asked us not to call or text this number; never deleted, only lifted.

    Erasing the person takes the words and leaves the number.
    """

    phone = models.BigIntegerField(help_text="International form without the plus.")
    reason = models.TextField(help_text="Who asked, where, in which words.")
    added_by = models.CharField(max_length=150)
    added_at = models.DateTimeField()
    file = models.ForeignKey(DncFile, on_delete=models.PROTECT, null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=150, blank=True)
    lift_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = "number on our own list"
        verbose_name_plural = "numbers on our own list"
        constraints = [
            models.UniqueConstraint(
                fields=["phone"], condition=Q(lifted_at=None), name="dnc_internal_once"
            )
        ]

    def __str__(self) -> str:
        return f"+{self.phone}"
