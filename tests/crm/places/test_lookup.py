"""Names people use for airports and cities lead to the right code, or to a question."""

import pytest

from crm.places import covers, describe_airport, is_known_place, regions_of, resolve_airport
from crm.places.lookup import country_code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("TEB", "TEB"), ("KTEB", "TEB"), ("EGLF", "FAB"), ("Teterboro", "TEB"), ("Aspen", "ASE"),
        ("aspen", "ASE"), ("White Plains", "HPN"), ("Van Nuys", "VNY"), ("Cabo", "SJD"),
        ("Denver Centennial", "APA"), ("Fort Lauderdale", "FLL"), ("Nantucket", "ACK"),
        ("New York", "NYC"), ("nyc", "NYC"), ("London", "LON"), ("London, Ontario", "YXU"),
        ("Portland, OR", "PDX"), ("Portland, Maine", "PWM"), ("München", "MUC"), ("Genf", "GVA"),
        ("Londres", "LON"), ("Nizza", "NCE"), ("Москвы", "MOW"), ("Ниццу", "NCE"),
        ("Нью-Йорка", "NYC"), ("Zürich", "ZRH"), ("Los Angeles", "LAX"), ("Le Bourget", "LBG"),
    ],
)  # fmt: skip
def test_a_name_leads_to_its_airport(name: str, code: str) -> None:
    found = resolve_airport(name)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("name", ["Portland", "San Jose", "Springfield"])
def test_an_ambiguous_city_offers_its_airports(name: str) -> None:
    found = resolve_airport(name)
    assert found is not None
    assert found.code is None
    assert len(found.choices) > 1


def test_an_assumption_is_told() -> None:
    found = resolve_airport("Miami")
    assert found is not None
    assert found.note.startswith("Miami was read as MIA; it also has OPF")


@pytest.mark.parametrize("name", ["", "Nowhereville", "XQX", "the", "?!"])
def test_an_unknown_name_is_none(name: str) -> None:
    assert resolve_airport(name) is None


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("TEB", "Teterboro (TEB)"), ("ASE", "Aspen (ASE)"), ("JFK", "New York (JFK)"),
        ("NYC", "New York (any airport)"), ("APA", "Denver Centennial (APA)"), ("???", "???"),
    ],
)  # fmt: skip
def test_an_airport_is_written_as_people_write_it(code: str, words: str) -> None:
    assert describe_airport(code) == words


def test_a_place_knows_the_regions_around_it() -> None:
    assert {"teterboro", "new jersey", "us", "new york"} <= regions_of("TEB")
    assert "arizona" in regions_of("Scottsdale, AZ")
    assert regions_of("Nowhereville") == {"nowhereville"}


@pytest.mark.parametrize(
    ("region", "place", "verdict"),
    [
        ("New York", "TEB", True), ("Northeast", "TEB", True), ("United States", "ASE", True),
        ("USA", "ASE", True), ("Worldwide", "ASE", True), ("Germany", "München", True),
        ("Deutschland", "München", True), ("Europe", "Rotterdam", True), ("UK", "Edinburgh", True),
        ("Europe", "TEB", False), ("Florida", "TEB", False), ("London", "Edinburgh", False),
        ("Wherever you are", "TEB", None), ("California", "Tiny Unknown Hamlet", None),
    ],
)  # fmt: skip
def test_a_region_covers_what_lies_in_it(region: str, place: str, verdict: bool | None) -> None:
    assert covers(region, place) is verdict


def test_people_are_no_places() -> None:
    assert not is_known_place("Fraser Dalgleish")
    assert is_known_place("Île de Ré")


@pytest.mark.parametrize(
    ("words", "code"),
    [("США", "US"), ("EE.UU.", "US"), ("Соединённые Штаты Америки", "US"), ("EUA", "US"),
     ("Great Britain", "GB"), ("Англия", "GB"), ("Großbritannien", "GB"), ("РФ", "RU"),
     ("Российская Федерация", "RU"), ("Эмираты", "AE"), ("Белоруссия", "BY"), ("Turkey", "TR"),
     ("Czech Republic", "CZ"), ("Hong Kong", "HK"), ("Южная Корея", "KR"), ("Alemanha", "DE"),
     ("Атлантида", None), ("", None)],
)  # fmt: skip
def test_a_country_is_known_by_what_people_call_it(words: str, code: str | None) -> None:
    assert country_code(words) == code
