"""What may turn out to be the same as another row: the merged one stays, out of every list."""

from typing import Any, ClassVar, Self, cast

from django.db import models


class StandingManager(models.Manager[Any]):
    """Leaves out who was merged into somebody else."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Rows that stand for themselves."""
        return super().get_queryset().filter(merged_into=None)


class Mergeable(models.Model):
    """`objects` are those that stand; `everybody` are also the merged, whose ids live on."""

    # Its index, of each model's own, holds the merged ones alone: nearly nobody is, and SQLite
    # would look for those that stand in an index of everybody, whatever else is asked.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+",
        db_index=False,
    )  # fmt: skip

    objects: ClassVar[models.Manager[Any]] = StandingManager()
    everybody: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        abstract = True

    @property
    def standing(self) -> Self:
        """Who this is today: itself, or the one it was merged into, over any number of merges."""
        found: Any = self
        while found.merged_into is not None:
            found = found.merged_into
        return cast(Self, found)
