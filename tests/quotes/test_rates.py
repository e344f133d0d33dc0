"""Dated rates: the newest one that was valid on the day, and none guessed."""

from datetime import date
from decimal import Decimal

import pytest

from quotes.comparison.currency import Rate, Rates
from quotes.models import ExchangeRate
from quotes.rates import load_rates

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 2)


def test_rates_ship_with_date_and_source() -> None:
    row = ExchangeRate.objects.get(currency="EUR", valid_on=DAY)
    assert (row.usd, row.source) == (Decimal("1.1225"), "ECB reference rate")


def test_the_shipped_rates_agree_with_what_the_bank_published() -> None:
    rates = load_rates(DAY)
    # One euro was 0.85033 pounds and 176.99 yen that day.
    assert rates.convert(Decimal(1000), "EUR", "GBP") == Decimal("850.33")
    yen = rates.convert(Decimal(100), "EUR", "JPY")
    assert yen is not None
    assert abs(yen - 17699) <= Decimal("0.01")  # rates are kept to eight places


def test_the_newest_rate_on_or_before_the_day_counts() -> None:
    ExchangeRate.objects.create(currency="EUR", usd=Decimal("1.2"), valid_on=date(2026, 11, 1))
    assert load_rates(date(2026, 10, 31)).by_currency["EUR"].usd == Decimal("1.1225")
    assert load_rates(date(2026, 11, 1)).by_currency["EUR"].usd == Decimal("1.2")


def test_before_the_first_rate_nothing_is_converted() -> None:
    assert load_rates(date(2020, 1, 1)).convert(Decimal(1), "EUR", "USD") is None


def test_there_and_back_is_the_same_to_the_cent() -> None:
    rates = load_rates(DAY)
    pounds = rates.convert(Decimal("1234.56"), "USD", "GBP")
    assert pounds is not None
    back = rates.convert(pounds, "GBP", "USD")
    assert back is not None
    assert abs(back - Decimal("1234.56")) <= Decimal("0.01")


def test_the_oldest_rate_in_use_is_the_one_to_name() -> None:
    rates = Rates(
        {"EUR": Rate(Decimal(1), date(2026, 5, 1)), "GBP": Rate(Decimal(1), date(2026, 1, 1))}
    )
    oldest = rates.oldest({"EUR", "GBP", "USD"})
    assert oldest is not None
    assert oldest.valid_on == date(2026, 1, 1)
    assert rates.oldest({"USD"}) is None


def test_loading_is_one_query(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        load_rates(DAY)
