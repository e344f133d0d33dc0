"""A revised quote: what it does not repeat stands from the earlier one, and is marked."""

from datetime import date
from typing import Any

import pytest

from quotes.comparison.facts import Offer
from quotes.comparison.revisions import earlier_than
from quotes.comparison.rows import Row
from quotes.exports import as_csv
from tests.quotes.comparison.build import extra, offer, table, vendor

EMPTY: dict[str, Any] = {"includes_tax": None, "expires_on": None}


def revised(*older: Offer, price: str = "900", **values: Any) -> Offer:
    """A revised offer that says only what is given; `older` stand newest first."""
    made = offer(price, **{**EMPTY, **values})
    return offer(price, **{**EMPTY, **values}, earlier=earlier_than(made, older))


def line(made: Offer, **options: Any) -> Row:
    (row,) = table(vendor("A", made), **options).rows
    return row


def test_fields_that_are_not_repeated_are_carried_and_marked() -> None:
    row = line(revised(offer(fields={"seats": 7, "aircraft": "CJ2+"}), fields={"seats": 6}))
    cells = {cell.name: cell for cell in row.cells}
    assert (cells["seats"].text, cells["seats"].earlier) == ("6", False)
    assert (cells["aircraft"].text, cells["aircraft"].earlier) == ("CJ2+", True)
    assert cells["aircraft"].words == "CJ2+ (from the earlier quote)"


def test_the_newest_of_several_earlier_quotes_is_believed() -> None:
    second, first = offer(fields={"seats": 7}), offer(fields={"seats": 8, "aircraft": "CJ2+"})
    cells = {cell.name: cell.text for cell in line(revised(second, first)).cells}
    assert (cells["seats"], cells["aircraft"]) == ("7", "CJ2+")


def test_an_amount_keeps_the_currency_it_was_said_in() -> None:
    row = line(revised(offer(currency="EUR", fields={"fee": 50}), currency="USD"))
    assert {cell.name: cell.text for cell in row.cells}["fee"] == "€50"


@pytest.mark.parametrize("value", [0, False])
def test_zero_and_no_are_answers(value: object) -> None:
    made = revised(offer(fields={"wifi": True, "seats": 7}), fields={"wifi": value, "seats": value})
    assert not made.earlier.fields


def test_the_deposit_is_carried_and_marked() -> None:
    row = line(revised(offer(deposit="30%")))
    assert (row.deposit, row.deposit_earlier) == ("30%", True)
    own = line(revised(offer(deposit="30%"), deposit="50%"))
    assert (own.deposit, own.deposit_earlier) == ("50%", False)


def test_what_was_included_is_carried_apart_from_what_is() -> None:
    row = line(revised(offer(includes_tax=True, fields={"catering_included": True})))
    assert row.included == ()
    assert row.included_earlier == ("catering", "tax")


def test_what_was_not_included_is_carried_as_on_top() -> None:
    row = line(revised(offer(includes_tax=False, fields={"catering_included": False})))
    assert [(one.label, one.words, one.earlier) for one in row.on_top] == [
        ("catering", "not included", True),
        ("tax", "not included", True),
    ]


def test_extras_of_the_earlier_quote_are_shown_and_never_counted() -> None:
    row = line(revised(offer(extras=(extra("Landing fees", "120"),))))
    (one,) = row.on_top
    assert (one.label, one.counted, one.earlier) == ("Landing fees $120", False, True)
    assert row.high == 900


def test_an_offer_that_names_extras_has_named_them_all() -> None:
    made = revised(offer(extras=(extra("Landing fees", "120"),)), extras=(extra("Handling", "80"),))
    assert [one.label for one in line(made).on_top] == ["Handling"]


def test_a_tax_the_revision_includes_is_not_carried_on_top() -> None:
    made = revised(offer(extras=(extra("VAT", percent="20"),)), includes_tax=True)
    assert line(made).on_top == ()


def test_an_earlier_date_is_shown_but_expires_nothing() -> None:
    row = line(revised(offer(expires_on=date(2026, 3, 1))))
    assert (row.validity.words, row.validity.earlier) == ("1 Mar 2026", True)
    assert not row.validity.expired
    assert row.best


def test_a_seat_count_of_the_earlier_quote_still_stands_in_the_way() -> None:
    row = line(revised(offer(fields={"seats": 3})), constraints={"passengers": 4})
    assert row.obstacles == ("takes 3 of 4 people (from the earlier quote)",)


def test_the_best_deal_says_what_rests_on_the_earlier_quote() -> None:
    old = offer(includes_tax=True, extras=(extra("Landing fees", "120"),))
    best = table(vendor("A", revised(old))).best
    assert best
    told = " ".join(best.caveats)
    assert (
        "The earlier quote had on top, and the revised one does not repeat: Landing fees." in told
    )
    assert "Whether tax is included stands from the earlier quote: included." in told


def test_exports_carry_the_mark_in_words() -> None:
    made = table(vendor("A", revised(offer(deposit="30%", fields={"aircraft": "CJ2+"}))))
    text = as_csv(made, made.rows).decode()
    assert "30% (from the earlier quote)" in text
    assert "CJ2+ (from the earlier quote)" in text


def test_a_first_quote_carries_nothing() -> None:
    row = line(offer(fields={"seats": 7}))
    assert not any(cell.earlier for cell in row.cells)
    assert not row.included_earlier
