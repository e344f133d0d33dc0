"""What an import did: counts, and every row that stayed out with column, value and reason."""

from dataclasses import dataclass, field
from typing import Any

from crm.imports.problems import Reason, RefusedRowError
from crm.imports.table import Row


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


@dataclass(slots=True)
class Report:
    """Filled while the import runs; `notes` concern the file as a whole."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    companies_created: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    flagged: list[Rejected] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    encoding: str = ""
    delimiter: str = ""
    session_key: str = ""
    batch_id: int | None = None

    def reject(self, row: Row, refusal: RefusedRowError) -> None:
        """Leave a row out, and say why."""
        self.rejected.append(_entry(row, refusal))

    def flag(self, row: Row, look_at: RefusedRowError) -> None:
        """The row is in; this is worth a look."""
        self.flagged.append(_entry(row, look_at))

    def count(self, outcome: str) -> None:
        """Count one row: "created", "updated" or "unchanged"."""
        setattr(self, outcome, getattr(self, outcome) + 1)

    def as_data(self) -> dict[str, Any]:
        """For programs: `read` is created, updated, unchanged and rejected together."""
        return {
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": len(self.rejected),
            "companies_created": self.companies_created,
            "session_key": self.session_key,
            "batch_id": self.batch_id,
            "columns": self.columns,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "notes": self.notes,
            "rejected_rows": [one.as_data() for one in self.rejected],
            "flagged_rows": [one.as_data() for one in self.flagged],
        }

    def as_lines(self, *, dry_run: bool = False) -> list[str]:
        """For people: notes, every row that stayed out or is worth a look, then the counts."""
        counts = (
            f"read {self.read}, created {self.created}, updated {self.updated}, "
            f"unchanged {self.unchanged}, rejected {len(self.rejected)}"
        )
        return [
            *self.notes,
            *(f"Row {one.row} is in, look at it: {one.reason}" for one in self.flagged),
            *(f"Row {one.row}: {one.reason}" for one in self.rejected),
            f"Nothing kept; would have {counts}." if dry_run else f"{counts.capitalize()}.",
        ]


def _entry(row: Row, refusal: RefusedRowError) -> Rejected:
    return Rejected(
        row.number, str(refusal), refusal.code.value, refusal.column, refusal.value[:200],
        row.line, row.raw,
    )  # fmt: skip
