"""Writes the rows that stayed out to a file that can be corrected and taken in again."""

import csv
from collections.abc import Iterable, Sequence
from typing import IO

from compliance.spreadsheets import harmless
from crm.imports.report import Rejected

ADDED = ("rejected row", "rejected column", "reject reason")


def write_rejects(file: IO[str], header: Sequence[str], rejected: Iterable[Rejected]) -> int:
    """The rows as they stood under their header, then where and why; returns how many."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*(harmless(name) for name in header), *ADDED])
    count = 0
    for one in rejected:
        cells = [harmless(cell) for cell in one.cells]
        own, beyond = cells[: len(header)], cells[len(header) :]
        blank = [""] * (len(header) - len(own))
        writer.writerow([*own, *blank, one.row, one.column, harmless(one.reason), *beyond])
        count += 1
    return count
