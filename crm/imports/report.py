"""What an import did: counts, and every row that stayed out with column, value and reason."""

from dataclasses import dataclass, field
from typing import Any

from crm.deliverability.domains import MailState
from crm.imports.portion import Portion
from crm.imports.problems import RefusedRowError
from crm.imports.rejects import Rejected
from crm.imports.table import Row
from crm.imports.tally import LINES, REGIONS, Tally, in_words, together


@dataclass(slots=True)
class Report:
    """Filled while the import runs; `notes` concern the file as a whole."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    companies_created: int = 0
    contacts_created: int = 0
    properties_created: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    flagged: list[Rejected] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    fields: list[str] = field(default_factory=list)
    encoding: str = ""
    delimiter: str = ""
    session_key: str = ""
    batch_id: int | None = None
    tally: Tally = field(default_factory=dict)
    mail: MailState = field(default_factory=lambda: MailState({}, []))

    def add(self, done: Portion) -> None:
        """Count a portion more."""
        counts = done.counts()
        self.read += counts["read"]
        self.created += done.created
        self.updated += done.updated
        self.unchanged += done.unchanged
        self.companies_created += done.companies
        self.contacts_created += done.contacts
        self.properties_created += done.properties
        self.tally = together(self.tally, done.tally)
        out = sorted(done.rejected, key=lambda pair: pair[0].number)
        self.rejected += [_entry(row, refusal) for row, refusal in out]
        self.flagged += [_entry(row, flag) for row, flag in done.flagged]

    def as_data(self) -> dict[str, Any]:
        """For programs: `read` is created, updated, unchanged and rejected together."""
        return {
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": len(self.rejected),
            "companies_created": self.companies_created,
            "contacts_created": self.contacts_created,
            "properties_created": self.properties_created,
            "session_key": self.session_key,
            "batch_id": self.batch_id,
            "numbers": {name: self.tally.get(name, {}) for name in (LINES, REGIONS)},
            "mail": self.mail.addresses,
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
            *(["There are headings, and no rows below them."] if not self.read else []),
            *(f"Row {one.row} is in, look at it: {one.reason}" for one in self.flagged),
            *(f"Row {one.row}: {one.reason}" for one in self.rejected),
            *self._of_addresses(),
            f"Nothing kept; would have {counts}." if dry_run else f"{counts.capitalize()}.",
        ]

    def _of_addresses(self) -> list[str]:
        told = [
            ("Numbers", self.tally.get(LINES, {})),
            ("Countries of numbers", self.tally.get(REGIONS, {})),
            ("Mail domains", self.mail.addresses),
        ]
        return [f"{title}: {in_words(counts)}." for title, counts in told if counts]


def _entry(row: Row, refusal: RefusedRowError) -> Rejected:
    return Rejected(
        row.number, str(refusal), refusal.code.value, refusal.column, refusal.value[:200],
        row.line, row.raw,
    )  # fmt: skip
