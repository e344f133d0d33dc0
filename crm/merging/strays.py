"""What was written about somebody in the moment they were merged still finds its way to them."""

from typing import Any

from django.db import transaction

from crm.merging.links import Fold, Link, links_to, move_all
from crm.merging.story import Story
from crm.models import Company, Contact
from crm.wishes import unite_wishes

ACTOR = "merging"


def gather_strays() -> int:
    """Move what points at a merged one on to whom they are today; returns how many were moved.

    A reply or an enrollment that began before a merge may be committed after it.
    """
    return sum(_gather(model) for model in (Contact, Company))


def _gather(model: Any) -> int:
    astray: set[Any] = set()
    for link in links_to(model):
        if not link.name.endswith("_id"):
            astray |= set(_pointing_at_merged(link))
    return sum(_move(model, key) for key in sorted(astray))


def _pointing_at_merged(link: Link) -> list[Any]:
    rows = link.model._base_manager.filter(**{f"{link.name}__merged_into__isnull": False})
    return list(rows.order_by().values_list(link.name, flat=True).distinct())


@transaction.atomic
def _move(model: Any, key: Any) -> int:
    merged = model.everybody.get(pk=key)
    pair = [merged.pk, merged.standing.pk]
    rows = model.everybody.select_for_update(of=("self",)).filter(pk__in=pair).order_by("pk")
    found = {row.pk: row for row in rows}
    merged = found[key]
    if merged.merged_into is None:  # undone meanwhile
        return 0
    fold = Fold(found[pair[1]], merged, Story(), ACTOR)
    moved = sum(move_all(fold, model).values())
    if model is Contact:
        unite_wishes(fold.survivor, actor=ACTOR)
    return moved
