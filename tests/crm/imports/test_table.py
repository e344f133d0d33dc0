"""Opening a list: the header is found, columns understood, damaged rows cost only themselves."""

from collections.abc import Callable
from pathlib import Path

import pytest

from crm.imports.columns import CONTACT_FIELDS
from crm.imports.problems import BadFileError
from crm.imports.table import MOST_COLUMNS, Row, Table, open_table

Read = Callable[[str | bytes], tuple[Table, list[Row]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def run(data: str | bytes) -> tuple[Table, list[Row]]:
        file = tmp_path / "list.csv"
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        table = open_table(file, CONTACT_FIELDS, example="full_name,email")
        return table, list(table.rows)

    return run


def good(rows: list[Row]) -> list[str]:
    return [row.cells["name"] for row in rows if row.code is None]


def bad(rows: list[Row]) -> list[tuple[int, str]]:
    return [(row.number, row.code.value) for row in rows if row.code]


def test_rows_come_by_field_with_their_number(read: Read) -> None:
    _, rows = read("name,email\nPat, a@b.example \n")
    assert [(row.number, row.cells) for row in rows] == [
        (2, {"name": "Pat", "email": "a@b.example"})
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_header_tells_the_delimiter(read: Read, delimiter: str) -> None:
    table, rows = read(f"name{delimiter}email\nPat{delimiter}a@b.example\n")
    assert (table.delimiter, rows[0].cells["email"]) == (delimiter, "a@b.example")


def test_excels_own_line_names_the_delimiter(read: Read) -> None:
    _, rows = read("sep=;\nname;email\nPat, the first;a@b.example\n")
    assert good(rows) == ["Pat, the first"]


def test_a_title_above_the_header_is_passed_over_and_told(read: Read) -> None:
    table, rows = read("Export of May,\n,\nname,email\nPat,a@b.example\n")
    assert good(rows) == ["Pat"]
    assert "named in row 3" in table.notes[0]


def test_unknown_columns_are_named(read: Read) -> None:
    table, _ = read("name,email,shoe size\nPat,a@b.example,44\n")
    assert table.notes == ["Columns not known and ignored: shoe size."]


def test_a_cell_may_hold_line_breaks_and_rows_still_count(read: Read) -> None:
    _, rows = read('name,email\n"Pa\nt",a\nNext,b,c\n')
    assert rows[0].cells["name"] == "Pa\nt"
    assert [(row.number, row.line) for row in rows] == [(2, 2), (3, 4)]


def test_cells_beyond_the_header_are_named(read: Read) -> None:
    _, (row, _good) = read("name,email\nPat,pat@x.example,spare,more\nKim,kim@x.example\n")
    assert row.problem == (
        "4 cells where the header has 2: “spare”, “more” would stand under no heading."
    )


@pytest.mark.parametrize("row", ["Pat", "Pat,a,b", 'Pa"t",x,y'])
def test_a_ragged_row_is_reported(read: Read, row: str) -> None:
    _, rows = read(f"name,email\n{row}\nGood,g@b.example\n")
    assert (bad(rows), good(rows)) == ([(2, "ragged_row")], ["Good"])


def test_blank_cells_beyond_the_header_do_no_harm(read: Read) -> None:
    assert good(read("name,email\nPat,a@b.example,,\n")[1]) == ["Pat"]


@pytest.mark.parametrize(
    "text",
    [
        'name,email\nGood,a\n"Pat,b\nNot lost,c\n',
        'name,email\nGood,a\n"Pat,b\nNot lost,c\n"Kim",d\n',
        'name,email\nGood,a\n"Pat"x,b\nNot lost,c\n',
        'name,email\nGood,a\n"Pat,b\n' + "Not lost,c\n" * 100,
    ],
)
def test_a_broken_quotation_mark_costs_its_own_row_only(read: Read, text: str) -> None:
    _, rows = read(text)
    assert bad(rows) == [(3, "bad_quotes")]
    assert set(good(rows)) >= {"Good", "Not lost"}
    assert len(rows) == len(text.splitlines()) - 1


def test_empty_rows_are_passed_over(read: Read) -> None:
    assert len(read("name,email\n\n,\nPat,a\n")[1]) == 1


def test_a_nul_is_reported(read: Read) -> None:
    assert bad(read(b"name,email\nP\x00at,a\nKim,b\n")[1]) == [(2, "nul_character")]


def test_one_damaged_byte_in_utf8_costs_its_row(read: Read) -> None:
    text = "name,email\n" + "Zoë Müller,a\n" * 20
    _, rows = read(text.encode() + b"Andr\xe9,b\n")
    assert bad(rows) == [(22, "unreadable_character")]
    assert len(good(rows)) == 20


def test_two_columns_of_addresses_add_up(read: Read) -> None:
    _, rows = read("name,email,email 2\nPat,a@b.example,c@b.example\n")
    assert rows[0].cells["email"] == "a@b.example; c@b.example"


def test_two_columns_of_one_field_must_not_differ(read: Read) -> None:
    _, rows = read("name,name,email\nPat,Pat,a\nPat,Kim,b\nPat,,c\n")
    assert (bad(rows), good(rows)) == ([(3, "two_values")], ["Pat", "Pat"])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"shoe,size\nx,y\n", "No column is known"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04 broken", "damaged ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel workbook"),
        (bytes(range(256)) * 4, "not a table"),
        (",".join(["email"] * (MOST_COLUMNS + 1)).encode(), "columns; at most"),
    ],
)
def test_what_is_no_table_is_refused_as_a_whole(read: Read, data: bytes, words: str) -> None:
    with pytest.raises(BadFileError, match=words):
        read(data)


def test_a_file_of_two_gigabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.csv"
    with file.open("wb") as out:
        out.truncate(2 * 1024**3)  # a hole: it takes no room
    with pytest.raises(BadFileError, match="Split it"):
        open_table(file, CONTACT_FIELDS, example="")
