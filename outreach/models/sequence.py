"""A sequence of touches, and its versions: what people under way follow never changes."""

import uuid
from typing import Any

from django.db import models

from outreach.choices import Voice


class Sequence(models.Model):
    """A named drip; what it says stands in its versions, the newest is used for new people."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    voice = models.CharField(
        max_length=20, choices=Voice, blank=True, help_text="Whom it speaks to; empty for anybody."
    )
    active = models.BooleanField(default=True, help_text="Offered for new campaigns.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SequenceVersion(models.Model):
    """One wording of a sequence, written once.

    `definition` is what `outreach.sequences.definition.as_data` gives: stored whole, because it is
    read, compared, checked and frozen whole; no step is ever looked up alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sequence = models.ForeignKey(Sequence, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    note = models.CharField(max_length=200, blank=True, help_text="What changed, in words.")
    created_by = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["sequence", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["sequence", "number"], name="sequence_version_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sequence}, version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ValueError("A version of a sequence never changes; write a new one.")
        super().save(*args, **kwargs)
