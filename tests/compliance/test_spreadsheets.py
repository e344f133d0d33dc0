"""A cell that somebody else wrote is shown by a spreadsheet, never computed."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.spreadsheets import harmless, line_of, plain


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "  =", "＝", "＋", "－", "＠"])
def test_a_formula_is_led_by_an_apostrophe_and_read_back(sign: str) -> None:
    cell = f"{sign}HYPERLINK(1)"
    assert harmless(cell) == f"'{cell}"
    assert plain(harmless(cell)) == cell


@pytest.mark.parametrize("cell", ["Pat Doe", "+13055550147", "+13055550147; +13055550148", "'tis"])
def test_what_is_none_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell
    assert plain(cell) == cell


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("Pat;=HYPERLINK(1)", "Pat;'=HYPERLINK(1)"),
        ("Pat\n=1+1\nDoe", "Pat\n'=1+1\nDoe"),
        ("a; @SUM(1)", "a;' @SUM(1)"),
        ("Pat\t-2+3", "Pat\t'-2+3"),
        ("\u00a0=1", "'\u00a0=1"),
        ("\u200b=1", "'\u200b=1"),
        ("'=1", "''=1"),
        ("a-b;c=d", "a-b;c=d"),
    ],
)
def test_nor_behind_what_ends_a_cell_where_another_separator_is_read(cell: str, shown: str) -> None:
    assert harmless(cell) == shown
    assert plain(shown) == cell


AWKWARD = st.text(alphabet="=+-@;,\t\r\n' \"x1＝\u00a0\u200b", max_size=12)


@given(st.lists(AWKWARD, min_size=1, max_size=4))
def test_what_was_written_is_read_back_and_computed_by_no_reader(cells: list[str]) -> None:
    line = line_of(cells)
    (read,) = csv.reader(io.StringIO(line, newline=""))
    assert [plain(cell) for cell in read] == cells
    readings = [read]
    for separator in ";\t":
        readings += csv.reader(re.split(r"[\r\n]", line), delimiter=separator)
    for cell in (cell for row in readings for cell in row):
        assert not cell.strip(" \u00a0\u200b").startswith(("=", "@", "＝"))
