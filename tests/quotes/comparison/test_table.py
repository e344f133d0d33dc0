"""The table: columns, what is in and on top, notes; sorted and filtered."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from quotes.comparison.arrange import View, arrange, read_view
from quotes.comparison.currency import Rate, Rates, money, span
from tests.quotes.comparison.build import NOW, extra, names, offer, table, vendor


def test_columns_are_the_fields_somebody_filled() -> None:
    result = table(vendor("A", offer(fields={"aircraft": "CJ3+", "fee": "12.50"})), vendor("B"))
    assert [column.label for column in result.columns] == ["Aircraft", "Fee"]
    cells = {cell.name: cell.text for cell in result.rows[0].cells}
    assert (cells["aircraft"], cells["fee"]) == ("CJ3+", "$12.50")


def test_what_is_in_the_price_stands_together_and_in_no_column() -> None:
    result = table(vendor("A", offer(fields={"catering_included": True, "wifi": False})))
    assert result.rows[0].included == ("catering", "tax")
    assert [column.name for column in result.columns] == ["wifi"]


def test_what_comes_on_top_says_how_it_was_worked_out() -> None:
    made = offer(
        "62500",
        currency="EUR",
        includes_tax=False,
        fields={"catering_included": False},
        extras=(extra("VAT", percent="13"), extra("Tax per night", "2"), extra("Fuel")),
    )
    lines = table(vendor("A", made), constraints={"nights": 7}).rows[0].on_top
    assert [(one.label, one.words, one.counted) for one in lines] == [
        ("VAT", "€8,125 (13% of €62,500)", True),
        ("Tax per night", "€14 (€2 × 7 nights)", True),
        ("Fuel (amount not given)", "not counted", False),
        ("catering", "not included", False),
    ]


def test_nights_follow_from_the_dates_of_the_request() -> None:
    made = offer("100", extras=(extra("Crew per night", "10"),))
    stay = {"check_in": "2026-07-04", "check_out": "2026-07-18"}
    assert table(vendor("A", made), constraints=stay).rows[0].high == 240


def test_whole_weeks_follow_from_the_nights() -> None:
    made = offer("100", extras=(extra("Linen per week", "50"),))
    assert table(vendor("A", made), constraints={"nights": 14}).rows[0].high == 200
    assert table(vendor("A", made), constraints={"nights": 10}).rows[0].high == 100


def test_old_rates_are_called_old() -> None:
    old = Rates({"EUR": Rate(Decimal("1.1"), date(2026, 1, 2), "ECB")})
    result = table(vendor("A", offer(currency="EUR")), rates=old)
    (note,) = result.notes
    assert note.startswith("EUR converted to USD at rates of 2 Jan 2026 (ECB), 67 days old")


def test_without_conversion_no_rate_is_named() -> None:
    assert table(vendor("A", offer())).notes == ()


def test_a_vendor_without_a_category_still_stands_in_the_table() -> None:
    assert names(table(vendor("A", offer()), schema=None).rows) == ["A"]


ROWS = (
    vendor("Beta", offer("200", expires_on=date(2026, 3, 12))),
    vendor("alpha", offer("300", expires_on=None, finalist=True)),
    vendor("Gamma", offer("100", to_check=True)),
    vendor("Delta", sent_at=NOW - timedelta(days=9)),
    vendor("Echo", reply_kind="decline"),
)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("price", ["Gamma", "Beta", "alpha", "Delta", "Echo"]),
        ("-price", ["alpha", "Beta", "Gamma", "Echo", "Delta"]),
        ("vendor", ["alpha", "Beta", "Delta", "Echo", "Gamma"]),
        ("-vendor", ["Gamma", "Echo", "Delta", "Beta", "alpha"]),
        ("status", ["alpha", "Beta", "Gamma", "Delta", "Echo"]),
        ("validity", ["Beta", "Gamma", "alpha", "Delta", "Echo"]),
        ("nonsense", ["Gamma", "Beta", "alpha", "Delta", "Echo"]),
    ],
)
def test_sorting(sort: str, expected: list[str]) -> None:
    assert names(arrange(table(*ROWS), read_view({"sort": sort}))) == expected


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        ("quoted", {"alpha", "Beta", "Gamma"}),
        ("waiting", {"Delta"}),
        ("closed", {"Echo"}),
        ("to_check", {"Gamma"}),
        ("finalists", {"alpha"}),
        ("nonsense", {"alpha", "Beta", "Gamma", "Delta", "Echo"}),
    ],
)
def test_filtering(show: str, expected: set[str]) -> None:
    result = table(*ROWS)
    shown = arrange(result, read_view({"show": show}))
    assert set(names(shown)) == expected
    if show in result.counts:
        assert result.counts[show] == len(expected)


def test_searching_a_vendor() -> None:
    assert names(arrange(table(*ROWS), View(search="ELT"))) == ["Delta"]


@pytest.mark.parametrize(
    ("amount", "code", "text"),
    [
        ("42500", "USD", "$42,500"),
        ("1650.5", "EUR", "€1,650.50"),
        ("176000", "JPY", "¥176,000"),
        ("12.5", "", "12.50"),
    ],
)
def test_money_as_people_write_it(amount: str, code: str, text: str) -> None:
    assert money(Decimal(amount), code) == text


def test_a_span_shows_both_ends() -> None:
    assert span(Decimal(6800), Decimal(8200), "USD") == "$6,800 – $8,200"
