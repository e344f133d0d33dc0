"""Merges two records of one person or company, with all that hangs on them, and takes it back."""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from compliance import audit
from crm.errors import NotPossibleError
from crm.merging import candidates
from crm.merging.fields import from_merged_by_default, values_to_keep
from crm.merging.links import Fold, move_all
from crm.merging.story import Story, take_back
from crm.models import Company, Contact, MergeKind, MergeRecord
from crm.signals import contacts_merged
from crm.wishes import end_leads, unite_wishes

Row = TypeVar("Row", Contact, Company)


class CannotMergeError(NotPossibleError):
    """These two cannot be merged, or this merge cannot be undone, with the reason."""


@transaction.atomic
def merge_contacts(
    survivor: UUID, merged: UUID, *, actor: str, take: Collection[str] | None = None
) -> MergeRecord:
    """Let `merged` live on in `survivor`; `take` names the fields whose value `merged` gives.

    Without `take` the survivor's values stay where there are any. Everything that points at the
    merged one moves, a wish to stop of either holds for both, and nobody is written to twice.
    Raises CannotMergeError.
    """
    kept, gone = _lock(Contact, survivor, merged)
    for one in (kept, gone):
        if one.erased_at is not None:
            raise CannotMergeError("One of them was erased: nothing is kept that could be merged.")
    fold = Fold(kept, gone, Story(), actor)
    counts = _carry(fold, Contact, take)
    if unite_wishes(kept, actor=actor):
        fold.story.told.append("A wish to stop of either of them holds for every address now.")
    return _record(fold, MergeKind.CONTACT, counts)


@transaction.atomic
def merge_companies(
    survivor: UUID, merged: UUID, *, actor: str, take: Collection[str] | None = None
) -> MergeRecord:
    """As `merge_contacts`, for companies: their people stay people of their own.

    The merged one's domain goes on leading to the survivor.
    """
    kept, gone = _lock(Company, survivor, merged)
    fold = Fold(kept, gone, Story(), actor)
    counts = _carry(fold, Company, take)
    return _record(fold, MergeKind.COMPANY, counts)


@transaction.atomic
def unmerge(record_id: UUID, *, actor: str) -> MergeRecord:
    """Take a merge back: both are as they were; what came since stays with the survivor.

    Raises CannotMergeError where a later merge stands on it, or for somebody who was erased.
    """
    record = MergeRecord.objects.select_for_update(of=("self",)).get(pk=record_id)
    model: Any = Contact if record.kind == MergeKind.CONTACT else Company
    _lock_rows(model, [record.survivor.pk, record.merged.pk])
    record.refresh_from_db()
    _check_undoable(record)
    told = _stays(record)
    merged = record.merged
    merged.merged_into = None
    merged.save(update_fields=["merged_into"])
    try:
        with transaction.atomic():
            told += take_back(record.story)
    except IntegrityError as error:
        raise CannotMergeError(
            "Something that was made since stands where a part of it would go back to: "
            "look at what both have now, and separate it by hand."
        ) from error
    for one in (record.survivor, merged):
        if isinstance(one, Contact):
            end_leads(one, actor=actor)  # one that comes back may be of who asked us to stop since
    record.undone_at, record.undone_by, record.told = timezone.now(), actor, told
    record.save(update_fields=["undone_at", "undone_by", "told"])
    candidates.dismiss_pair(record.kind, record.survivor.pk, merged.pk, actor=actor)
    for row in (record.survivor, merged):
        audit.append(f"{record.kind}.unmerged", row, actor=actor, data={"merge": str(record.pk)})
    return record


def describe(record: MergeRecord) -> dict[str, Any]:
    """A merge as data: what moved, by what it is; what is to be known, in words."""
    moved: dict[str, int] = {}
    for act in record.story.get("moved", []):
        what = act["model"].split(".")[-1]
        moved[what] = moved.get(what, 0) + len(act["ids"])
    return {
        "merge": str(record.pk), "survivor": str(record.survivor.pk),
        "merged": str(record.merged.pk), "moved": moved, "told": record.told,
    }  # fmt: skip


