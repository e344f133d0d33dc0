"""Pairs that may be one, what was decided about them, and what each merge did."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from crm.models.company import Company
from crm.models.contact import Contact


class MergeKind(models.TextChoices):
    CONTACT = "contact", "People"
    COMPANY = "company", "Companies"


class CandidateState(models.TextChoices):
    OPEN = "open", "To decide"
    MERGED = "merged", "Merged"
    DISMISSED = "dismissed", "Not the same"


class MergeCandidate(models.Model):
    """Two rows that may be one; `first` is the smaller id, so that a pair stands here once.

    `fingerprint` is of what was compared: a dismissed pair comes back only when that changes.
    `reasons` are sentences without names or addresses.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=MergeKind)
    first = models.UUIDField()
    second = models.UUIDField()
    score = models.PositiveSmallIntegerField(help_text="How sure, from 0 to 100.")
    reasons = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=CandidateState, default=CandidateState.OPEN)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    later_at = models.DateTimeField(
        null=True, blank=True, help_text="When somebody put it off: it comes after the others."
    )
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = [F("later_at").asc(nulls_first=True), "-score", "found_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "first", "second"], name="merge_candidate_once_per_pair"
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="merge_candidate_smaller_id_first"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(decided_by=""),
                name="merge_candidate_decided_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["kind", "-score"], condition=Q(state="open"), name="merge_candidate_open"
            ),
            models.Index(fields=["second"], name="merge_candidate_second"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {', '.join(self.reasons)}"


class MergeRecord(models.Model):
    """One merge: `merged` lives on in `survivor`; `story` holds what it takes to undo it.

    `story` is what `crm.merging.story.Story.as_data` gives; `told` are sentences for people.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=MergeKind)
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    merged_contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    merged_company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    actor = models.CharField(max_length=150)
    merged_at = models.DateTimeField()
    story = models.JSONField(default=dict, editable=False)
    told = models.JSONField(default=list, editable=False)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-merged_at", "-id"]
        verbose_name = "merge"
        permissions = [("merge_records", "Can merge people and companies, and undo it")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind="contact", contact__isnull=False, merged_contact__isnull=False,
                    company__isnull=True, merged_company__isnull=True,
                )
                | Q(
                    kind="company", company__isnull=False, merged_company__isnull=False,
                    contact__isnull=True, merged_contact__isnull=True,
                ),
                name="merge_of_two_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | ~Q(undone_by=""),
                name="merge_undone_by_somebody",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.merged} into {self.survivor}"

    @property
    def survivor(self) -> Any:
        return self.contact if self.kind == MergeKind.CONTACT else self.company

    @property
    def merged(self) -> Any:
        return self.merged_contact if self.kind == MergeKind.CONTACT else self.merged_company
