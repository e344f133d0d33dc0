"""What vendors say in passing: deadlines, free days, taxes, refusals, charges and ranges."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from crm.categories.catalogue import load_catalogue
from quotes.extraction.case import QuoteReading, ReplyCase
from quotes.extraction.engine import read_quote

NOW = datetime(2026, 5, 13, 15, 0, tzinfo=UTC)  # a Wednesday


def read(text: str, category: str = "event_venue", **constraints: Any) -> QuoteReading:
    return read_quote(ReplyCase(load_catalogue()[category], constraints, NOW, "Re: offer", text))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("We can place a complimentary 48-hour hold.", date(2026, 5, 15)),
        ("Os lo reservo 72 horas.", date(2026, 5, 16)),
        ("The quote dies Friday at five.", date(2026, 5, 15)),
        ("This is valid for thirty (30) days.", date(2026, 6, 12)),
        ("It lapses if not accepted within 20 days.", date(2026, 6, 2)),
        ("Tell us by month's end.", date(2026, 5, 31)),
        ("Цена держится двое суток.", date(2026, 5, 15)),
        ("I can turn the proofs round by Friday.", None),
        ("Somebody has it pencilled, until Friday.", None),
    ],
)
def test_until_when_an_offer_holds(words: str, day: date | None) -> None:
    assert read(f"The price is $4,200. {words}").expiration_date == day


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Yes, open.", "available"),
        ("Nobody is on it that week.", "available"),
        ("The 20th remains available.", "available"),
        ("Availability to be reconfirmed at booking.", "conditional"),
        ("We are about a week out.", None),
        ("Delivery is free, of course.", None),
    ],
)
def test_whether_it_can_be_had(words: str, said: str | None) -> None:
    assert read(f"The price is $4,200. {words}").availability == said


@pytest.mark.parametrize(
    ("text", "taxed"),
    [
        ("It is $4,200, sales tax and landing all baked in.", True),
        ("It is $4,200 with chairs, linen and china all in. Sales tax gets added later.", False),
        ("$4,200, a state tax of 6.35% is included.", True),
        ("Sales tax will be collected where it is due. The price is $4,200.", False),
    ],
)
def test_whether_tax_is_in(text: str, taxed: bool) -> None:
    assert read(text).includes_tax is taxed


def test_a_tax_of_a_state_is_named_whole_and_once() -> None:
    reading = read("The price is $4,200. Georgia sales tax is not included.")
    assert [(extra.label, extra.amount) for extra in reading.extras] == [("Sales tax", None)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Comptez entre 12 et 14 000 euros.", 12000, 14000),
        ("Wir liegen bei 8 - 9.500 EUR.", 8000, 9500),
        ("My fee is nine and a half thousand pounds.", 9500, None),
        ("Bett 6,40 m breit, zusammen 12.400 Euro.", 12400, None),
    ],
)
def test_thousands_said_once_count_for_both_ends(text: str, low: int, high: int | None) -> None:
    reading = read(text)
    assert (reading.price, reading.price_high) == (low, high and Decimal(high))


@pytest.mark.parametrize(
    "text",
    [
        "Corporate work isn't really our thing anymore, sorry.",
        "We're maxed that weekend, try us in June.",
        "A luglio è tutto pieno, mi dispiace.",
    ],
)
def test_a_refusal_in_idiom_is_one(text: str) -> None:
    assert read(text).kind == "decline"


def test_what_is_done_with_the_goods_stays_in_when_only_the_tax_comes_on_top() -> None:
    reading = read(
        "They are $1,480 a table, delivered and assembled, sales tax on top.",
        "office_furniture",
        quantity=3,
    )
    assert reading.price == 4440
    assert reading.fields["delivery_included"] is True


def test_what_is_insured_is_no_price() -> None:
    assert read("Die Fahrt kostet 1.690 Euro. Versichert ist das bis 50.000 Euro.").price == 1690
