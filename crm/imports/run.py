"""Takes a list in from its first row to its last, or on from where a run was broken off."""

import hashlib
import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from django.db import IntegrityError

from crm.deliverability.domains import state_of
from crm.imports.batches import as_read, begin, finish, open_batch, show_life
from crm.imports.kinds import KINDS, Kind
from crm.imports.plan import Plan
from crm.imports.portion import Portion, Run
from crm.imports.report import Report
from crm.imports.seen import Seen
from crm.imports.table import Row, Table, open_table
from crm.imports.tally import DOMAINS
from crm.models import ImportBatch, RejectedRow

Progress = Callable[[int, int], None]
TRIES = 3  # another door may make the same company in between; the second look finds it


def import_list(
    path: Path,
    kind: str,
    *,
    actor: str,
    plan: Plan | None = None,
    session_key: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Create or complete what a row names, row by row; the same list again changes nothing.

    `kind` is an ImportKind. Rows that cannot be taken in stand in the report. Each run is a batch
    of the session (the file's content, if no `session_key` is given); `dry_run` does everything
    and keeps nothing. Raises BadFileError for a file that is no table of this kind.
    """
    plan = plan or Plan()
    table = open_list(path, kind, plan)
    batch = None
    if not dry_run:
        batch = begin(path, table, kind, session_key=session_key, actor=actor)
    run = partial(Run, plan, path.name, actor, batch=batch, dry_run=dry_run)
    return _through(table, kind, run, progress)


def import_records(
    records: Sequence[Mapping[str, str]],
    kind: str,
    *,
    name: str,
    actor: str,
    plan: Plan | None = None,
    session_key: str = "",
    dry_run: bool = False,
) -> Report:
    """As `import_list`, for rows that come as fields and cells; the first is row 1.

    `name` stands where a list has its file's.
    """
    plan = plan or Plan()
    fields = [field for field in KINDS[kind].fields if any(field in one for one in records)]
    rows = (
        Row(n, n, {**plan.defaults, **one}, tuple(one.get(field, "") for field in fields))
        for n, one in enumerate(records, start=1)
    )
    table = Table(fields, fields, rows, len(records), "json", "", plan=plan)
    KINDS[kind].check(table)
    batch = None
    if not dry_run:
        text = json.dumps([kind, plan.as_data(), *records], sort_keys=True)
        key = session_key.strip()[:80] or f"json-{hashlib.sha256(text.encode()).hexdigest()[:32]}"
        batch = open_batch(key, kind=kind, actor=actor[:150], file_name=name, **as_read(table))
    run = partial(Run, plan, name, actor, batch=batch, dry_run=dry_run)
    return _through(table, kind, run, None)


def _through(
    table: Table, kind: str, begin_run: Callable[..., Run], progress: Progress | None
) -> Report:
    report = Report(
        notes=table.notes, header=table.header, columns=table.columns, fields=table.fields,
        encoding=table.encoding, delimiter=table.delimiter,
    )  # fmt: skip
    with closing(Seen()) as seen:
        run = begin_run(seen=seen)
        for done in take_in(table, KINDS[kind], run):
            report.add(done)
            if progress:
                progress(report.read, max(table.about - 1, report.read))
    report.mail = state_of(report.tally.get(DOMAINS, {}))
    if run.batch:
        report.session_key, report.batch_id = run.batch.session_key, run.batch.batch_id
        finish(run.batch, actor=run.actor)
    if progress:
        progress(report.read, report.read)
    return report


def open_list(path: Path, kind: str, plan: Plan) -> Table:
    """The file as a table of this kind; BadFileError says what it lacks."""
    found = KINDS[kind]
    table = open_table(path, found.fields, example=found.example, plan=plan)
    found.check(table)
    return table


def take_in(table: Table, kind: Kind, run: Run) -> Iterator[Portion]:
    """Every portion that is left to do, each kept before it is yielded.

    Rows that the record counts already are rehearsed: what they claimed has to be known again.
    """
    if run.batch and run.batch.read:
        _rehearse(table, kind, run, run.batch)
    while rows := list(itertools.islice(table.rows, kind.portion)):
        done = _insist(kind, rows, run)
        run.seen.claim(done.claims)
        yield done


def _insist(kind: Kind, rows: Sequence[Row], run: Run) -> Portion:
    before = (run.batch.read, run.batch.samples, run.batch.tally) if run.batch else None
    for _ in range(TRIES - 1):
        try:
            return kind.take_in(rows, run)
        except IntegrityError:
            if run.batch and before:
                run.batch.read, run.batch.samples, run.batch.tally = before
    return kind.take_in(rows, run)


def _rehearse(table: Table, kind: Kind, run: Run, batch: ImportBatch) -> None:
    """Claim what the settled rows claimed, keeping nothing; those that stayed out claimed none."""
    again = replace(run, batch=None, dry_run=True)
    left = batch.read
    while left and (rows := list(itertools.islice(table.rows, min(kind.portion, left)))):
        left -= len(rows)
        out = set(
            RejectedRow.objects.filter(
                batch=batch, is_in=False, row__range=(rows[0].number, rows[-1].number)
            ).values_list("row", flat=True)
        )
        settled = [row for row in rows if row.number not in out]
        run.seen.claim(kind.take_in(settled, again).claims)
        show_life(batch)
