"""Reading a CSV file: sound rows by line, damaged ones in the report, no guesses."""

import pytest

from crm.imports.table import MOST_ROWS, BadFileError, Table, read_table

COLUMNS = ("name", "website", "email")


def read(text: str | bytes) -> Table:
    data = text if isinstance(text, bytes) else text.encode()
    return read_table(data, columns=COLUMNS, required=("name",))


def test_rows_come_by_column_with_their_line() -> None:
    table = read("name,email\nAcme, a@acme.example \n")
    assert [(line.number, line.cells) for line in table.lines] == [
        (2, {"name": "Acme", "email": "a@acme.example"})
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_header_tells_the_delimiter(delimiter: str) -> None:
    table = read(f"name{delimiter}email\nAcme{delimiter}a@b.example\n")
    assert table.lines[0].cells["email"] == "a@b.example"


def test_columns_may_stand_in_any_order_and_case() -> None:
    assert read("E-mail,Name,email\nx,Acme,a@b.example\n").lines[0].cells["name"] == "Acme"


def test_unknown_columns_are_named() -> None:
    assert read("name,shoe size\nAcme,44\n").ignored_columns == ["shoe_size"]


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_a_byte_order_mark_does_not_matter(mark: bytes) -> None:
    assert read(mark + b"name\nAcme\n").lines[0].cells == {"name": "Acme"}


def test_a_cell_may_hold_line_breaks_and_lines_still_count() -> None:
    table = read('name,email\n"Ac\nme",a\nNext,b,c\n')
    assert table.lines[0].cells["name"] == "Ac\nme"
    assert [rejected.line for rejected in table.damaged] == [4]


@pytest.mark.parametrize("row", ["Acme", "Acme,a,b", 'Ac"me",x,y'])
def test_a_ragged_row_is_reported(row: str) -> None:
    table = read(f"name,email\n{row}\nGood,g@b.example\n")
    assert [rejected.line for rejected in table.damaged] == [2]
    assert [line.cells["name"] for line in table.lines] == ["Good"]


def test_an_open_quotation_mark_is_reported_not_swallowed() -> None:
    table = read('name,email\nGood,a\n"Acme,b\nLost,c\n')
    assert [line.cells["name"] for line in table.lines] == ["Good"]
    assert [rejected.line for rejected in table.damaged] == [3]
    assert "quotation marks" in table.damaged[0].reason


def test_text_after_a_closing_quotation_mark_is_reported() -> None:
    table = read('name,email\n"Acme"x,b\nGood,c\n')
    assert [rejected.line for rejected in table.damaged] == [2]
    assert [line.cells["name"] for line in table.lines] == ["Good"]


def test_empty_lines_are_passed_over() -> None:
    table = read("name,email\n\n,\nAcme,a\n")
    assert (len(table.lines), table.damaged) == (1, [])


def test_a_nul_is_reported() -> None:
    assert read("name\nAc\x00me\n").damaged


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"email\nx\n", "“name” is missing"),
        (b"name,name\nx,y\n", "stands there twice"),
        ("name\nGood\nMüller\n".encode("latin-1"), "Line 3 is not UTF-8"),
    ],
)
def test_what_is_no_table_is_refused_as_a_whole(data: bytes, words: str) -> None:
    with pytest.raises(BadFileError, match=words):
        read(data)


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(BadFileError, match="Split it"):
        read("name\n" + "Acme\n" * (MOST_ROWS + 1))
