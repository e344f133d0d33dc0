"""Which segment a person is in: by the rules, with the reason, or because one of us said so."""

from typing import Any

from django.db import models
from django.db.models import Case, F, Q, When
from uuid_utils.compat import uuid7

from crm.models.contact import Contact


class SegmentRules(models.Model):
    """One wording of the rules, written once; the one with the highest number is in force."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveIntegerField(unique=True)
    definition = models.JSONField()
    note = models.CharField(max_length=200, blank=True, help_text="What changed, in words.")
    created_by = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)
    cursor = models.UUIDField(null=True, editable=False, help_text="The last person put anew.")
    looked_until = models.DateTimeField(
        null=True, editable=False, help_text="Everybody was put by it; changes since then are too."
    )

    class Meta:
        ordering = ["-number"]
        verbose_name = "rules for segments"
        verbose_name_plural = "rules for segments"

    def __str__(self) -> str:
        return f"Rules for segments, version {self.number}"


class Assignment(models.Model):
    """What the rules say of one person (`segment`), and what a person says instead (`said`).

    The rules' columns are written anew as data change; `said` only people write, so that it stays.
    """

    contact = models.OneToOneField(
        Contact, on_delete=models.CASCADE, primary_key=True, related_name="assignment"
    )
    segment = models.CharField(max_length=40, blank=True, db_index=True)
    why = models.CharField(max_length=300, blank=True)
    suits = models.JSONField(default=dict, help_text="Segment → points.")
    reasons = models.JSONField(default=list)
    tags = models.JSONField(default=list)
    rules = models.ForeignKey(SegmentRules, on_delete=models.PROTECT, related_name="+")
    seen_until = models.DateTimeField(help_text="Changes of data up to then were seen.")
    said = models.CharField(max_length=40, blank=True, db_index=True)
    said_by = models.CharField(max_length=150, blank=True)
    said_because = models.CharField(max_length=200, blank=True)
    said_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["seen_until"], name="assignment_seen")]
        permissions = [("switch_segmentrules", "Can put rules for segments in force")]

    def __str__(self) -> str:
        return self.holds or "no segment"

    @property
    def holds(self) -> str:
        """The segment that counts: what a person said, else what the rules say."""
        return self.said or self.segment


def in_segment(name: str, prefix: str = "") -> Q:
    """Rows whose assignment (at `prefix`) holds this segment."""
    return Q(**{f"{prefix}said": name}) | Q(**{f"{prefix}said": "", f"{prefix}segment": name})


def holding(prefix: str = "") -> Any:
    """The segment that counts, for the database."""
    said = f"{prefix}said"
    return Case(
        When(~Q(**{said: ""}) & Q(**{f"{said}__isnull": False}), then=F(said)),
        default=F(f"{prefix}segment"),
        output_field=models.CharField(),
    )
