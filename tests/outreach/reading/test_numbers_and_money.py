"""Numbers, amounts and languages are read in digits and words, with either custom of marks."""

from decimal import Decimal

import pytest

from outreach.reading.money import find_money
from outreach.reading.numbers import find_numbers, to_decimal
from outreach.reading.tongues import detect_language, find_language_pair


@pytest.mark.parametrize(
    ("digits", "value"),
    [("1,200", "1200"), ("1.200", "1200"), ("1 200", "1200"), ("1’250.00", "1250.00"),
     ("1.250,50", "1250.50"), ("0.105", "0.105"), ("12,5", "12.5"), ("1,234,567", "1234567")],
)  # fmt: skip
def test_marks_of_either_custom(digits: str, value: str) -> None:
    assert to_decimal(digits) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("4 passengers", [4]), ("party of six", [6]), ("twenty-two users", [22]),
        ("a dozen roses", [12]), ("2,000 programs", [2000]), ("3k words", [3000]),
        ("для четырех гостей", [4]), ("zwölf Stühle", [12]), ("un jet", []), ("no numbers", []),
    ],
)  # fmt: skip
def test_numbers_in_digits_and_words(text: str, values: list[int]) -> None:
    assert [found.value for found in find_numbers(text)] == values


def test_words_count_only_in_the_languages_asked_for() -> None:
    assert find_numbers("payment is due once a month", ("en",)) == []


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("under $40k", "40000", "USD"), ("€2,400", "2400", "EUR"), ("2 400 EUR", "2400", "EUR"),
        ("£1.5 million", "1500000", "GBP"), ("12.000 €", "12000", "EUR"), ("60k", "60000", None),
        ("20 тыс. рублей", "20000", "RUB"), ("CHF 3'500", "3500", "CHF"),
        ("$0.105", "0.105", "USD"),
        ("40 grand USD", "40000", "USD"),
    ],
)  # fmt: skip
def test_amounts_of_money(text: str, amount: str, currency: str | None) -> None:
    found = find_money(text)
    assert [(f.value.amount, f.value.currency) for f in found] == [(Decimal(amount), currency)]


@pytest.mark.parametrize("text", ["4 passengers", "March 15", "2 mm thick", "5 m long", "G550"])
def test_no_money_where_none_is_meant(text: str) -> None:
    assert find_money(text) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I need a jet to Aspen for four people", "en"),
        ("Necesito un jet para cuatro personas", "es"),
        ("Je cherche un traiteur pour un mariage", "fr"),
        ("Wir brauchen ein Catering für 60 Gäste", "de"),
        ("Нужен частный самолёт", "ru"),
        ("jet", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("from English into Japanese", "EN-JA"), ("(Russian-German)", "RU-DE"),
        ("del español al inglés", "ES-EN"), ("du français vers l'anglais", "FR-EN"),
        ("Deutsch-Englisch", "DE-EN"), ("с русского на немецкий", "RU-DE"), ("EN>FR", "EN-FR"),
    ],
)  # fmt: skip
def test_a_pair_of_languages(text: str, pair: str) -> None:
    found = find_language_pair(text)
    assert found is not None
    assert found.value == pair


def test_no_pair_where_languages_are_not_named() -> None:
    assert find_language_pair("from Boston into Miami and contract to lawyer") is None
