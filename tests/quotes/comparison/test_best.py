"""The best deal: the right one, for a reason that is said, with what could change it."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.quotes.comparison.build import extra, offer, table, vendor


def test_the_lowest_all_in_price_wins_not_the_lowest_price() -> None:
    result = table(
        vendor("Cheap", offer("38000", extras=(extra("Handling", "3000"),))),
        vendor("Plain", offer("38500")),
    )
    assert result.best is not None
    assert result.best.row.facts.vendor == "Plain"
    assert result.best.reason == (
        "Lowest all-in price among 2 available offers that are still valid and cover the "
        "request; $2,500 below the next (Cheap)."
    )


def test_prices_are_compared_in_one_currency() -> None:
    result = table(vendor("Euro", offer("36000", currency="EUR")), vendor("Dollar", offer("39000")))
    assert result.best is not None
    assert result.best.row.facts.vendor == "Dollar"
    euro = next(row for row in result.rows if row.facts.vendor == "Euro")
    assert (euro.high, euro.converted) == (Decimal("39600.00"), True)


def test_an_expired_cheaper_offer_is_passed_over_and_said() -> None:
    result = table(
        vendor("Late", offer("100", expires_on=date(2026, 3, 9))), vendor("Good", offer("200"))
    )
    assert result.best is not None
    assert result.best.row.facts.vendor == "Good"
    assert "Late asks less, but its offer expired 9 Mar 2026." in result.best.caveats


def test_an_offer_is_good_until_the_end_of_its_last_day() -> None:
    result = table(vendor("Today", offer("100", expires_on=date(2026, 3, 10))))
    assert result.best is not None
    assert result.best.row.validity.left == "last day"
    assert "The price holds only until 10 Mar 2026." in result.best.caveats


def test_an_offer_too_small_for_the_request_is_passed_over_and_said() -> None:
    result = table(
        vendor("Small", offer("100", fields={"seats": 3})),
        vendor("Fits", offer("200", fields={"seats": 8})),
        constraints={"passengers": 4},
    )
    assert result.best is not None
    assert result.best.row.facts.vendor == "Fits"
    assert "Small asks less, but takes 3 of 4 people." in result.best.caveats


def test_a_minimum_above_the_request_is_an_obstacle() -> None:
    result = table(
        vendor("Big", offer("100", fields={"minimum_guests": 50})), constraints={"guests": 30}
    )
    assert result.best is None
    assert result.rows[0].obstacles == ("only from 50 people",)


def test_an_unchecked_reading_is_never_the_best_deal() -> None:
    result = table(vendor("Unsure", offer("100", to_check=True)), vendor("Sure", offer("200")))
    assert result.best is not None
    assert result.best.row.facts.vendor == "Sure"
    assert "Still to check, and not counted: Unsure." in result.best.caveats


def test_a_range_counts_with_its_upper_end() -> None:
    result = table(vendor("Range", offer("90", price_high="210")), vendor("Fixed", offer("200")))
    assert result.best is not None
    assert result.best.row.facts.vendor == "Fixed"


def test_a_missing_rate_is_shown_in_its_own_currency_and_said() -> None:
    result = table(vendor("Zloty", offer("100", currency="PLN")), vendor("Dollar", offer("500")))
    zloty = next(row for row in result.rows if row.facts.vendor == "Zloty")
    assert (zloty.low, zloty.not_compared) == (None, "no exchange rate for PLN")
    assert result.best is not None
    assert "Zloty is not compared: no exchange rate for PLN." in result.best.caveats
    assert any("Add it under Exchange rates" in note for note in result.notes)


def test_a_price_without_a_currency_is_not_compared() -> None:
    result = table(vendor("Bare", offer("100", currency="")))
    assert (result.best, result.rows[0].not_compared) == (None, "the currency is not stated")


def test_monthly_and_total_prices_are_not_set_against_each_other() -> None:
    result = table(
        vendor("A", offer("3058", basis="per_month")),
        vendor("B", offer("3300", basis="per_month")),
        vendor("Once", offer("900")),
    )
    assert result.best is not None
    assert result.best.row.facts.vendor == "A"
    assert "Once is not compared: priced as a total, the others a month." in result.best.caveats


def test_the_only_offer_says_that_it_is_the_only_one() -> None:
    result = table(vendor("One", offer("100")), vendor("Silent"))
    assert result.best is not None
    assert result.best.reason.startswith("The only offer so far")


def test_at_the_same_price_the_offer_with_fewer_open_extras_wins() -> None:
    result = table(vendor("A", offer("100", extras=(extra("Fuel"),))), vendor("B", offer("100")))
    assert result.best is not None
    assert result.best.row.facts.vendor == "B"
    assert result.best.reason.endswith("; A asks the same.")


def test_open_extras_and_silence_about_tax_are_said() -> None:
    result = table(
        vendor("A", offer("100", includes_tax=None, extras=(extra("Fuel"),), expires_on=None))
    )
    assert result.best is not None
    assert result.best.caveats == (
        "Not in the figure: Fuel (amount not given).",
        "The vendor did not say whether tax is included.",
        "No date was given until which the price holds.",
    )


def test_offers_are_called_available_only_when_all_of_them_said_so() -> None:
    result = table(vendor("A", offer("100")), vendor("B", offer("200", availability="")))
    assert result.best is not None
    assert result.best.reason.startswith("Lowest all-in price among 2 offers that are still valid")


def test_no_offer_no_best_deal() -> None:
    assert table(vendor("A"), vendor("B")).best is None


def test_a_declined_offer_is_no_offer() -> None:
    result = table(vendor("A", offer("100", availability="unavailable")))
    assert (result.best, result.rows[0].obstacles) == (None, ("not available",))


_offers = st.builds(
    lambda price, days, tax, code, unsure: offer(
        str(price),
        expires_on=date.fromordinal(date(2026, 3, 10).toordinal() + days),
        includes_tax=tax,
        currency=code,
        to_check=unsure,
    ),
    st.integers(1, 50),
    st.integers(-3, 5),
    st.sampled_from([True, False, None]),
    st.sampled_from(["USD", "EUR", "PLN", ""]),
    st.booleans(),
)


@given(made=st.lists(_offers, max_size=7), data=st.data())
def test_the_order_vendors_come_in_changes_nothing(made: list, data: st.DataObject) -> None:
    facts = [vendor(f"V{n}", one) for n, one in enumerate(made)]
    shuffled = data.draw(st.permutations(facts))
    one, other = table(*facts), table(*shuffled)
    assert one == other


@given(made=st.lists(_offers, min_size=1, max_size=7))
def test_no_offer_in_the_running_is_cheaper_than_the_best(made: list) -> None:
    result = table(*(vendor(f"V{n}", one) for n, one in enumerate(made)))
    running = [row.high for row in result.rows if row.in_the_running]
    if result.best is None:
        assert not running
    else:
        assert result.best.row.high == min(high for high in running if high is not None)
        assert sum(row.best for row in result.rows) == 1
