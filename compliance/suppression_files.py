"""The suppression list as a file: taken in with every rejected row's reason, and written out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import IO

from django.db import IntegrityError, transaction
from django.utils import timezone

from compliance import audit, keyed_hash
from compliance.addresses import BadAddressError, kind_of, normalise
from compliance.cells import BadRowError, moment, word
from compliance.choices import AddressKind, SuppressionReason, SuppressionScope
from compliance.models import Suppression
from compliance.spreadsheets import Line, Report, read_lines, write_rows
from compliance.suppression import entry_data, suppress_person

COLUMNS = ("kind", "address", "scope", "reason", "source", "words", "received_at")
BATCH = 500

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row as it would be stored."""

    kind: str
    address: str
    scope: str
    reason: str
    source: str
    words: str
    received_at: datetime


def import_list(
    file: IO[bytes],
    *,
    name: str,
    actor: str,
    dry_run: bool = False,
    now: datetime | None = None,
    progress: Progress | None = None,
) -> Report:
    """Add every sound row, a batch a transaction; what stands already is left as it is.

    Raises `spreadsheets.BadFileError` for a file that is no table with our columns. `progress` is
    called with the number of lines read so far.
    """
    now = now or timezone.now()
    report = Report()
    lines = read_lines(file, columns=COLUMNS, required=("address",))
    read, seen = 0, set[tuple[str, str, str]]()
    while batch := list(islice(lines, BATCH)):
        entries = list(_sound(batch, report, name=name, now=now))
        new = _not_standing(entry for entry in entries if _key(entry) not in seen)
        if dry_run:
            seen.update(_key(entry) for entry in new)
        elif new:
            _add(new, name=name, actor=actor)
        report.created += len(new)
        read += len(batch)
        if progress:
            progress(read)
    report.unchanged = read - report.created - len(report.rejected)
    return report


def _sound(lines: Iterable[Line], report: Report, *, name: str, now: datetime) -> Iterator[Entry]:
    for line in lines:
        try:
            if line.problem:
                raise BadRowError(line.problem)
            yield parse_row(line.cells, source=f"import of {name}", now=now)
        except (BadRowError, BadAddressError) as refusal:
            report.rejected.append((line.number, str(refusal)))


def parse_row(cells: dict[str, str], *, source: str, now: datetime) -> Entry:
    """One row as values; BadRowError or BadAddressError says why it can't be. Pure.

    Only `address` must be filled in: the kind is told by its looks, the scope is all, the reason
    “manual”, the moment now; a day without a time counts from its start in UTC.
    """
    address = cells.get("address", "")
    erased = address.startswith("hmac:")
    likely = AddressKind.EMAIL if erased else kind_of(address)
    kind = word(cells, "kind", AddressKind, likely)
    return Entry(
        kind=kind,
        address=_hash(address) if erased else normalise(kind, address),
        scope=word(cells, "scope", SuppressionScope, SuppressionScope.ALL),
        reason=word(cells, "reason", SuppressionReason, SuppressionReason.MANUAL),
        source=(cells.get("source") or source)[:120],
        words=cells.get("words", "")[:2000],
        received_at=moment(cells.get("received_at", ""), now),
    )


def _hash(address: str) -> str:
    if not keyed_hash.is_hash(address) or address.split(":")[1] not in keyed_hash.key_ids():
        raise BadRowError("The hash was made with a pepper that is not configured here.")
    return address


def _key(entry: Entry) -> tuple[str, str, str]:
    return entry.kind, entry.address, entry.scope


def _not_standing(entries: Iterable[Entry]) -> list[Entry]:
    """Each new entry once; one query."""
    unique: dict[tuple[str, str, str], Entry] = {}
    for entry in entries:
        unique.setdefault(_key(entry), entry)
    standing = Suppression.objects.filter(
        lifted_at=None, address__in=[entry.address for entry in unique.values()]
    )
    for key in standing.values_list("kind", "address", "scope"):
        unique.pop(key, None)
    return list(unique.values())


def _add(entries: list[Entry], *, name: str, actor: str) -> None:
    try:
        _create(entries, name=name, actor=actor)
    except IntegrityError:  # somebody else added one of them since we looked
        for entry in entries:
            suppress_person(
                [(entry.kind, entry.address)], reason=entry.reason, source=entry.source,
                received_at=entry.received_at, words=entry.words, scope=entry.scope, actor=actor,
            )  # fmt: skip


@transaction.atomic
def _create(entries: list[Entry], *, name: str, actor: str) -> None:
    rows = Suppression.objects.bulk_create(
        Suppression(
            kind=entry.kind,
            address=entry.address,
            scope=entry.scope,
            reason=entry.reason,
            source=entry.source,
            words=entry.words,
            received_at=entry.received_at,
            imported_from=name[:120],
            erased_at=entry.received_at if keyed_hash.is_hash(entry.address) else None,
        )
        for entry in entries
    )
    audit.append_many(
        [
            audit.Act("suppression.added", row, f"From {name}.", data=entry_data(row))
            for row in rows
        ],
        actor=actor,
    )


def export_list(file: IO[str]) -> int:
    """Write every standing entry, oldest first, as `import_list` reads it; returns how many."""
    rows = Suppression.objects.filter(lifted_at=None).order_by("pk").iterator(chunk_size=2000)
    return write_rows(file, COLUMNS, (_as_row(row) for row in rows))


def _as_row(row: Suppression) -> list[str]:
    moment = row.received_at.astimezone(UTC).isoformat()
    return [row.kind, row.address, row.scope, row.reason, row.source, row.words, moment]
