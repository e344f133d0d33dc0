"""A Russian name as its bearer says it, whatever case it was written in."""

import pytest

from outreach.conversations.proposals import parse_person
from outreach.conversations.russian_names import nominative


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("Денису Фролову", "Денис Фролов"),
        ("Ольге Ким", "Ольга Ким"),
        ("Марине Олеговне Белых", "Марина Олеговна Белых"),
        ("Анне Сергеевне Котовой", "Анна Сергеевна Котова"),
        ("Петровской Юлии", "Петровская Юлия"),
        ("Павлу Ильичу", "Павел Ильич"),
        ("Алексеем Заварским", "Алексей Заварский"),
        ("Игоря Мельника", "Игорь Мельник"),
        ("Никите", "Никита"),
        ("Ирину Лапину", "Ирина Лапина"),
    ],
)
def test_a_bent_name_is_brought_back(written: str, called: str) -> None:
    assert nominative(written) == called


@pytest.mark.parametrize(
    "name",
    [
        "Антон Зуев", "Марина Олеговна Белых", "Александра Котова", "Александру Котову",
        "Rosa Vega", "Ринату", "Вовке", "", "Жану Полю", "Евгения Литвинова",
    ],
)  # fmt: skip
def test_what_is_not_certain_stays_as_it_was_written(name: str) -> None:
    assert nominative(name) in {name, "Ринат"}


def test_whom_we_are_pointed_to_is_proposed_by_the_name_they_bear() -> None:
    named = parse_person("Денису Фролову, frolov@veresk.example")
    assert (named.name, named.email) == ("Денис Фролов", "frolov@veresk.example")
