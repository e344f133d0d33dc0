"""Prices written without a currency, and those told in thousands without saying so."""

from datetime import UTC, datetime
from typing import Any

import pytest

from crm.categories.catalogue import load_catalogue
from quotes.extraction.case import QuoteReading, ReplyCase
from quotes.extraction.engine import read_quote

NOW = datetime(2026, 5, 13, 15, 0, tzinfo=UTC)
OURS = "\n\nOn Tue, May 12, 2026 Ella wrote:\n> We hope to stay near $20k.\n"


def read(text: str, category: str = "private_jet", **constraints: Any) -> QuoteReading:
    return read_quote(ReplyCase(load_catalogue()[category], constraints, NOW, "Re: trip", text))


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("The owner came down from 24,300 to 22,700 door to door, taxes in.", 22700),
        ("Navigator, 6 hrs at 95/hr plus tolls.", 570),
        ("Figure somewhere between 9 and 12 thousand for the lot.", 9000),
        ("two coaches, 640 flat, tips are yours to give. tolls +35", 640),
        ("patio 3200 till midnight, byo band. free that night", 3200),
        ("2 vans 62/hr, 744 for you", 744),
    ],
)
def test_a_number_that_can_only_be_money_is_the_price(text: str, price: int) -> None:
    assert read(text, "ground_transport", hours=6).price == price


@pytest.mark.parametrize(
    "text",
    [
        "Could you send the artwork for the 12,500 copies?",
        "We would use the King Air 350, may we call you?",
        "Our office: 12 555 01 47, please call.",
    ],
)
def test_a_number_of_things_is_no_price(text: str) -> None:
    assert read(text).price is None


def test_a_refusal_behind_the_price_refuses_only_what_it_names() -> None:
    reading = read("6 x $80 for the tables, $480. unfortunately we dont do breakdown.", "floristry")
    assert (reading.kind, reading.price) == ("quote", 480)


def test_thousands_grouped_by_a_dot_are_no_dollars() -> None:
    assert read("Lagoon 42, 7.300 a week for you.", "yacht_charter").currency == "EUR"


def test_thousands_left_out_at_the_head_of_a_sentence_are_read_and_no_number_of_seats() -> None:
    reading = read("Lear 60 can do it. 19.5 if they're flexible.")
    assert (reading.price, reading.confidence["price"]) == (19500, 0.5)
    assert read("Falcon 900 is free. 12 if you count the divan.").price is None


def test_thousands_left_out_are_read_and_left_to_a_person() -> None:
    reading = read(f"Could do 21.5 on the Lear, fet in.{OURS}", "ground_transport")
    assert (reading.price, reading.confidence["price"]) == (21500, 0.5)
    assert reading.reasons


@pytest.mark.parametrize(
    "text",
    [
        "We would need the boat for 4 or 8 hours, which is it?",
        f"It seats 22 and is yours at 5 pm.{OURS}",
        f"Could do 90, no problem.{OURS}",
    ],
)
def test_a_small_number_that_is_no_sum_is_left_alone(text: str) -> None:
    assert read(text).price is None
