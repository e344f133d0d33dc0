"""Days out of the words that tell an end, counted from the day a mail came."""

from datetime import date

import pytest

from quotes.extraction.deadlines import read_deadline
from quotes.extraction.holidays import easter, find_holidays

MONDAY = date(2026, 11, 2)


def read(words: str, received: date = MONDAY) -> date | None:
    found = read_deadline(words, received, day_first=False)
    if found is None:
        return None
    assert 0 <= found[1] < found[2] <= len(words)
    return found[0]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("through Thanksgiving", date(2026, 11, 26)),
        ("until the Friday after Thanksgiving", date(2026, 11, 27)),
        ("the Monday before Thanksgiving", date(2026, 11, 23)),
        ("until the day before Christmas Eve", date(2026, 12, 23)),
        ("bis Nikolaus", date(2026, 12, 6)),
        ("jusqu'à la Toussaint", date(2027, 11, 1)),
        ("до Нового года", date(2026, 12, 31)),
        ("until a week from Friday", date(2026, 11, 13)),
        ("d'ici vendredi en huit", date(2026, 11, 13)),
        ("bis Ende nächster Woche", date(2026, 11, 13)),
        ("fin de la semaine prochaine", date(2026, 11, 13)),
        ("tot eind november", date(2026, 11, 30)),
        ("bis Mitte Dezember", date(2026, 12, 15)),
        ("till the first of December", date(2026, 12, 1)),
        ("by the tenth", date(2026, 11, 10)),
        ("over the weekend", date(2026, 11, 8)),
        ("by the weekend", date(2026, 11, 7)),
        ("by lunchtime on Thursday", date(2026, 11, 5)),
        ("within three business days", date(2026, 11, 5)),
        ("until Black Friday... let's say December 1", date(2026, 12, 1)),
    ],
)
def test_a_deadline_is_the_day_it_tells(words: str, day: date) -> None:
    assert read(words) == day


@pytest.mark.parametrize(
    "words",
    ["with the Thanksgiving menu", "five days before the event", "24/7", "at today's price"],
)
def test_what_only_looks_like_a_day_is_none(words: str) -> None:
    assert read(words) is None


@pytest.mark.parametrize(
    ("words", "received", "day"),
    [
        ("Memorial Day", date(2026, 5, 19), date(2026, 5, 25)),
        ("the bank holiday", date(2026, 5, 5), date(2026, 5, 25)),
        ("Ostern", date(2026, 3, 23), date(2026, 4, 5)),
        ("Christi Himmelfahrt", date(2026, 5, 4), date(2026, 5, 14)),
        ("Easter Monday", date(2026, 4, 6), date(2026, 4, 6)),
        ("Labor Day", date(2026, 9, 8), date(2027, 9, 6)),
    ],
)
def test_a_holiday_is_its_next_day(words: str, received: date, day: date) -> None:
    assert [found[0] for found in find_holidays(words, received)] == [day]


@pytest.mark.parametrize(
    "sunday", [date(2000, 4, 23), date(2024, 3, 31), date(2038, 4, 25), date(2285, 3, 22)]
)
def test_easter_falls_on_the_sunday_the_churches_keep(sunday: date) -> None:
    assert easter(sunday.year) == sunday
