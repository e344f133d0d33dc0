"""An itemised offer: rows with a name and an amount, and the total they lead to. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from quotes.extraction import cues
from quotes.extraction.amounts import Amount, find_amounts
from quotes.extraction.reader import ABBREVIATION, Reader

TOTAL_ROW = re.compile(
    r"\b(?:grand total|total\w*|totaal\w*|totale\w*|endbetrag|gesamt\w*|summe|brutto\w*|"
    r"rechnungsbetrag|ttc|importe|montant|amount due|all in|итого|всего|к оплате|сумма|razem|suma)\b",
    re.IGNORECASE,
)
PART_ROW = re.compile(
    r"\b(?:sub-?total|sous-total|zwischensumme|subtotaal|subtotale|netto\w*|net|ht|h\.t\.|"
    r"hors taxes?|sin iva|senza iva|sem iva|excl\.?|exkl\.?|ex|before tax|without tax|"
    r"base imponible|imponibile|без ндс|nettobetrag|warenwert)(?![\w.])",
    re.IGNORECASE,
)
LATER_ROW = re.compile(
    r"\b(?:deposit|anzahlung|acompte|acconto|señal|anticipo|aanbetaling|предоплат\w*|аванс|"
    r"balance|restbetrag|solde|restante|saldo|остаток|paid|bezahlt|optional\w*|option\w*|"
    r"add-?ons?|if needed|si nécessaire|bei bedarf)\b",
    re.IGNORECASE,
)
ROW_END = re.compile(
    r"^[\s*|.]*(?:(?:net|netto|brutto|ht|ttc|eur|usd|gbp|chf|incl\.?|excl\.?|vat|tax|mwst\.?|"
    r"iva|tva|btw|p\.?\s?p\.?|each|ea|apiece|\([^)]{0,30}\))[\s*|.]*){0,3}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its name, and its last amount with offsets into the reader's text."""

    label: str
    amount: Amount
    start: int
    end: int
    kind: str  # "item" | "tax" | "part" | "total"


@dataclass(frozen=True, slots=True)
class Sheet:
    """`total` is what the client pays; `taxed` whether tax is in it, None where no row says."""

    rows: tuple[Row, ...]
    total: Row
    taxed: bool | None

    def items(self) -> tuple[Row, ...]:
        """What the total is made of, without sums and taxes."""
        return tuple(row for row in self.rows if row.kind == "item")

    def holds(self, position: int) -> bool:
        """Whether a place in the text belongs to a row."""
        return any(row.start <= position < row.end for row in self.rows)


def find_sheet(reader: Reader) -> Sheet | None:
    """The block of rows that ends in a total; None where amounts stand in prose or as choices."""
    for block in _blocks(reader):
        sheet = _as_sheet(block)
        if sheet:
            return sheet
    return None


def _blocks(reader: Reader) -> list[list[Row]]:
    """Rows in runs: at most one line without an amount between two of them."""
    blocks: list[list[Row]] = []
    at, misses = 0, 2
    for raw in reader.text.splitlines(keepends=True):
        start, at = at, at + len(raw)
        row = _row(raw.rstrip(), start) if start >= reader.offset else None
        if row is None:
            misses += bool(raw.strip()) or misses > 0
            continue
        if misses > 1:
            blocks.append([])
        blocks[-1].append(row)
        misses = 0
    return blocks


def _row(line: str, start: int) -> Row | None:
    if not line.strip() or len(line) > 200:
        return None
    amounts = [a for a in find_amounts(line) if not a.bare or re.search(r"[.,]\d\d\b|,-", line)]
    if not amounts or not ROW_END.match(line[amounts[-1].end :]):
        return None
    label = line[: amounts[0].start].strip(" \t:=*|•·–—-+.")
    if not re.search(r"[^\W\d]{2,}", label) or len(label) > 90 or _is_prose(line, label):
        return None
    last = amounts[-1]
    amount = Amount(
        last.value, start + last.start, start + last.end, last.currency, last.high, last.sign
    )
    return Row(label, amount, start, start + len(line), _kind(label))


def _is_prose(line: str, label: str) -> bool:
    """A sentence before the figure, where no column parts the two."""
    ended = any(
        mark.group()[0] != "." or not ABBREVIATION.search(label[: mark.start()])
        for mark in re.finditer(r"[.!?]\s+[^\W\d]", label)
    )
    return ended and not re.search(r"\S\s{3,}\S", line)


def _kind(label: str) -> str:
    words = label.lower()
    if LATER_ROW.search(words):
        return "later"
    part, total = PART_ROW.search(words), TOTAL_ROW.search(words)
    taxed = cues.TAX.search(words)
    if part:
        return "part"
    if total:
        return "total"
    return "tax" if taxed else "item"


def _as_sheet(rows: Sequence[Row]) -> Sheet | None:
    """A total named as such, or a last row that is the sum of those above it."""
    rows = [row for row in rows if row.kind != "later"]
    if len(rows) < 2:
        return None
    totals = [row for row in rows if row.kind in {"total", "part"}] or _unnamed_sum(rows)
    if not totals:
        return None
    total = max(totals, key=lambda row: (row.amount.value, row.start))
    below = [row for row in rows if row.start < total.start]
    items = [row for row in below if row.kind == "item"]
    if not below or any(row.amount.value > total.amount.value for row in items):
        return None
    if not items and not any(row.kind == "tax" for row in rows):
        return None
    return Sheet(tuple(rows), total, _taxed(rows, total))


def _unnamed_sum(rows: Sequence[Row]) -> list[Row]:
    """The last row where it is the sum of two or more above."""
    added = sum((row.amount.value for row in rows[:-1]), Decimal(0))
    return [rows[-1]] if len(rows) > 2 and added == rows[-1].amount.value else []


def _taxed(rows: Sequence[Row], total: Row) -> bool | None:
    words = total.label.lower()
    if total.kind == "part":
        return None if words.startswith("sub") else False
    if re.search(r"\b(?:ttc|brutto\w*|incl?\.?|inkl\.?|gross)\b", words):
        return True
    return True if any(row.kind == "tax" and row.start < total.start for row in rows) else None
