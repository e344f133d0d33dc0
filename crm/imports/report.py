"""What an import did: counts, and every rejected line with its reason."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line of the file that was not taken in; line 1 is the header."""

    line: int
    reason: str


@dataclass(slots=True)
class Report:
    """Filled while the import runs; `notes` concern the file as a whole."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def reject(self, line: int, reason: str) -> None:
        """Leave a line out, and say why."""
        self.rejected.append(Rejected(line, reason))

    def count(self, outcome: str) -> None:
        """Count one row: "created", "updated" or "unchanged"."""
        setattr(self, outcome, getattr(self, outcome) + 1)

    def as_data(self) -> dict[str, Any]:
        """For programs."""
        return asdict(self)

    def as_lines(self, *, dry_run: bool = False) -> list[str]:
        """For people: notes, every rejected line, then the counts."""
        counts = (
            f"created {self.created}, updated {self.updated}, "
            f"unchanged {self.unchanged}, rejected {len(self.rejected)}"
        )
        return [
            *self.notes,
            *(f"Line {rejected.line}: {rejected.reason}" for rejected in self.rejected),
            f"Nothing kept; would have {counts}." if dry_run else f"{counts.capitalize()}.",
        ]
