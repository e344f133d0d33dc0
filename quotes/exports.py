"""The comparison as CSV and XLSX; a cell a vendor wrote never becomes a formula."""

import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from compliance.spreadsheets import harmless, line_of
from quotes.comparison.revisions import FROM_EARLIER
from quotes.comparison.rows import Row
from quotes.comparison.table import Comparison

WIDEST = 60


def as_csv(comparison: Comparison, rows: Sequence[Row]) -> bytes:
    """UTF-8 with a mark, so that every spreadsheet reads it."""
    lines = (["" if cell is None else cell for cell in line] for line in table(comparison, rows))
    return "".join(map(line_of, lines)).encode("utf-8-sig")


def as_xlsx(comparison: Comparison, rows: Sequence[Row]) -> bytes:
    """One sheet, header frozen, prices as numbers, text always as text."""
    from openpyxl import Workbook  # slow to import, and only wanted here
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Comparison"
    lines = table(comparison, rows)
    for y, line in enumerate(lines, start=1):
        for x, value in enumerate(line, start=1):
            cell = sheet.cell(row=y, column=x)
            shown = safe(value)
            cell.value = shown
            if isinstance(shown, str):
                cell.data_type = "s"
            elif isinstance(shown, Decimal):
                cell.number_format = "#,##0.00"
    for x in range(1, len(lines[0]) + 1):
        longest = max(len(str(line[x - 1] or "")) for line in lines)
        sheet.column_dimensions[get_column_letter(x)].width = min(WIDEST, longest + 2)
        sheet.cell(row=1, column=x).font = Font(bold=True)
    sheet.freeze_panes = "B2"
    out = io.BytesIO()
    book.properties.created = datetime(2000, 1, 1)  # noqa: DTZ001  the same table, the same file
    book.save(out)
    return out.getvalue()


def table(comparison: Comparison, rows: Sequence[Row]) -> list[list[Any]]:
    """Header and lines, one cell a value; amounts as Decimal, what is unknown as ""."""
    code = comparison.currency
    header = [
        "Vendor", "Contact", "Status", "Detail", f"All-in, {code} (low)", f"All-in, {code} (high)",
        "Quoted price", "Quoted price (high)", "Currency", "Priced", "Included", "Comes on top",
        "Not compared because", *(column.label for column in comparison.columns), "Valid until",
        "Days left", "Deposit", "Availability", "Finalist", "Logged by", "Best deal", "Notes",
    ]  # fmt: skip
    return [header, *(_line(comparison, row) for row in rows)]


def _line(comparison: Comparison, row: Row) -> list[Any]:
    facts, offer = row.facts, row.facts.offer
    texts = {cell.name: cell.words for cell in row.cells}
    on_top = "; ".join(f"{line.label}: {line.words}{_mark(line.earlier)}" for line in row.on_top)
    inside = [*row.included, *(f"{thing}{_mark(True)}" for thing in row.included_earlier)]
    then = f"{row.validity.words}{_mark(True)}" if row.validity.earlier else ""
    known = {
        "price": offer.price if offer else None,
        "high": offer.price_high if offer else None,
        "until": offer.expires_on.isoformat() if offer and offer.expires_on else then,
    }
    return [
        facts.vendor,
        facts.contact,
        row.status.label,
        row.status.detail,
        row.low,
        row.high,
        known["price"],
        known["high"],
        offer.currency if offer else "",
        row.period or ("in total" if offer and offer.price is not None else ""),
        ", ".join(inside),
        on_top,
        row.not_compared,
        *(texts.get(column.name, "") for column in comparison.columns),
        known["until"],
        row.validity.days_left,
        f"{row.deposit}{_mark(row.deposit_earlier)}",
        offer.availability if offer else "",
        "yes" if offer and offer.finalist else "",
        offer.logged_by if offer else "",
        "yes" if row.best else "",
        facts.thread.notes,
    ]


def _mark(earlier: bool) -> str:
    return f" ({FROM_EARLIER})" if earlier else ""


def safe(value: Any) -> Any:
    """Text that a spreadsheet would run is led by an apostrophe; numbers stay numbers."""
    if isinstance(value, str):
        return harmless(value)
    return "" if value is None else value
