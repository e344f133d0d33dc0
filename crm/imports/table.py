"""Opens a list of any make and gives its rows by field, whatever their encoding and order."""

import csv
import io
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from crm.imports.columns import SEVERAL, map_columns, plain_heading
from crm.imports.decoding import Encoding, find_encoding
from crm.imports.delimited import DELIMITERS, RawRow, read_rows
from crm.imports.nameless import guess_fields
from crm.imports.opening import is_workbook
from crm.imports.plan import Plan
from crm.imports.problems import BadFileError, Reason
from crm.imports.workbook import read_workbook

HEADER_WITHIN = 10  # rows that may stand above the header: a title, a date, a blank one
MOST_COLUMNS = 2000
LONGEST_HEADING = 80


@dataclass(frozen=True, slots=True)
class Row:
    """One row by field: its number as a spreadsheet counts them, and what is wrong with it.

    `others` are the cells of columns that are no field, by heading, where they are to be kept.
    """

    number: int
    line: int
    cells: dict[str, str]
    raw: tuple[str, ...]
    code: Reason | None = None
    problem: str = ""
    column: str = ""
    value: str = ""
    others: dict[str, str] | None = None


@dataclass(slots=True)
class Table:
    """An open list; `rows` can be walked once, `about` is how many there may be."""

    header: list[str]
    fields: list[str]
    rows: Iterator[Row]
    about: int
    encoding: str
    delimiter: str
    notes: list[str] = field(default_factory=list)
    plan: Plan = field(default_factory=Plan)

    @property
    def columns(self) -> dict[str, str]:
        """What was understood: heading → field, in the order of the columns."""
        pairs = zip(self.header, self.fields, strict=True)
        return {heading: one for heading, one in pairs if one}


def open_table(
    path: Path, fields: Mapping[str, str], *, example: str, plan: Plan | None = None
) -> Table:
    """The list with its columns understood; BadFileError where it is no table of ours.

    `fields` are names with their headings (`crm.imports.columns`); `example` a good first line;
    `plan` says what a person chose about the columns.
    """
    plan = plan or Plan()
    if is_workbook(path):
        rows, about, notes = read_workbook(path)
        table = Table([], [], iter(()), about, "xlsx", "", notes, plan)
        return _begin(rows, fields, example, table)
    encoding = find_encoding(path)
    delimiter, skip = find_delimiter(path, encoding, fields)
    rows = read_rows(path, encoding, delimiter)
    table = Table([], [], iter(()), encoding.lines, encoding.name, delimiter, [], plan)
    if encoding.damaged:
        table.notes.append("Some bytes are not UTF-8; the rows they stand in are left out.")
    return _begin(itertools.islice(rows, skip, None), fields, example, table)


def find_delimiter(path: Path, encoding: Encoding, fields: Mapping[str, str]) -> tuple[str, int]:
    """The sign that cuts out the most headings we know, and how many rows to leave out (0, 1)."""
    errors = "replace" if encoding.damaged else "strict"
    with path.open(encoding=encoding.name, errors=errors, newline="") as file:
        lines = list(itertools.islice(iter(lambda: file.readline(100_000), ""), 30))
    if lines and (said := re.fullmatch(r"sep=(.)\s*", lines[0].lstrip("\ufeff"), re.IGNORECASE)):
        return said.group(1), 1

    def worth(delimiter: str) -> tuple[int, int]:
        rows = list(csv.reader(io.StringIO("".join(lines), newline=""), delimiter=delimiter))
        known = max((_known(row, fields) for row in rows[:HEADER_WITHIN]), default=0)
        widths = [len(row) for row in rows if row]
        return known, sum(width == max(widths) for width in widths) * (max(widths, default=1) > 1)

    return max(DELIMITERS, key=worth), 0


def _known(cells: list[str] | tuple[str, ...], fields: Mapping[str, str]) -> int:
    if any("@" in cell for cell in cells):
        return 0  # a row of data: headings hold no addresses
    return len(set(map_columns(cells[:MOST_COLUMNS], fields)) - {""})


def _begin(rows: Iterator[RawRow], fields: Mapping[str, str], example: str, table: Table) -> Table:
    """Find the header among the first rows; what stands above it is told in a note."""
    first = list(itertools.islice(rows, HEADER_WITHIN))
    if not first:
        raise BadFileError("The file is empty: it holds no rows.")
    if len(first[0].cells) > MOST_COLUMNS:
        raise BadFileError(
            f"The list has {len(first[0].cells):,} columns; at most {MOST_COLUMNS:,} are read. "
            "Keep the columns that matter."
        )
    at = _find_header(first, fields, table.plan)
    if at is None:
        return _without_header(first, rows, fields, example, table)
    table.header = [cell.strip() for cell in first[at].cells]
    table.fields = _chosen(table.header, fields, table.plan)
    if at:
        table.notes.append(f"The columns are named in row {first[at].number}; above it is no data.")
    table.notes += _about_columns(table)
    table.rows = _rows(itertools.chain(first[at + 1 :], rows), table)
    return table


def _find_header(first: list[RawRow], fields: Mapping[str, str], plan: Plan) -> int | None:
    """Which of the first rows names the columns; None if none does."""
    if plan.headings is not None:
        return 0 if plan.headings else None
    named = {plain_heading(heading) for heading in plan.named}
    found = [
        _known(row.cells, fields) + len(named & set(map(plain_heading, row.cells)))
        if row.code is None
        else 0
        for row in first
    ]
    at = next((n for n, known in enumerate(found) if known >= 2), found.index(max(found)))
    return at if found[at] else None


