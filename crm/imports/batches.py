"""The record of each import: what it read and made, which rows stayed out, and how to undo it."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F, Max
from django.utils import timezone

from compliance import audit, bulk
from crm.errors import CrmError
from crm.imports.problems import RefusedRowError
from crm.imports.rejects import COUNTED, Rejected
from crm.imports.table import Row, Table
from crm.imports.tally import Tally, together
from crm.models import (
    Assignment,
    Company,
    CompanyScore,
    Contact,
    ContactPoint,
    ContactScore,
    ImportBatch,
    Lead,
    LeadScore,
    Property,
    RejectedRow,
)
from crm.models.imported import MOVING_STATES, ImportState
from crm.schedules import look_after_import, look_at_domains

SHOWN = 6  # samples of each outcome
CHUNK = 1024 * 1024
Noticed = Sequence[tuple[Row, RefusedRowError]]
# What the desk works out of everybody by itself, within a minute: it goes with them.
SCORES = frozenset({CompanyScore, ContactScore, LeadScore})


class OvertakenError(CrmError):
    """Another worker has the run in hand, or somebody ended it."""


class CannotUndoError(CrmError):
    """Something was built on what the import brought."""


def begin(path: Path, table: Table, kind: str, *, session_key: str, actor: str) -> ImportBatch:
    """Open the next batch of the session; without a key the file's content is the session."""
    key = session_key.strip()[:80] or digest_of(path)
    return open_batch(key, kind=kind, actor=actor[:150], file_name=path.name, **as_read(table))


def open_batch(key: str, *, file_name: str, **values: Any) -> ImportBatch:
    """The next batch of the session."""
    for _ in range(20):  # two at once: the constraint lets one have the number
        last = ImportBatch.objects.filter(session_key=key).aggregate(last=Max("batch_id"))["last"]
        try:
            with transaction.atomic():
                return ImportBatch.objects.create(
                    session_key=key, batch_id=(last or 0) + 1, file_name=file_name[:120], **values
                )
        except IntegrityError:
            continue
    raise CrmError("Too many imports of this session begin at once; try again.")


def as_read(table: Table) -> dict[str, Any]:
    """How the file was understood, by the record's columns."""
    return {
        "encoding": table.encoding, "delimiter": table.delimiter, "header": table.header,
        "columns": table.columns, "notes": table.notes, "about": table.about,
    }  # fmt: skip


def digest_of(path: Path) -> str:
    """The key of a file's content: the same bytes, the same session."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return f"file-{digest.hexdigest()[:32]}"


def note(
    batch: ImportBatch,
    counts: dict[str, int],
    rejected: Noticed,
    flagged: Noticed = (),
    *,
    tally: Tally,
    samples: Sequence[dict[str, Any]] = (),
) -> None:
    """Add a portion's outcome, in its transaction: what the record says is what was kept.

    OvertakenError if the run is not where `batch` says: the portion is another worker's then, and
    the transaction must not stand.
    """
    now = timezone.now()
    changes: dict[str, Any] = {name: F(name) + number for name, number in counts.items() if number}
    if news := _samples(batch.samples, samples):
        changes["samples"] = [*batch.samples, *news]
    if tally:
        changes["tally"] = together(batch.tally, tally)
    with transaction.atomic():
        mine = ImportBatch.objects.filter(
            pk=batch.pk, state__in=MOVING_STATES, worker=batch.worker, read=batch.read
        )
        if not mine.update(**changes, touched_at=now):
            raise OvertakenError("This import is being taken in by somebody else.")
        bulk.insert(
            [_as_row(batch, row, refusal) for row, refusal in rejected]
            + [_as_row(batch, row, refusal, is_in=True) for row, refusal in flagged]
        )
    batch.samples = [*batch.samples, *news]
    batch.tally = changes.get("tally", batch.tally)
    batch.read += counts.get("read", 0)


def show_life(batch: ImportBatch) -> None:
    """The run is still in hand; OvertakenError if it is another worker's."""
    mine = ImportBatch.objects.filter(pk=batch.pk, state__in=MOVING_STATES, worker=batch.worker)
    if not mine.update(touched_at=timezone.now()):
        raise OvertakenError("This import is being taken in by somebody else.")


