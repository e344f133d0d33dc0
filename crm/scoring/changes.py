"""Finds what is older than its data, beginning with what changed: however much there is besides."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from crm.scoring.reading import PORTION


def stale_keys(
    rows: QuerySet[Any], held: str, changes: Sequence[str], since: datetime
) -> Iterator[list[UUID]]:
    """Keys, in portions, of rows whose `held` is missing or saw less than changed after `since`.

    `changes` are the columns that say when something it is made from changed, seen from the row;
    each has an index. No order and no limit is asked for: the database would rather walk everybody
    in that order than begin with the few that changed.
    """
    for change in changes:
        older = Q(**{held: None}) | Q(**{f"{held}__seen_until__lt": F(change)})
        stale = rows.filter(older, **{f"{change}__gt": since}).order_by()
        found = list(stale.values_list("pk", flat=True).distinct())
        for start in range(0, len(found), PORTION):
            yield found[start : start + PORTION]
