"""Takes a file in row by row: each row is a transaction, so that work elsewhere goes on."""

from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

from django.db import transaction

from crm.errors import CrmError
from crm.imports.report import Report
from crm.imports.table import Line, read_file

Progress = Callable[[int, int], None]

_zones = cache(available_timezones)  # walks the whole tz database


def run(
    path: Path,
    take_in: Callable[[Line], str],
    *,
    columns: Collection[str],
    required: Collection[str],
    dry_run: bool,
    progress: Progress | None,
) -> Report:
    """Hand every sound row to `take_in`, which says "created", "updated" or "unchanged".

    A row that is refused (CrmError) leaves nothing behind and is reported. `dry_run` takes each
    row back again. Raises BadFileError for a file that is no table.
    """
    table = read_file(path, columns=columns, required=required)
    report = Report(rejected=list(table.damaged))
    if table.ignored_columns:
        report.notes.append(f"Columns not known and ignored: {', '.join(table.ignored_columns)}.")
    for done, line in enumerate(table.lines, start=1):
        try:
            with transaction.atomic():
                report.count(take_in(line))
                transaction.set_rollback(dry_run)
        except CrmError as refusal:
            report.reject(line.number, str(refusal))
        if progress:
            progress(done, len(table.lines))
    report.rejected.sort(key=lambda rejected: rejected.line)
    return report


def check_cells(cells: dict[str, str], lengths: dict[str, int]) -> None:
    """Raise CrmError for a cell that its column in the database does not hold, or for no zone."""
    for column, length in lengths.items():
        if len(cells.get(column, "")) > length:
            raise CrmError(f"“{column}” is longer than {length} characters.")
    zone = cells.get("timezone", "")
    if zone and zone not in _zones():
        raise CrmError(f"There is no time zone “{zone}”; write it like America/New_York.")
