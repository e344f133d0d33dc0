"""CSV for spreadsheets: read strictly, and written so that no cell becomes a formula."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import IO, Any

# A spreadsheet takes text that begins with one of these signs as a formula. One that was told
# another separator than ours begins a cell behind a semicolon, a tab or a line's end within ours,
# and takes quotation marks there for its own (OWASP, CSV injection).
SIGN = r"(?:[^\S\t\r\n]|[\"'\u200b\ufeff])*[=+\-@＝＋－＠]"
BEGINS = re.compile(rf"(\A|[;\t\r\n])({SIGN})")
LED = re.compile(rf"(\A|[;\t\r\n])'({SIGN})")
BREAK = re.compile(r"'*[\t\r\n]")  # a cell of its own where it stands first
LONGEST_CELL = 20_000
UNREADABLE = re.compile("[\udc80-\udcff]")  # a byte that is not UTF-8, as surrogateescape keeps it
SAVE_AS = "Save the file as “CSV UTF-8” and take it in again: what is in already is left as it is."


class BadFileError(Exception):
    """A file that cannot be read as a table; nothing of it was taken in."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: where it stands, its cells by column, or what is wrong with it."""

    number: int
    cells: dict[str, str]
    problem: str = ""


@dataclass(slots=True)
class Report:
    """What an import did: counts, and every rejected line with its reason (line 1: the header)."""

    created: int = 0
    unchanged: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """For programs."""
        return asdict(self)

    def as_lines(self, *, dry_run: bool) -> list[str]:
        """For people: every rejected line, then the counts."""
        counts = (
            f"created {self.created}, unchanged {self.unchanged}, rejected {len(self.rejected)}"
        )
        return [
            *(f"Line {number}: {reason}" for number, reason in self.rejected),
            f"Nothing kept; would have {counts}." if dry_run else f"{counts.capitalize()}.",
        ]


def read_lines(
    file: IO[bytes], *, columns: Collection[str], required: Collection[str]
) -> Iterator[Line]:
    """The rows of a UTF-8 file, one at a time; BadFileError where it is no table of ours.

    A file may turn out not to be UTF-8 after thousands of rows, which are kept by then: what
    cannot be read costs its own row, and no wish to stop behind it is lost.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        reader = csv.reader(text, delimiter=_delimiter(text), strict=True)
        header = [cell.strip().lower().replace(" ", "_") for cell in next(reader, [])]
        _check(header, columns, required)
        yield from _lines(reader, header)
    finally:
        text.detach()  # the caller's file stays open


def _delimiter(text: io.TextIOWrapper) -> str:
    first = text.readline()
    text.seek(0)
    return max((",", ";", "\t"), key=first.count)


def _check(header: list[str], columns: Collection[str], required: Collection[str]) -> None:
    known = f"The first line names the columns, of these: {', '.join(columns)}."
    if any(UNREADABLE.search(cell) for cell in header):
        raise BadFileError(f"The file is not UTF-8. {SAVE_AS}")
    if not any(header):
        raise BadFileError(f"The file is empty. {known}")
    for name in required:
        if name not in header:
            raise BadFileError(f"The column “{name}” is missing. {known}")
    for name in header:
        if name not in columns:
            raise BadFileError(f"The column “{name}” is not known. {known}")
        if header.count(name) > 1:
            raise BadFileError(f"The column “{name}” stands there twice.")


def _lines(reader: Any, header: list[str]) -> Iterator[Line]:
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Line(number, {}, f"The quotation marks do not match ({error}).")
            continue
        if not any(cells):
            continue
        if len(cells) != len(header):
            yield Line(number, {}, f"{len(cells)} cells where the header has {len(header)}.")
        elif any(UNREADABLE.search(cell) for cell in cells):
            yield Line(number, {}, f"It holds characters that are not UTF-8. {SAVE_AS}")
        elif any("\x00" in cell or len(cell) > LONGEST_CELL for cell in cells):
            yield Line(number, {}, "A cell holds a NUL character or is far too long.")
        else:
            named = zip(header, cells, strict=True)
            yield Line(number, {name: plain(cell.strip()) for name, cell in named})


def write_rows(file: IO[str], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a header and rows, every cell harmless; returns how many rows."""
    file.write(line_of(columns))
    count = 0
    for row in rows:
        file.write(line_of(row))
        count += 1
    return count


def line_of(cells: Iterable[object]) -> str:
    """One row of a file with its line's end, every cell harmless."""
    line = io.StringIO(newline="")
    # The writer quotes what stands in its own line's end: with “\n” alone a “\r” would end a row.
    csv.writer(line, lineterminator="\r\n").writerow([harmless(str(cell)) for cell in cells])
    return line.getvalue().removesuffix("\r\n") + "\n"


def harmless(cell: str) -> str:
    """The cell as a spreadsheet shows it and never computes it; phone numbers stay as they are."""
    if cell.startswith("+") and cell[1:].replace("; +", "").isdigit():
        return cell
    led = BEGINS.sub(r"\1'\2", cell)
    return f"'{led}" if BREAK.match(led) else led


def plain(cell: str) -> str:
    """The reverse of `harmless`."""
    if "'" not in cell:
        return cell
    bare = cell[1:] if cell.startswith("'") and BREAK.match(cell, 1) else cell
    return LED.sub(r"\1\2", bare)
