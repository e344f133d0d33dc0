"""Segments: an audience as versions of a definition, and who was in it when it was frozen."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from uuid_utils.compat import uuid7

from crm.models.contact import Contact
from crm.models.version import WrittenOnce


class Segment(models.Model):
    """A named audience; whom it means stands in its versions. Its name is free once archived."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True,
        related_name="segments",
    )  # fmt: skip
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        permissions = [("export_segment", "Can export the people of segments")]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                condition=Q(archived_at__isnull=True),
                name="segment_name_once",
                violation_error_message="There is a segment by this name; choose another name.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class SegmentVersion(WrittenOnce):
    """One wording of a segment, written once; `definition` as `crm.segments.definition` has it."""

    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="versions")

    class Meta:
        ordering = ["segment", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "number"], name="segment_version_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.segment}, version {self.number}"


class SegmentSnapshot(models.Model):
    """Who a version meant at one moment.

    `words` tells the definition as it was understood then; `fields` is a list of
    `{"name", "label", "kind"}`: what the members' values are of.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(SegmentVersion, on_delete=models.PROTECT, related_name="snapshots")
    words = models.TextField()
    fields = models.JSONField(default=list)
    size = models.PositiveIntegerField(default=0)
    taken_for = models.CharField(max_length=200, blank=True, help_text="The campaign’s name then.")
    taken_by = models.CharField(max_length=150)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-taken_at"]

    def __str__(self) -> str:
        return f"{self.version}, {self.size} people"


class SegmentMember(models.Model):
    """Somebody in a snapshot, with the `values` they were chosen by, by the fields' names.

    `outcome` is what came of taking them into the campaign: empty while they wait, “in”, or why
    they stayed out (a code of `outreach.sequences.left_out`, and `reason` in words).
    """

    snapshot = models.ForeignKey(SegmentSnapshot, on_delete=models.CASCADE, related_name="members")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)
    outcome = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "contact"], name="member_once_per_snapshot")
        ]
        indexes = [
            models.Index(fields=["snapshot", "outcome", "id"], name="segment_member_outcome"),
            models.Index(
                fields=["snapshot"], condition=Q(outcome=""), name="segment_member_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} in {self.snapshot_id}"