def _samples(
    there: Sequence[dict[str, Any]], more: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    counted = Counter(one["outcome"] for one in there)
    news = []
    for one in more:
        if counted[one["outcome"]] < SHOWN:
            counted[one["outcome"]] += 1
            news.append(one)
    return news


def _as_row(
    batch: ImportBatch, row: Row, refusal: RefusedRowError, *, is_in: bool = False
) -> RejectedRow:
    return RejectedRow(
        batch=batch, row=row.number, line=row.line, column=refusal.column[:40],
        value=refusal.value[:200], code=refusal.code.value, reason=str(refusal),
        cells=json.dumps(row.raw, ensure_ascii=False), is_in=is_in,
    )  # fmt: skip


def finish(batch: ImportBatch, *, actor: str) -> None:
    """The whole file was read: a check waits for a decision, a run is done and in the ledger."""
    checked = batch.state == ImportState.CHECKING
    state = ImportState.CHECKED if checked else ImportState.DONE
    with transaction.atomic():
        mine = ImportBatch.objects.filter(pk=batch.pk, state=batch.state, worker=batch.worker)
        if not mine.update(state=state, finished_at=timezone.now(), worker=""):
            raise OvertakenError("This import is being taken in by somebody else.")
        batch.refresh_from_db()
        if not checked:
            counts = {name: getattr(batch, name) for name in COUNTED}
            audit.append("import.done", batch, actor=actor, data=counts)
            look_after_import()
    look_at_domains(str(batch.pk))


def rejected_of(batch: ImportBatch) -> Iterator[Rejected]:
    """The rows that stayed out, as a report has them, read in portions."""
    rows = RejectedRow.objects.filter(batch=batch, is_in=False)
    for one in rows.iterator(chunk_size=1000):
        cells = tuple(json.loads(one.cells))
        yield Rejected(one.row, one.reason, one.code, one.column, one.value, one.line, cells)


@transaction.atomic
def undo(batch_pk: Any, *, actor: str) -> dict[str, int]:
    """Take back the people and companies an import made; CannotUndoError if anything hangs on one.

    All or nothing. What it changed in people known before stays: their history shows it.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch_pk)
    _check_kept(batch)
    people = Contact.everybody.filter(batch=batch)  # merged ones, too: they hold it up
    companies = Company.everybody.filter(batch=batch)
    leads, properties = Lead.objects.filter(batch=batch), Property.objects.filter(batch=batch)
    _check_untouched(batch, people, leads, properties)
    _check_free(leads)
    gone: dict[str, list[Any]] = {"leads": list(leads)}
    leads.delete()
    _check_free(properties)
    _check_free(people, but=(ContactPoint,))
    others = Contact.everybody.filter(company__in=companies).exclude(batch=batch)
    kept = set(others.values_list("company", flat=True))
    bare = companies.exclude(pk__in=kept)
    _check_free(bare, but=(Contact,))
    gone |= {
        "properties": list(properties), "contacts": list(people), "companies": list(bare),
    }  # fmt: skip
    properties.delete()
    people.delete()
    Company.everybody.filter(pk__in=[one.pk for one in gone["companies"]]).delete()
    ImportBatch.objects.filter(pk=batch.pk).update(state=ImportState.UNDONE)
    acts = [
        audit.Act(f"{one._meta.model_name}.deleted", one, "its import was undone")
        for rows in gone.values()
        for one in rows
    ]
    audit.append_thousands(acts, actor=actor)
    counts = {name: len(rows) for name, rows in gone.items()}
    audit.append("import.undone", batch, actor=actor, data=counts)
    return counts


def _check_kept(batch: ImportBatch) -> None:
    if batch.state == ImportState.UNDONE:
        raise CannotUndoError("This import was undone already.")
    if batch.state in MOVING_STATES and batch.upload:
        raise CannotUndoError("This import is still being taken in; wait for its end.")
    if batch.state in (ImportState.UPLOADED, ImportState.CHECKED):
        raise CannotUndoError("Nothing of this list was kept: there is nothing to undo.")


def _check_untouched(batch: ImportBatch, people: models.QuerySet[Contact], *rows: Any) -> None:
    end = batch.finished_at or timezone.now()
    added = ContactPoint.objects.filter(contact__in=people, created_at__gt=end).first()
    changed = added.contact if added else None
    for made in (people, *rows):
        changed = changed or made.filter(updated_at__gt=end).first()
    if changed:
        raise CannotUndoError(f"{changed} was changed since the import; undoing would lose that.")


def _check_free(rows: models.QuerySet[Any], *, but: tuple[type[models.Model], ...] = ()) -> None:
    """Nothing may point at the rows but what goes with them; apps above are asked by the schema."""
    model = rows.model
    for link in model._meta.get_fields(include_hidden=True):
        if not link.auto_created or not (link.one_to_many or link.one_to_one):
            continue
        other: Any = link.related_model
        is_past = hasattr(other, "instance_type")  # a model's history
        if other in but or other in SCORES or is_past or other._meta.auto_created:
            continue
        on_them = other._base_manager.filter(**{f"{link.field.name}__in": rows})  # type: ignore[union-attr]
        if other is Assignment:  # worked out, too, unless one of us has said otherwise
            on_them = on_them.exclude(said="")
        if hanging := on_them.first():
            raise CannotUndoError(
                f"{other._meta.verbose_name.capitalize()} “{hanging}” was built on what this "
                "import brought. Remove that first, or keep the import."
            )
