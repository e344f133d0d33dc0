"""Reads rows of delimited text one by one; a damaged row costs itself, never the rows after it."""

import csv
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crm.imports.decoding import Encoding
from crm.imports.problems import Reason

DELIMITERS = (",", ";", "\t", "|")
LONGEST_CELL = 20_000
MOST_LINES = 60  # of one record: more is a quotation mark that nobody closed
csv.field_size_limit(1_000_000)


@dataclass(frozen=True, slots=True)
class RawRow:
    """One record: its number as a spreadsheet counts, its first line, its cells or its damage."""

    number: int
    line: int
    cells: tuple[str, ...]
    code: Reason | None = None
    problem: str = ""


class _Lines:
    """The file's lines with a way back, for records that end elsewhere than they seemed to."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.taken: list[str] = []
        self.number = 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MOST_LINES:
            raise csv.Error("it is never closed")
        line = next(self._lines)
        self.taken.append(line)
        return line

    def go_on(self) -> None:
        """The record is done."""
        self.number += len(self.taken)
        self.taken = []

    def go_back(self) -> None:
        """Only the record's first line is done; the others are read again."""
        self._lines = itertools.chain(self.taken[1:], self._lines)
        self.number += 1
        self.taken = []


def read_rows(path: Path, encoding: Encoding, delimiter: str) -> Iterator[RawRow]:
    """Every record that is not blank, the header too; the first is number 1."""
    errors = "replace" if encoding.damaged else "strict"
    with path.open(encoding=encoding.name, errors=errors, newline="") as file:
        yield from parse_rows(file, delimiter)


def parse_rows(text: Iterator[str], delimiter: str) -> Iterator[RawRow]:
    """See `read_rows`; `text` gives lines with their breaks. Pure."""
    lines = _Lines(text)
    number = 0
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    width = 0
    while True:
        number += 1
        line = lines.number
        try:
            cells = tuple(next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            first = lines.taken[0] if lines.taken else ""
            yield _damaged(number, line, first, f"The quotation marks do not match ({error}).")
            lines.go_back()
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            continue
        if (
            len(lines.taken) > 1
            and width
            and len(cells) != width
            and _holds_rows(lines, width, delimiter)
        ):
            yield _damaged(number, line, lines.taken[0], "A quotation mark is never closed.")
            lines.go_back()
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            continue
        lines.go_on()
        if not any(map(str.strip, cells)):
            continue
        width = width or len(cells)
        yield _checked(RawRow(number, line, cells))


def _holds_rows(lines: _Lines, width: int, delimiter: str) -> bool:
    """Whether what a cell seems to hold are rows of their own."""
    tail = lines.taken[1:]
    return any(one.count(delimiter) == width - 1 for one in tail)


def _damaged(number: int, line: int, text: str, problem: str) -> RawRow:
    return RawRow(number, line, (text.rstrip("\r\n")[:500],), Reason.BAD_QUOTES, problem)


def _checked(row: RawRow) -> RawRow:
    text = "".join(row.cells)
    if "\x00" in text:
        words = "A cell holds a NUL character, which no text does: type the cell anew."
        return _refused(row, Reason.NUL, words)
    if "\ufffd" in text:
        words = (
            "A letter cannot be read: the row is not in the encoding of the rest. Type the letter "
            "anew, or save the whole list as UTF-8."
        )
        return _refused(row, Reason.UNREADABLE, words)
    if len(text) > LONGEST_CELL and max(map(len, row.cells)) > LONGEST_CELL:
        words = f"A cell is longer than {LONGEST_CELL:,} characters."
        return _refused(row, Reason.TOO_LONG, words)
    return row


def _refused(row: RawRow, code: Reason, problem: str) -> RawRow:
    kept = tuple(cell.replace("\x00", "")[:LONGEST_CELL] for cell in row.cells)
    return RawRow(row.number, row.line, kept, code, problem)
