"""The files of an import that leave the desk: who may take them, and the line in the ledger."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.http.response import StreamingHttpResponse

from compliance import audit
from crm.imports.batches import rejected_of
from crm.imports.rejects import as_download, reject_lines, report_lines
from crm.models import ImportBatch

IMPORT, EXPORT = "crm.add_importbatch", "crm.export_contact"
NOT_YOURS = (
    "These rows hold addresses. Whoever brought the list in may take them, and who may export "
    "contacts."
)


def may_take(person: User, batch: ImportBatch) -> bool:
    """Whoever brought the list in corrects its rows; other people's lists are an export."""
    own = batch.actor == person.get_username() and person.has_perm(IMPORT)
    return own or person.has_perm(EXPORT)


def hand_out_rejected(batch: ImportBatch, *, actor: str) -> StreamingHttpResponse:
    """The rows that stayed out, in the list's own shape, to correct and take in again."""
    lines = reject_lines(batch.header, rejected_of(batch))
    return _handed_out(batch, lines, "rejected", actor=actor)


def hand_out_report(batch: ImportBatch, *, actor: str) -> StreamingHttpResponse:
    """What became of the list: its counts, then every row that stayed out or is flagged."""
    return _handed_out(batch, report_lines(batch), "import-report", actor=actor)


def record_shown(batch: ImportBatch, rows: int, *, flagged: bool, actor: str) -> None:
    """Keep in the ledger that a program was shown a page of rows, and how many."""
    data = {"page of": "flagged" if flagged else "rejected", "rows": rows}
    audit.append("import.exported", batch, actor=actor, data=data)


def _handed_out(
    batch: ImportBatch, lines: Iterator[str], what: str, *, actor: str
) -> StreamingHttpResponse:
    data = {"file": what, "rejected": batch.rejected, "flagged": batch.flagged}
    audit.append("import.exported", batch, actor=actor, data=data)
    return as_download(lines, f"{what}-{batch.pk}.csv")
