"""The same said of many companies or people at once: tags, qualification, whether in use."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from compliance import audit
from crm.choices import Qualification
from crm.errors import CrmError
from crm.imports.figures import MOST_TAGS
from crm.models import Company, Contact

MOST_AT_ONCE = 5000
SAMPLE, MOST_OFFERED, OFFER_SECONDS = 20_000, 40, 60
Row = Company | Contact


@dataclass(frozen=True, slots=True)
class Marks:
    """What is said of them; what is left out stays as it is. `active` is for companies alone."""

    add: tuple[str, ...] = ()
    take_away: tuple[str, ...] = ()
    status: str = ""
    active: bool | None = None

    def __bool__(self) -> bool:
        return bool(self.add or self.take_away or self.status or self.active is not None)


@transaction.atomic
def mark(rows: QuerySet[Any], said: Marks, *, actor: str) -> int:
    """Write it on every row of which it was not true yet, each with its entry; returns how many.

    Nothing is written where one of them cannot be: CrmError for no change at all, too many rows,
    an unknown qualification, or more tags than a row may have. Who was erased is left alone.
    """
    model: type[Row] = rows.model
    if not said:
        raise CrmError("Say what is to change: tags, qualification or whether they are in use.")
    if said.status and said.status not in Qualification.values:
        raise CrmError(f"“{said.status}” is no qualification the desk knows.")
    chosen = rows.order_by("pk")
    keys = list(chosen.values_list("pk", flat=True).distinct()[: MOST_AT_ONCE + 1])
    if len(keys) > MOST_AT_ONCE:
        raise CrmError(f"Choose at most {MOST_AT_ONCE:,} at once.")
    standing = model.objects.filter(pk__in=keys)
    if model is Contact:
        standing = standing.filter(erased_at=None)
    changed = {row: fields for row in _locked(standing) if (fields := _apply(row, said))}
    for row in changed:
        row.updated_at = timezone.now()
    if changed:
        fields = sorted({name for names in changed.values() for name in names})
        bulk_update_with_history(list(changed), model, [*fields, "updated_at"], batch_size=500)
        action = f"{model._meta.model_name}.changed"
        acts = [audit.Act(action, row, data={"fields": names}) for row, names in changed.items()]
        audit.append_many(acts, actor=actor)
    return len(changed)


def _locked(rows: QuerySet[Any]) -> list[Any]:
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def _apply(row: Any, said: Marks) -> list[str]:
    """Write it on the row in memory; returns the fields that changed."""
    before = (row.tags, row.status, getattr(row, "active", None))
    gone = {tag.casefold() for tag in said.take_away}
    kept = [tag for tag in row.tags if str(tag).casefold() not in gone]
    held = {str(tag).casefold() for tag in kept}
    tags = [*kept, *(tag for tag in said.add if tag.casefold() not in held)]
    if len(tags) > max(MOST_TAGS, len(row.tags)):
        raise CrmError(f"“{row}” would have more than {MOST_TAGS} tags.")
    row.tags = tags
    row.status = said.status or row.status
    if said.active is not None:
        row.active = said.active
    after = (row.tags, row.status, getattr(row, "active", None))
    names = ("tags", "status", "active")
    return [name for name, was, is_ in zip(names, before, after, strict=True) if was != is_]


def common_tags(model: type[Row]) -> list[str]:
    """The tags given most among the rows changed last, for whoever looks for one; kept a minute."""
    key = f"common-tags-{model._meta.model_name}"
    known: list[str] | None = cache.get(key)
    if known is None:
        newest = model.objects.order_by("-updated_at").values_list("tags", flat=True)[:SAMPLE]
        counted = Counter(str(tag) for tags in newest for tag in tags)
        known = sorted((tag for tag, _n in counted.most_common(MOST_OFFERED)), key=str.casefold)
        cache.set(key, known, OFFER_SECONDS)
    return known
