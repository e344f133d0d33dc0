"""A cell that somebody else wrote is shown by a spreadsheet, never computed."""

import pytest

from compliance.spreadsheets import harmless, plain


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "  =", "＝", "＋", "－", "＠"])
def test_a_formula_is_led_by_an_apostrophe_and_read_back(sign: str) -> None:
    cell = f"{sign}HYPERLINK(1)"
    assert harmless(cell) == f"'{cell}"
    assert plain(harmless(cell)) == cell


@pytest.mark.parametrize("cell", ["Pat Doe", "+13055550147", "+13055550147; +13055550148", "'tis"])
def test_what_is_none_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell
    assert plain(cell) == cell
