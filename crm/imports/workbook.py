"""Reads rows of an .xlsx workbook: dates, zeros, merged cells and formulas as one sees them."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

import openpyxl
from openpyxl.utils import range_boundaries

from crm.imports.delimited import RawRow
from crm.imports.problems import BadFileError, Reason

LARGEST_SHEET = 2 * 1024**3  # unpacked; a small archive may hold far more than it looks like
CHUNK = 1024 * 1024
MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z0-9:]+)"')
FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
EMPTY_ERRORS = {"#N/A"}
ERRORS = {"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
Merged = dict[tuple[int, int], tuple[int, int]]  # a covered cell → the one that shows


def read_workbook(path: Path) -> tuple[Iterator[RawRow], int, list[str]]:
    """The first sheet's rows that are not blank, about how many, and notes for the report."""
    try:
        merged, formulas = _survey(path)
        file = path.open("rb")  # by its handle: the name may end in .csv
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, SyntaxError) as error:
        raise BadFileError(f"{path.name} is a damaged workbook; save it anew.") from error
    if not book.worksheets:
        raise BadFileError(f"{path.name} has no sheet with cells.")
    sheet = book.worksheets[0]
    notes = []
    if len(book.worksheets) > 1:
        others = ", ".join(f"“{one.title}”" for one in book.worksheets[1:])
        notes.append(f"Only the first sheet, “{sheet.title}”, is read; left out: {others}.")
    if merged:
        notes.append("Merged cells: every row they cover has their value.")
    return _rows(path, file, book, merged, formulas), sheet.max_row or 0, notes


def _survey(path: Path) -> tuple[Merged, bool]:
    """Merged cells and whether there are formulas, from the first sheet's text in portions."""
    merged: Merged = {}
    formulas, seen, tail = False, 0, b""
    with zipfile.ZipFile(path) as archive:
        sheets = sorted(name for name in archive.namelist() if "xl/worksheets/sheet" in name)
        if not sheets:
            return merged, False
        with archive.open(sheets[0]) as file:
            while chunk := file.read(CHUNK):
                seen += len(chunk)
                if seen > LARGEST_SHEET:
                    raise BadFileError(f"{path.name} unpacks to more than 2 GB. Split it.")
                text = tail + chunk
                formulas = formulas or bool(FORMULA.search(text))
                for ref in MERGED.findall(text):
                    merged.update(_covered(ref.decode()))
                tail = text[-64:]
    return merged, formulas


def _covered(ref: str) -> Merged:
    left, top, right, bottom = (int(bound or 0) for bound in range_boundaries(ref))
    if (bottom - top + 1) * (right - left + 1) > 100_000:
        return {}
    return {
        (row, column): (top, left)
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }


def _rows(
    path: Path, file: IO[bytes], book: Any, merged: Merged, formulas: bool
) -> Iterator[RawRow]:
    shown: dict[tuple[int, int], str] = {}
    anchors = set(merged.values())
    with file, closing(book):
        typed = _formulas(path) if formulas else None
        for number, cells in enumerate(book.worksheets[0].iter_rows(), start=1):
            written = next(typed, ()) if typed else ()
            values = [as_text(cell.value, getattr(cell, "number_format", "")) for cell in cells]
            for column in range(1, len(values) + 1) if merged else ():
                if (number, column) in anchors:
                    shown[number, column] = values[column - 1]
                elif (number, column) in merged:
                    values[column - 1] = shown.get(merged[number, column], "")
            if not any(value.strip() for value in values) and not any(written):
                continue
            yield _checked(number, tuple(values), written)


def _formulas(path: Path) -> Iterator[tuple[str, ...]]:
    """For each row its formulas, empty where a cell has none."""
    with path.open("rb") as file, closing(openpyxl.load_workbook(file, read_only=True)) as book:
        for cells in book.worksheets[0].iter_rows():
            yield tuple(str(cell.value) if cell.data_type == "f" else "" for cell in cells)


def _checked(number: int, cells: tuple[str, ...], formulas: tuple[str, ...]) -> RawRow:
    for position, formula in enumerate(formulas):
        if formula and position < len(cells) and not cells[position]:
            words = f"The formula {formula[:60]} was never computed; save the list in Excel."
            return RawRow(number, number, cells, Reason.FORMULA, words)
    for cell in cells:
        if cell in ERRORS:
            return RawRow(number, number, cells, Reason.SHEET_ERROR, f"A cell shows {cell}.")
    return RawRow(number, number, cells)


def as_text(value: object, number_format: str = "") -> str:
    """A cell as the sheet shows it: 33101 not 33101.0, 02134 with its zero, dates in ISO form."""
    if value is None or value in EMPTY_ERRORS:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, int):
        zeros = number_format if re.fullmatch(r"0+", number_format or "") else ""
        return str(value).zfill(len(zeros))
    if isinstance(value, datetime):
        bare = value.time() == time.min
        return value.date().isoformat() if bare else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).replace("\x00", "").replace("_x000D_", "")
