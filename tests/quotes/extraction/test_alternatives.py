"""Offers told side by side in prose: which of them are a choice, and which one is meant."""

from datetime import UTC, datetime

import pytest

from crm.categories.catalogue import load_catalogue
from quotes.extraction.case import QuoteReading, ReplyCase
from quotes.extraction.engine import read_quote

NOW = datetime(2026, 5, 13, 15, 0, tzinfo=UTC)


def read(text: str, category: str = "private_jet") -> QuoteReading:
    constraints = {"users": 10}
    return read_quote(ReplyCase(load_catalogue()[category], constraints, NOW, "Re: trip", text))


@pytest.mark.parametrize(
    ("text", "price", "others"),
    [
        ("The CJ3 is 41k, the Hawker 38k. I'd take the Hawker.", 38000, 2),
        ("Silk is $2,400, linen $1,900. For a seated dinner the first is the one.", 2400, 2),
        ("Mit Wand 4.450 Euro, ohne 2.980 Euro. Ich würde zur Wand raten.", 4450, 2),
        (
            "La Verrière à 2 400 € ou la Bibliothèque à 1 500 €. Je partirais sur la Verrière.",
            2400,
            2,
        ),
        ("A sedan is $240 or an SUV $310, your call.", 240, 2),
    ],
)
def test_what_is_recommended_in_prose_is_the_price(text: str, price: int, others: int) -> None:
    reading = read(text)
    assert (reading.price, len(reading.options)) == (price, others)
    for name, span in reading.evidence.items():
        assert reading.body[span.start : span.end] == span.text, name


def test_a_choice_nobody_recommends_waits_for_a_person() -> None:
    reading = read("A sedan is $240 or an SUV $310, your call.")
    assert "Several options are offered and none is recommended." in reading.reasons


@pytest.mark.parametrize(
    "text",
    [
        "It is $4,200 all in. Waiting beyond ten hours is charged at $1,900 a day.",
        "Our price is $4,200, the old price was $5,100. I'd book soon.",
        "It is $4,200 for the room. There is a bar minimum of $3,000.",
    ],
)
def test_an_amount_beside_the_price_is_no_choice(text: str) -> None:
    reading = read(text)
    assert (reading.price, reading.options) == (4200, [])


def test_a_rate_said_once_counts_for_every_choice() -> None:
    reading = read(
        "Essential is $89 per user a month, Complete is $124. Take Complete, I'd say.",
        "it_services",
    )
    assert reading.price == 1240
    assert [option.price for option in reading.options] == [89, 124]
