"""Amounts, extras and options as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.comparison.facts import Extra, Option
from quotes.written import read_amount, read_extras, read_options, write_extras, write_options

figures = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False)
labels = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=30
)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("42,500", "42500", ""),
        ("42.500,00", "42500", ""),
        ("42 500", "42500", ""),
        ("$42.5k", "42500", "USD"),
        ("€1.650,50", "1650.50", "EUR"),
        ("1200 EUR", "1200", "EUR"),
        ("0", "0", ""),
        ("12.5", "12.5", ""),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amount: str, currency: str) -> None:
    assert read_amount(text) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    "text", ["forty", "12-15", "$", "1e5", "about 500", "½", "5 apples", "NaN"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no amount"):
        read_amount(text)


def test_nothing_written_is_nothing() -> None:
    assert read_amount("  ") == read_amount(None) == (None, "")


def test_the_figure_stands_behind_the_last_colon() -> None:
    assert read_extras("Fee: night: 30") == (Extra("Fee: night", Decimal(30)),)


@given(st.lists(st.builds(Extra, labels, st.none() | figures), max_size=5))
def test_extras_survive_the_form(extras: list[Extra]) -> None:
    plain = [one for one in extras if ":" not in one.label]
    assert list(read_extras(write_extras(plain))) == plain


@given(st.lists(st.builds(Option, labels, figures), max_size=5))
def test_options_survive_the_form(options: list[Option]) -> None:
    assert list(read_options(write_options(options))) == options


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    for read in (read_amount, read_extras, read_options):
        try:
            read(text)  # type: ignore[operator]
        except ValueError as refusal:
            assert str(refusal)  # noqa: PT017  any refusal is fine, as long as it has words


def test_endless_lists_are_refused() -> None:
    with pytest.raises(ValueError, match="At most"):
        read_extras("a\n" * 41)