def id_today(model: type[Row], key: UUID) -> UUID:
    """Who an id of any age means today; itself for an id nobody has."""
    return standing_ids(model, [key]).get(key, key)


def standing_ids(model: type[Row], ids: Collection[UUID]) -> dict[UUID, UUID]:
    """For ids of any age, who they are today; ids nobody has are left out."""
    found = {row.pk: row for row in model.everybody.filter(pk__in=ids)}
    return {pk: row.standing.pk for pk, row in found.items()}


def _lock(model: type[Row], survivor: UUID, merged: UUID) -> tuple[Row, Row]:
    if survivor == merged:
        raise CannotMergeError("These are one and the same already.")
    rows = _lock_rows(model, [survivor, merged])
    if len(rows) < 2:
        raise CannotMergeError("One of the two is not there any more.")
    for row in rows.values():
        if row.merged_into_id is not None:
            raise CannotMergeError(f"“{row}” was merged into “{row.standing}” already.")
    return rows[survivor], rows[merged]


def _lock_rows(model: type[Row], ids: Collection[UUID]) -> dict[UUID, Row]:
    # In one order, so that two merges of the same people wait for one another.
    rows = model.everybody.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    return {row.pk: row for row in rows}


def _carry(fold: Fold, model: type[models.Model], take: Collection[str] | None) -> dict[str, int]:
    kept, gone = fold.survivor, fold.merged
    taken = from_merged_by_default(kept, gone) if take is None else take
    values = values_to_keep(kept, gone, taken)
    if values.get("domain"):
        fold.story.change(gone, domain=None)  # one company a domain
    fold.story.change(kept, **values)
    if isinstance(kept, Company):
        _add_categories(fold)
    counts = move_all(fold, model)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    return counts


def _add_categories(fold: Fold) -> None:
    join = Company.categories.through
    held = set(fold.survivor.categories.values_list("pk", flat=True))
    missing = [one for one in fold.merged.categories.all() if one.pk not in held]
    fold.survivor.categories.add(*missing)
    fold.story.add(join.objects.filter(company=fold.survivor.pk, category__in=missing))


def _record(fold: Fold, kind: MergeKind, counts: Mapping[str, int]) -> MergeRecord:
    contacts_merged.send(sender=type(fold.survivor), fold=fold)
    name = "contact" if kind == MergeKind.CONTACT else "company"
    record = MergeRecord.objects.create(
        kind=kind, actor=fold.actor[:150], merged_at=timezone.now(),
        story=fold.story.as_data(), told=fold.story.told,
        **{name: fold.survivor, f"merged_{name}": fold.merged},
    )  # fmt: skip
    candidates.close_pair(kind, fold.survivor.pk, fold.merged.pk, actor=fold.actor)
    data = {"merge": str(record.pk), **{what: count for what, count in counts.items() if count}}
    audit.append(f"{kind}.merged", fold.survivor, actor=fold.actor, data=data)
    audit.append(
        f"{kind}.merged_away", fold.merged, actor=fold.actor,
        data={"merge": str(record.pk), "into": str(fold.survivor.pk)},
    )  # fmt: skip
    return record


def _check_undoable(record: MergeRecord) -> None:
    if record.undone_at is not None:
        raise CannotMergeError(f"{record.undone_by} undid this merge already.")
    if not record.story:
        raise CannotMergeError("They were erased since: there is nothing left to separate.")
    above = MergeRecord.objects.filter(
        undone_at=None, merged_contact=record.contact_id, merged_company=record.company_id
    ).first()
    if above is not None:
        raise CannotMergeError(
            f"“{record.survivor}” was itself merged into “{above.survivor}” since: "
            "undo that merge first."
        )


def _stays(record: MergeRecord) -> list[str]:
    """What an undoing leaves as it is, in words."""
    told = ["What was said in a thread goes with its thread; what was begun since the merge stays."]
    if record.kind == MergeKind.CONTACT:
        told.append("Wishes to stop stay on all addresses, and what was cancelled stays cancelled.")
    return told
