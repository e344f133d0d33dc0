"""Reads a CSV file strictly: a damaged row is reported with its line, never guessed at."""

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from crm.errors import CrmError
from crm.imports.report import Rejected

LARGEST_FILE = 20 * 1024 * 1024
MOST_ROWS = 5000
LONGEST_CELL = 20_000
DELIMITERS = (",", ";", "\t")


class BadFileError(CrmError):
    """A file that cannot be read as a whole; nothing of it was taken in."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sound row: the line it begins on, and its cells by column."""

    number: int
    cells: dict[str, str]


@dataclass(slots=True)
class Table:
    """Sound rows and damaged ones."""

    lines: list[Line] = field(default_factory=list)
    damaged: list[Rejected] = field(default_factory=list)
    ignored_columns: list[str] = field(default_factory=list)


def read_file(path: Path, *, columns: Collection[str], required: Collection[str]) -> Table:
    """The file's rows; raises BadFileError when it is no readable table."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadFileError(f"{path.name} is larger than {LARGEST_FILE // 1024**2} MB.")
        data = path.read_bytes()
    except OSError as error:
        raise BadFileError(f"{path} cannot be read: {error.strerror}.") from error
    return read_table(data, columns=columns, required=required)


def read_table(data: bytes, *, columns: Collection[str], required: Collection[str]) -> Table:
    """Rows by column name; unknown columns are ignored and named. See `read_file`."""
    text = _decode(data)
    header, delimiter = _header(text)
    missing = sorted(set(required) - set(header))
    if missing:
        raise BadFileError(
            f"The column “{missing[0]}” is missing. The first line must name the columns, "
            f"of these: {', '.join(columns)}."
        )
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise BadFileError(f"The column “{twice[0]}” stands there twice.")
    table = Table(ignored_columns=[name for name in header if name not in columns])
    for number, cells, problem in _rows(text, delimiter):
        problem = problem or _problem(cells, header)
        if problem:
            table.damaged.append(Rejected(number, problem))
        elif any(cells):
            named = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
            table.lines.append(Line(number, named))
    if len(table.lines) > MOST_ROWS:
        raise BadFileError(
            f"The file has {len(table.lines):,} rows; at most {MOST_ROWS:,} are taken at once. "
            "Split it."
        )
    return table


def split(cell: str) -> list[str]:
    """The parts of a cell that holds several, set apart by “;” or “|”."""
    return [part.strip() for part in re.split(r"[;|]", cell) if part.strip()]


def _decode(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadFileError(f"Line {line} is not UTF-8. Save the file as “CSV UTF-8”.") from error
    if not text.strip():
        raise BadFileError("The file is empty.")
    return text


def _header(text: str) -> tuple[list[str], str]:
    first = io.StringIO(text).readline()
    delimiter = max(DELIMITERS, key=first.count)
    cells = next(csv.reader([first], delimiter=delimiter))
    return [cell.strip().lower().replace(" ", "_") for cell in cells], delimiter


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """Line number, cells and what is wrong with the quoting; the header is left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    next(reader)
    while True:
        number = reader.line_num + 1
        try:
            yield number, next(reader), ""
        except StopIteration:
            return
        except csv.Error as error:
            yield number, [], f"The quotation marks do not match ({error})."


def _problem(cells: list[str], header: list[str]) -> str:
    if len(cells) != len(header) and any(cells):
        return f"{len(cells)} cells where the header has {len(header)}."
    if any("\x00" in cell for cell in cells):
        return "A cell holds a NUL character."
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return f"A cell is longer than {LONGEST_CELL:,} characters."
    return ""
