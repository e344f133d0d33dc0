"""Takes a list of people in: one row a person, with their company, in portions."""

import itertools
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from django.db import IntegrityError

from crm.addresses import normalise_domain
from crm.errors import CrmError
from crm.imports.batches import begin, finish
from crm.imports.columns import CONTACT_FIELDS
from crm.imports.portion import Portion, take_in_people
from crm.imports.report import Report
from crm.imports.seen import Seen
from crm.imports.table import Table, open_table
from crm.models import Company
from crm.models.imported import ImportKind

Progress = Callable[[int, int], None]

EXAMPLE = "full_name,title,email,phone,company,domain,country"
PORTION = 1000  # rows in a transaction
TRIES = 3  # another door may make the same company in between; the second look finds it


def import_contacts(
    path: Path,
    *,
    actor: str,
    country: str = "US",
    session_key: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Create or complete a contact a row; the same list again changes nothing.

    Rows that cannot be taken in stand in the report. `country` (ISO 3166) is the region of phone
    numbers where nothing else tells; each run is a batch of the session (the file's content, if no
    `session_key` is given); `dry_run` does everything and keeps nothing. Raises
    BadFileError for a file that is no table.
    """
    table = open_table(path, CONTACT_FIELDS, example=EXAMPLE)
    report = begin_report(table)
    batch = None
    if not dry_run:
        batch = begin(path, table, ImportKind.CONTACTS, session_key=session_key, actor=actor)
        report.session_key, report.batch_id = batch.session_key, batch.batch_id
    with closing(Seen()) as seen:
        while rows := list(itertools.islice(table.rows, PORTION)):
            take_in = partial(
                take_in_people, rows, seen=seen, source=path.name, country=country, actor=actor,
                batch=batch,
            )  # fmt: skip
            done = _insist(take_in)
            seen.claim(done.claims)
            _add(report, done, len(rows))
            if progress:
                progress(report.read, max(table.about - 1, report.read))
    if batch:
        finish(batch, actor=actor)
    if progress:
        progress(report.read, report.read)
    return report


def begin_report(table: Table) -> Report:
    """An empty report that says how the file was understood."""
    return Report(
        notes=table.notes, header=table.header, columns=table.columns,
        encoding=table.encoding, delimiter=table.delimiter,
    )  # fmt: skip


def _insist(take_in: Callable[[], Portion]) -> Portion:
    for _ in range(TRIES - 1):
        try:
            return take_in()
        except IntegrityError:
            continue
    return take_in()


def _add(report: Report, done: Portion, rows: int) -> None:
    report.read += rows
    report.created += done.created
    report.updated += done.updated
    report.unchanged += done.unchanged
    report.companies_created += done.companies
    for row, refusal in sorted(done.rejected, key=lambda pair: pair[0].number):
        report.reject(row, refusal)
    for row, flag in done.flagged:
        report.flag(row, flag)


def find_company(words: str) -> Company:
    """The company by domain or by its whole name; raises CrmError if none or several match."""
    domain = normalise_domain(words) if "." in words else None
    if domain and (company := Company.everybody.filter(domain=domain).first()):
        return company.standing
    found = list(Company.objects.filter(name__iexact=" ".join(words.split()))[:2])
    if not found:
        raise CrmError(f"There is no company “{words[:100]}”.")
    if len(found) > 1:
        raise CrmError(f"Several companies are called “{words[:100]}”; give the domain.")
    return found[0]
