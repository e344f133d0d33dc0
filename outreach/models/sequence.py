"""A sequence of touches, and its versions: what people under way follow never changes."""

from django.db import models
from uuid_utils.compat import uuid7

from crm.models.version import WrittenOnce
from outreach.choices import Voice


class Sequence(models.Model):
    """A named drip; what it says stands in its versions, the newest is used for new people."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
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


class SequenceVersion(WrittenOnce):
    """One wording of a sequence, written once.

    `definition` is what `outreach.sequences.definition.as_data` gives: stored whole, because it is
    read, compared, checked and frozen whole; no step is ever looked up alone.
    """

    sequence = models.ForeignKey(Sequence, on_delete=models.PROTECT, related_name="versions")

    class Meta:
        ordering = ["sequence", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["sequence", "number"], name="sequence_version_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sequence}, version {self.number}"
