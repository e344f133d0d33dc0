"""Numbers, amounts, parcels and counties as people write them."""

from decimal import Decimal

import pytest

from crm.imports import figures
from crm.imports.problems import RefusedRowError


@pytest.mark.parametrize(
    ("cell", "value", "currency"),
    [
        ("250000", "250000", ""), ("$250,000", "250000", "USD"),
        ("250.000,50 €", "250000.50", "EUR"),
        ("250 000 руб.", "250000", "RUB"), ("1.2M", "1200000", ""), ("$95k", "95000", "USD"),
        ("USD 1,250.5", "1250.50", "USD"), ("0", "0", ""),
    ],
)  # fmt: skip
def test_an_amount_is_read(cell: str, value: str, currency: str) -> None:
    assert figures.amount(cell, "deal_value") == (Decimal(value), currency)


@pytest.mark.parametrize("cell", ["a lot", "-5", "12-15", "1e999", "$", "9" * 40, "5 doubloons"])
def test_what_is_no_amount_is_refused(cell: str) -> None:
    with pytest.raises(RefusedRowError):
        figures.amount(cell, "deal_value")


@pytest.mark.parametrize(
    ("cell", "value"),
    [("87", 87.0), ("43,5", 43.5), ("43.125", 43.125), ("87 %", 87.0), ("", None)],
)
def test_a_number_is_read(cell: str, value: float | None) -> None:
    assert figures.number(cell, "score") == value


@pytest.mark.parametrize("cell", ["high", "nan", "inf", "1e400", "1,2,3x"])
def test_what_is_no_number_is_refused(cell: str) -> None:
    with pytest.raises(RefusedRowError):
        figures.number(cell, "score")


@pytest.mark.parametrize(
    ("cell", "name"),
    [("ORANGE COUNTY", "Orange"), ("orange", "Orange"), ("MIAMI-DADE", "Miami-Dade"),
     ("DeSoto", "DeSoto"), ("St. Johns County", "St. Johns")],
)  # fmt: skip
def test_a_county_is_its_name_alone(cell: str, name: str) -> None:
    assert figures.county(cell) == name


def test_a_range_of_people_is_its_lower_end() -> None:
    assert [figures.headcount(one) for one in ("120", "51-200", "1,000+", "")] == [
        120,
        51,
        1000,
        None,
    ]
