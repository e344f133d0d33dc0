"""What the portions of a list share: how the run goes, what became of rows, and the record."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from crm.imports.batches import note
from crm.imports.plan import Plan
from crm.imports.problems import RefusedRowError
from crm.imports.seen import Seen
from crm.imports.table import Row
from crm.imports.tally import Tally
from crm.models import ImportBatch

TURN = 0x0A77AC4E  # any number, the same in every process: imports take turns
MOST_SAMPLES = 6

Noticed = list[tuple[Row, RefusedRowError]]
Changed = list[tuple[str, str, str]]  # what, before, after
Facts = Callable[[], dict[str, Any]]  # asked only where they are shown


@dataclass(frozen=True, slots=True)
class Run:
    """How a list is taken in; `source` is the file's name, `batch` the record, if one is kept.

    A dry run does everything and keeps nothing but its counts on the record.
    """

    plan: Plan
    source: str
    actor: str
    seen: Seen
    batch: ImportBatch | None = None
    dry_run: bool = False

    @property
    def origin(self) -> ImportBatch | None:
        """What the rows that are made will name as where they came from."""
        return None if self.dry_run else self.batch


@dataclass(slots=True)
class Portion:
    """What became of some rows; `claims` are remembered once the transaction stands."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    companies: int = 0
    contacts: int = 0
    properties: int = 0
    rejected: Noticed = field(default_factory=list)
    flagged: Noticed = field(default_factory=list)
    claims: dict[str, int] = field(default_factory=dict)
    samples: list[dict[str, Any]] = field(default_factory=list)
    tally: Tally = field(default_factory=dict)

    def count(self, outcome: str) -> None:
        """One row more that was "created", "updated" or "unchanged"."""
        setattr(self, outcome, getattr(self, outcome) + 1)

    def sample(
        self, outcome: str, row: Row, title: str, facts: Facts, changes: Callable[[], Changed]
    ) -> None:
        """Show what a row became, for the first few of each outcome; blank facts are left out."""
        if outcome == "unchanged":
            return
        if sum(one["outcome"] == outcome for one in self.samples) < MOST_SAMPLES:
            told = [[name, str(one)] for name, one in facts().items() if one not in ("", None)]
            one = {"outcome": outcome, "row": row.number, "title": title[:200], "facts": told}
            if outcome == "updated":
                one["changes"] = changes()
            self.samples.append(one)

    def counts(self) -> dict[str, int]:
        """As the record of the import has them; each row is in one of the four outcomes."""
        known = self.created + self.updated + self.unchanged
        return {
            "read": known + len(self.rejected),
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": len(self.rejected),
            "flagged": len(self.flagged),
            "companies_created": self.companies,
            "contacts_created": self.contacts,
            "properties_created": self.properties,
        }


TakeIn = Callable[[Sequence[Row], Run], Portion]


@contextmanager
def portion_of(run: Run) -> Iterator[Portion]:
    """One transaction: what is done within is kept with its counts on the record, or not at all."""
    done = Portion()
    with transaction.atomic():
        take_turn()
        yield done
        if run.dry_run:
            transaction.set_rollback(True)
        elif run.batch:
            note(run.batch, done.counts(), done.rejected, done.flagged, tally=done.tally)
    if run.dry_run and run.batch:
        note(
            run.batch, done.counts(), done.rejected, done.flagged, tally=done.tally,
            samples=done.samples,
        )  # fmt: skip


def take_turn() -> None:
    """Wait until no other import writes: two of the same list at once must not both see nobody.

    SQLite lets one write at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
