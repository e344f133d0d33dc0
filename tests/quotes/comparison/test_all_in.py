"""What an offer costs with everything that comes on top."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.comparison.all_in import all_in
from quotes.comparison.facts import Extra, Offer
from tests.quotes.comparison.build import extra, offer

amounts = st.decimals(min_value=0, max_value=10**7, places=2, allow_nan=False)
percents = st.decimals(min_value=0, max_value=100, places=3, allow_nan=False)
extras = st.builds(
    Extra,
    st.sampled_from(["Landing fee", "Tax", "Fuel", "Crew per night", "Service per person"]),
    st.one_of(st.none(), amounts),
    st.one_of(st.none(), percents),
)


def total(made: Offer, **counts: int) -> Decimal:
    result = all_in(made, counts)
    assert result is not None
    return result.high


def test_an_amount_is_added() -> None:
    assert total(offer("62500", extras=(extra("One-way fee", "2000"),))) == 64500


def test_a_percentage_is_of_the_price_not_of_other_extras() -> None:
    made = offer(
        "62500",
        includes_tax=False,
        extras=(extra("VAT 13%", percent="13"), extra("APA", percent="25"), extra("Fee", "2000")),
    )
    assert total(made) == Decimal("62500") + Decimal("8125") + Decimal("15625") + 2000


@pytest.mark.parametrize(
    ("label", "amount", "counts", "added"),
    [
        ("Taxe de séjour par nuit et par personne", "1.65", {"night": 14, "person": 8}, "184.80"),
        ("City tax p.p.p.n.", "2", {"night": 3, "person": 2}, "12"),
        ("Crew per night", "400", {"night": 4}, "1600"),
        ("Mitarbeiter pro Stunde", "30", {"hour": 8}, "240"),
        ("Catering/person", "45", {"person": 6}, "270"),
        ("Доплата за сутки", "100", {"night": 2}, "200"),
        ("Landing fee", "650", {"night": 4, "person": 6}, "650"),
    ],
)
def test_an_extra_by_the_unit_is_multiplied_by_the_requests_counts(
    label: str, amount: str, counts: dict[str, int], added: str
) -> None:
    assert total(offer("1000", extras=(extra(label, amount),)), **counts) == 1000 + Decimal(added)


def test_an_extra_by_an_uncounted_unit_is_named_not_guessed() -> None:
    result = all_in(offer("1000", extras=(extra("Cleaning per room", "30"),)), {"night": 3})
    assert result is not None
    assert result.high == 1000
    assert result.unknown == ("Cleaning per room $30",)


def test_an_extra_without_a_figure_is_named() -> None:
    result = all_in(offer("1000", includes_tax=False, extras=(extra("VAT"),)), {})
    assert result is not None
    assert (result.high, result.unknown) == (1000, ("VAT (amount not given)",))


def test_tax_left_out_without_a_rate_is_said() -> None:
    result = all_in(offer("1000", includes_tax=False), {})
    assert result is not None
    assert result.unknown == ("tax (rate not given)",)


def test_a_tax_the_price_includes_is_not_added_again() -> None:
    assert total(offer("1000", includes_tax=True, extras=(extra("VAT 20%", percent="20"),))) == 1000


@pytest.mark.parametrize(
    "label",
    ["Travel charge past 435", "Сверхурочные в час", "Sales tax where applicable", "Überstunden"],
)
def test_what_only_may_come_on_top_is_not_counted(label: str) -> None:
    result = all_in(offer("1000", extras=(extra(label, "150"),), includes_tax=None), {"hour": 8})
    assert result is not None
    assert result.high == 1000
    assert len(result.conditional) == 1


def test_a_monthly_extra_of_a_monthly_offer_counts_once_and_of_a_yearly_one_twelve_times() -> None:
    backup = (extra("Server backup per month", "210"),)
    assert total(offer("3058", basis="per_month", extras=backup)) == 3268
    assert total(offer("36000", basis="per_year", extras=backup)) == 36000 + 12 * 210


def test_a_range_keeps_both_ends_and_percentages_follow_each() -> None:
    result = all_in(offer("100", price_high="200", extras=(extra("Service", percent="10"),)), {})
    assert result is not None
    assert (result.low, result.high) == (110, 220)


def test_without_a_price_there_is_no_total() -> None:
    assert all_in(offer(None), {}) is None


@given(price=amounts, listed=st.lists(extras, max_size=6), one=extras)
def test_one_more_extra_never_makes_an_offer_cheaper(
    price: Decimal, listed: list[Extra], one: Extra
) -> None:
    counts = {"night": 3, "person": 2}
    before = total(offer(str(price), extras=tuple(listed)), **counts)
    assert total(offer(str(price), extras=(*listed, one)), **counts) >= before >= price


@given(
    price=amounts, listed=st.permutations([extra("A", "5"), extra("B", percent="7.5"), extra("C")])
)
def test_the_order_of_extras_does_not_matter(price: Decimal, listed: list[Extra]) -> None:
    assert total(offer(str(price), extras=tuple(listed))) == total(
        offer(str(price), extras=(extra("A", "5"), extra("B", percent="7.5"), extra("C")))
    )


@given(low=amounts, more=amounts, listed=st.lists(extras, max_size=4))
def test_the_dearer_price_has_the_dearer_total(
    low: Decimal, more: Decimal, listed: list[Extra]
) -> None:
    made = tuple(listed)
    assert total(offer(str(low), extras=made)) <= total(offer(str(low + more), extras=made))