def _chosen(header: list[str], fields: Mapping[str, str], plan: Plan) -> list[str]:
    """A field or “” for each column: as chosen, else as the heading says."""
    for one in {*(plan.fields or ()), *plan.named.values(), *plan.defaults} - {"", *fields}:
        raise BadFileError(f"There is no field “{one}”; there are: {', '.join(sorted(fields))}.")
    if plan.fields is not None and len(plan.fields) != len(header):
        raise BadFileError(
            f"The file has {len(header)} columns where {len(plan.fields)} were chosen; "
            "upload it anew."
        )
    named = {plain_heading(heading): one for heading, one in plan.named.items()}
    there = {plain_heading(heading) for heading in header}
    for heading in plan.named:
        if plain_heading(heading) not in there:
            raise BadFileError(
                f"There is no column “{heading}”; there are: {', '.join(header[:40])}."
            )
    guessed = plan.fields or map_columns(header, fields)
    return [
        named.get(plain_heading(heading), one) for heading, one in zip(header, guessed, strict=True)
    ]


def _about_columns(table: Table) -> list[str]:
    pairs = list(zip(table.header, table.fields, strict=True))
    profile = table.plan.profile
    notes = [f"The columns are read as the profile “{profile}” says."] if profile else []
    if others := ", ".join([name for name, one in pairs if name and not one][:40]):
        kept = table.plan.keep_unknown
        notes.append(
            f"Columns kept as research: {others}." if kept
            else f"Columns not known and ignored: {others}."
        )  # fmt: skip
    for one in dict.fromkeys(table.fields):
        same = [f"“{name}”" for name, other in pairs if other == one]
        if one and len(same) > 1 and one not in SEVERAL:
            notes.append(
                f"{' and '.join(same)} are both “{one}”: rows in which they differ stay out."
            )
    return notes


def _without_header(
    first: list[RawRow],
    rows: Iterator[RawRow],
    fields: Mapping[str, str],
    example: str,
    table: Table,
) -> Table:
    table.fields = guess_fields([row.cells for row in first if row.code is None], fields)
    if table.plan.fields is not None and len(table.plan.fields) == len(table.fields):
        table.fields = list(table.plan.fields)
    if not any(table.fields):
        raise BadFileError(
            "No column is known by its heading. The first line names the columns, such as "
            f"{example}."
        )
    table.header = [one or f"column {n}" for n, one in enumerate(table.fields, start=1)]
    told = ", ".join(f"{n} {one}" for n, one in enumerate(table.fields, start=1) if one)
    table.notes.append(f"There are no headings; understood by what stands there: {told}.")
    table.rows = _rows(itertools.chain(first, rows), table)
    return table


def _ragged(cells: tuple[str, ...], width: int) -> str:
    """How many cells there are, and of too many which stand behind the last heading."""
    told = f"{len(cells)} cells where the header has {width}"
    if len(cells) < width:
        return f"{told}."
    beyond = ", ".join(f"“{cell[:30]}”" for cell in cells[width:][:3])
    return f"{told}: {beyond} would stand under no heading."


def _rows(raw: Iterator[RawRow], table: Table) -> Iterator[Row]:
    width = len(table.header)
    places = [(n, one) for n, one in enumerate(table.fields) if one]
    twice = len({one for _, one in places}) < len(places)
    spare = [
        (n, name[:LONGEST_HEADING])
        for n, (name, one) in enumerate(zip(table.header, table.fields, strict=True))
        if name and not one and table.plan.keep_unknown
    ]
    defaults = table.plan.defaults
    for row in raw:
        cells = row.cells
        if row.code is not None:
            yield Row(row.number, row.line, {}, cells, row.code, row.problem)
            continue
        if len(cells) != width:
            cells = _fitted(cells, width, is_sheet=not table.delimiter)
            if len(cells) != width:
                words = _ragged(row.cells, width)
                yield Row(row.number, row.line, {}, row.cells, Reason.RAGGED, words)
                continue
        if twice:
            found = _joined(row, cells, places)
        else:
            named = {one: cells[n].strip() for n, one in places}
            found = Row(row.number, row.line, named, cells)
        for one, value in defaults.items():
            if not found.cells.get(one):
                found.cells[one] = value
        if spare:
            others = {name: cell for n, name in spare if (cell := cells[n].strip())}
            found = replace(found, others=others)
        yield found


def _fitted(cells: tuple[str, ...], width: int, *, is_sheet: bool) -> tuple[str, ...]:
    """Blank cells beyond the header say nothing; a sheet leaves blank ones at the end out."""
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    if is_sheet and len(cells) < width:
        cells += ("",) * (width - len(cells))
    return cells


def _joined(row: RawRow, cells: tuple[str, ...], places: list[tuple[int, str]]) -> Row:
    """Two columns of one field: addresses add up, anything else must not differ."""
    named: dict[str, str] = {}
    refused = Row(row.number, row.line, named, cells)
    for n, one in places:
        cell, before = cells[n].strip(), named.get(one, "")
        if not before or not cell or before == cell:
            named[one] = before or cell
        elif one in SEVERAL:
            named[one] = f"{before}; {cell}"
        else:
            words = (
                f"Two columns say what “{one}” is, and differ: “{before[:99]}” and “{cell[:99]}”. "
                "Empty the wrong one."
            )
            refused = replace(
                refused, code=Reason.TWO_VALUES, problem=words[:400], column=one, value=cell
            )
    return refused
