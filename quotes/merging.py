"""What hangs on two who may be one: their quotes, which go with their threads."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count

from quotes.models import Quote


def count_of(kind: str, ids: Collection[UUID]) -> dict[UUID, dict[str, int]]:
    """How many quotes each contact or company gave, by id."""
    owner = f"enrollment__{kind}"
    rows = Quote.objects.filter(**{f"{owner}__in": ids}).order_by().values_list(owner)
    return {pk: {"quotes": number} for pk, number in rows.annotate(number=Count("pk"))}
