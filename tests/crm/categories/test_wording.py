"""Values are said the way a person writes them."""

import pytest

from crm.categories.catalogue import load_catalogue
from crm.categories.schema import FieldSpec, FieldType
from crm.categories.wording import facts_in_words, headline, write_date, write_money, write_value


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2027-03-15", "Monday, March 15, 2027"),
        ("2027-04", "April 2027"),
        ("soon", "soon"),
    ],
)
def test_dates_are_written_out(value: str, words: str) -> None:
    assert write_date(value) == words


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [("40000", "USD", "$40,000"), ("2400.5", "CHF", "CHF 2,400.50"), ("12", None, "12")],
)
def test_money_carries_its_currency(amount: str, currency: str | None, words: str) -> None:
    assert write_money(amount, currency) == words


@pytest.mark.parametrize(
    ("kind", "unit", "value", "words"),
    [
        (FieldType.AIRPORT, "", "TEB", "Teterboro (TEB)"),
        (FieldType.AIRPORT, "", "NYC", "New York (any airport)"),
        (FieldType.PLACE, "", "miami", "Miami"),
        (FieldType.PLACE, "", "Москве", "Moscow"),
        (FieldType.PLACE, "", "Île de Ré", "Île de Ré"),
        (FieldType.BOOLEAN, "", True, "yes"),
        (FieldType.CHOICE, "", "round_trip", "round trip"),
        (FieldType.DECIMAL, "sqft", 1100, "1,100 sq ft"),
        (FieldType.DECIMAL, "ct", "1.5", "1.5 carats"),
        (FieldType.INTEGER, "nights", 1, "1 night"),
        (FieldType.TEXT, "languages", "RU-DE", "Russian to German"),
    ],
)
def test_values_are_said_in_words(kind: FieldType, unit: str, value: object, words: str) -> None:
    spec = FieldSpec(name="x", label="X", type=kind, unit=unit)
    assert write_value(spec, value) == words


def test_a_headline_names_route_date_and_count() -> None:
    schema = load_catalogue()["private_jet"]
    constraints = {"origin": "TEB", "destination": "ASE", "date": "2027-03-15", "passengers": 1}
    assert headline(schema, constraints) == (
        "Teterboro (TEB) to Aspen (ASE), March 15, 2027, 1 passenger"
    )


def test_empty_values_are_no_facts() -> None:
    schema = load_catalogue()["private_jet"]
    assert facts_in_words(schema, {"origin": "", "passengers": None}) == []
