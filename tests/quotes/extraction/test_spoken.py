"""Amounts in words: every language's own way of building them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.extraction.amounts import find_amounts
from quotes.extraction.spoken import find_spoken


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("nineteen thousand four hundred", 19400),
        ("douze mille quatre cents", 12400),
        ("quatre-vingt-dix mille", 90000),
        ("zwölftausendvierhundertfünfzig", 12450),
        ("einundzwanzigtausend", 21000),
        ("tres mil quinientos", 3500),
        ("quarantottomila", 48000),
        ("três mil e quinhentos", 3500),
        ("twaalfduizend vijfhonderd", 12500),
        ("двенадцать тысяч пятьсот", 12500),
    ],
)
def test_a_number_in_words_is_read_whole(words: str, value: int) -> None:
    found = find_spoken(f"it is {words}.")
    assert [one.value for one in found] == [value]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("we'd be at thirty-eight five all in", 38500),
        ("it's two forty for the pair", 240),
        ("rents for eleven two", 11200),
        ("it is forty-one two fifty", 41250),
        ("the Lear is forty-four even", 44000),
        ("would run you sixty-eight a head", 68),
    ],
)
def test_a_price_said_the_short_way_is_read(words: str, value: int) -> None:
    assert [amount.value for amount in find_amounts(words)] == [value]


@pytest.mark.parametrize(
    "words",
    ["in twenty twenty-six", "call me at nine fifty am", "thirty five people", "one two three"],
)
def test_numbers_in_words_that_are_no_prices_stay_unread(words: str) -> None:
    assert find_amounts(words) == []


def test_cents_are_hundredths() -> None:
    assert find_amounts("twenty-two cents a word")[0].value == Decimal("0.22")


def test_a_count_of_things_is_no_money() -> None:
    assert find_amounts("We have one or two and a grand piano, mille grazie.") == []


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("neuf cents euros", 900, "EUR"),
        ("INR 4.5 lakh", 450_000, "INR"),
        ("Rs 1,85,000", 185_000, "INR"),
        ("1.2 crore rupees", 12_000_000, "INR"),
        ("novemila franchi", 9000, "CHF"),
    ],
)
def test_money_beyond_plain_digits_has_its_value_and_currency(
    text: str, value: int, currency: str
) -> None:
    amount = find_amounts(text)[0]
    assert (amount.value, amount.currency) == (value, currency)


def test_both_ends_of_a_range_share_the_thousand() -> None:
    amount = find_amounts("18 to 22 thousand")[0]
    assert (amount.value, amount.high) == (18000, 22000)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="aehundrtsivzwölfmcqo -", max_size=200))
def test_any_text_is_read_and_spans_lie_within_it(text: str) -> None:
    for spoken in find_spoken(text):
        assert 0 <= spoken.start < spoken.end <= len(text)
