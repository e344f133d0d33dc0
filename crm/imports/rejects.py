"""The rows that stayed out: as data, and as a file that can be corrected and taken in again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.http.response import StreamingHttpResponse

from compliance.spreadsheets import line_of
from crm.deliverability.domains import state_of
from crm.imports.problems import Reason
from crm.imports.tally import DOMAINS, LINES, REGIONS
from crm.models import ImportBatch, RejectedRow

COUNTED = (
    "read", "created", "updated", "unchanged", "rejected", "flagged", "companies_created",
    "contacts_created", "properties_created",
)  # fmt: skip
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
    count = -1  # the header
    for line in reject_lines(header, rejected):
        file.write(line)
        count += 1
    return count


def reject_lines(header: Sequence[str], rejected: Iterable[Rejected]) -> Iterator[str]:
    """The same, line by line, with its header."""
    yield line_of([*header, *ADDED])
    for one in rejected:
        own, beyond = one.cells[: len(header)], one.cells[len(header) :]
        blank = [""] * (len(header) - len(own))
        yield line_of([*own, *blank, one.row, one.column, one.reason, *beyond])


def report_lines(batch: ImportBatch) -> Iterator[str]:
    """What became of a list, as the lines of a file: its counts, then the rows to look at."""
    yield line_of(["what", "number"])
    for name in COUNTED:
        yield line_of([name.replace("_", " "), getattr(batch, name)])
    yield from _address_lines(batch)
    yield line_of([])
    yield line_of(["row", "line", "taken in", "column", "value", "code", "reason"])
    rows = RejectedRow.objects.filter(batch=batch).defer("cells")
    for one in rows.iterator(chunk_size=1000):
        said = "yes" if one.is_in else "no"
        yield line_of([one.row, one.line, said, one.column, one.value, one.code, one.reason])


def _address_lines(batch: ImportBatch) -> Iterator[str]:
    """Of its numbers and mailboxes, and the domains that take no mail."""
    mail = state_of(batch.tally.get(DOMAINS, {}))
    for title, counts in (
        ("numbers", batch.tally.get(LINES, {})), ("numbers of", batch.tally.get(REGIONS, {})),
        ("mail domain", mail.addresses),
    ):  # fmt: skip
        for one, number in counts.items():
            yield line_of([f"{title}: {one}", number])
    for domain, why, number in mail.dead:
        yield line_of([f"takes no mail: {domain}", number, why])


def as_download(lines: Iterator[str], name: str) -> StreamingHttpResponse:
    """A CSV file, sent as it is made."""
    encoded = (line.encode("utf-8-sig" if n == 0 else "utf-8") for n, line in enumerate(lines))
    answer = StreamingHttpResponse(encoded, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
