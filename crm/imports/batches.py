"""The record of each import: what it read and made, which rows stayed out, and how to undo it."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F, Max
from django.utils import timezone

from compliance import audit, bulk
from crm.errors import CrmError
from crm.imports.problems import RefusedRowError
from crm.imports.report import Rejected
from crm.imports.table import Row, Table
from crm.models import Company, Contact, ContactPoint, ImportBatch, RejectedRow
from crm.models.imported import ImportKind, ImportState

COUNTS = ("read", "created", "updated", "unchanged", "rejected", "companies_created")
CHUNK = 1024 * 1024


class CannotUndoError(CrmError):
    """Something was built on what the import brought."""


def begin(
    path: Path, table: Table, kind: ImportKind, *, session_key: str, actor: str
) -> ImportBatch:
    """Open the next batch of the session; without a key the file's content is the session."""
    key = session_key.strip()[:80] or digest_of(path)
    for _ in range(20):  # two at once: the constraint lets one have the number
        last = ImportBatch.objects.filter(session_key=key).aggregate(last=Max("batch_id"))["last"]
        try:
            with transaction.atomic():
                return ImportBatch.objects.create(
                    session_key=key, batch_id=(last or 0) + 1, kind=kind, actor=actor[:150],
                    file_name=path.name[:120], encoding=table.encoding, delimiter=table.delimiter,
                    header=table.header, columns=table.columns, notes=table.notes,
                )  # fmt: skip
        except IntegrityError:
            continue
    raise CrmError("Too many imports of this session begin at once; try again.")


def digest_of(path: Path) -> str:
    """The key of a file's content: the same bytes, the same session."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return f"file-{digest.hexdigest()[:32]}"


def note(
    batch: ImportBatch, counts: dict[str, int], rejected: list[tuple[Row, RefusedRowError]]
) -> None:
    """Add a portion's outcome, in its transaction: what the record says is what was kept."""
    changes = {name: F(name) + number for name, number in counts.items() if number}
    if changes:
        ImportBatch.objects.filter(pk=batch.pk).update(**changes)
    bulk.insert(
        [
            RejectedRow(
                batch=batch, row=row.number, line=row.line, column=refusal.column[:40],
                value=refusal.value[:200], code=refusal.code.value, reason=str(refusal),
                cells=json.dumps(row.raw, ensure_ascii=False),
            )
            for row, refusal in rejected
        ]
    )  # fmt: skip


def finish(batch: ImportBatch, *, actor: str) -> None:
    """The whole file was read; the ledger says what became of it."""
    now = timezone.now()
    with transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(state=ImportState.DONE, finished_at=now)
        batch.refresh_from_db()
        counts = {name: getattr(batch, name) for name in COUNTS}
        audit.append("import.done", batch, actor=actor, data=counts)


def rejected_of(batch: ImportBatch) -> list[Rejected]:
    """The rows that stayed out, as a report has them."""
    return [
        Rejected(
            one.row, one.reason, one.code, one.column, one.value, one.line,
            tuple(json.loads(one.cells)),
        )
        for one in RejectedRow.objects.filter(batch=batch)
    ]  # fmt: skip


@transaction.atomic
def undo(batch_pk: Any, *, actor: str) -> dict[str, int]:
    """Take back the people and companies an import made; CannotUndoError if anything hangs on one.

    All or nothing. What it changed in people known before stays: their history shows it.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch_pk)
    if batch.state == ImportState.UNDONE:
        raise CannotUndoError("This import was undone already.")
    people = Contact.everybody.filter(batch=batch)  # merged ones, too: they hold it up
    companies = Company.everybody.filter(batch=batch)
    _check_untouched(batch, people)
    _check_free(people, but=(ContactPoint,))
    others = Contact.everybody.filter(company__in=companies).exclude(batch=batch)
    kept = set(others.values_list("company", flat=True))
    gone = companies.exclude(pk__in=kept)
    _check_free(gone, but=(Contact,))
    acts = [audit.Act("contact.deleted", one, "its import was undone") for one in people]
    acts += [audit.Act("company.deleted", one, "its import was undone") for one in gone]
    counts = {"contacts": people.count(), "companies": gone.count()}
    keys = list(gone.values_list("pk", flat=True))
    people.delete()
    Company.everybody.filter(pk__in=keys).delete()
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportState.UNDONE)
    audit.append_thousands(acts, actor=actor)
    audit.append("import.undone", batch, actor=actor, data=counts)
    return counts


def _check_untouched(batch: ImportBatch, people: models.QuerySet[Contact]) -> None:
    end = batch.finished_at or timezone.now()
    changed = people.filter(updated_at__gt=end).first()
    added = ContactPoint.objects.filter(contact__in=people, created_at__gt=end).first()
    if changed or added:
        who = changed or (added.contact if added else None)
        raise CannotUndoError(f"{who} was changed since the import; undoing it would lose that.")


def _check_free(rows: models.QuerySet[Any], *, but: tuple[type[models.Model], ...]) -> None:
    """Nothing may point at the rows but what goes with them; apps above are asked by the schema."""
    model = rows.model
    for link in model._meta.get_fields(include_hidden=True):
        if not link.auto_created or not (link.one_to_many or link.one_to_one):
            continue
        other: Any = link.related_model
        is_past = hasattr(other, "instance_type")  # a model's history
        if other in but or is_past or other._meta.auto_created:
            continue
        hanging = other._base_manager.filter(**{f"{link.field.name}__in": rows}).first()  # type: ignore[union-attr]
        if hanging:
            raise CannotUndoError(
                f"{other._meta.verbose_name.capitalize()} “{hanging}” was built on what this "
                "import brought. Remove that first, or keep the import."
            )
