"""The rows that stayed out: as data, and as a file that can be corrected and taken in again."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Any

from compliance.spreadsheets import harmless
from crm.imports.problems import Reason

ADDED = ("rejected row", "rejected column", "reject reason")


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that stayed out, or one to look at; the header is row 1, as a spreadsheet counts."""

    row: int
    reason: str
    code: str = Reason.REFUSED.value
    column: str = ""
    value: str = ""
    line: int = 0
    cells: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """For programs; the row's cells stay out."""
        names = ("row", "line", "column", "value", "code", "reason")
        return {name: getattr(self, name) for name in names}


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
