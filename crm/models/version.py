"""What versions have in common, whatever they word: written once, one after another."""

from typing import Any

from django.db import models
from uuid_utils.compat import uuid7


class WrittenOnce(models.Model):
    """One wording of something, kept for good: whoever changes it writes the next number."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    note = models.CharField(max_length=200, blank=True, help_text="What changed, in words.")
    created_by = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ValueError(f"A {self._meta.verbose_name} never changes; write a new one.")
        super().save(*args, **kwargs)

    def conflict_with(self, based_on: int | None) -> str:
        """What to tell who wrote from version `based_on` while this, the newest, was written;
        "" where they wrote from this one, or do not say from which."""
        if based_on in (None, self.number):
            return ""
        return (
            f"{self.created_by} wrote version {self.number} while you were editing version "
            f"{based_on}. Yours is kept here: look at theirs, then save yours over it or leave it."
        )
