"""Holiday rules give the dates that calendars give, observed days included."""

from datetime import date

import pytest

from compliance.holidays import HolidayRule, check_rule, date_in, easter, holidays_on


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("07-04", date(2026, 7, 4)),
        ("Mon#3 Jan", date(2026, 1, 19)),
        ("Mon#3 Feb", date(2026, 2, 16)),
        ("Mon#-1 May", date(2026, 5, 25)),
        ("Mon#1 Sep", date(2026, 9, 7)),
        ("Thu#4 Nov", date(2026, 11, 26)),
        ("Thu#4 Nov +1", date(2026, 11, 27)),
        ("Mon#1 Nov +1", date(2026, 11, 3)),
        ("Mon#-1 Apr", date(2026, 4, 27)),
        ("Easter-2", date(2026, 4, 3)),
        ("Easter-47", date(2026, 2, 17)),
        ("Easter", date(2026, 4, 5)),
        ("Sun#-1 Dec", date(2026, 12, 27)),
    ],
)
def test_rules_give_the_dates_of_2026(rule: str, expected: date) -> None:
    assert date_in(rule, 2026) == expected


def test_easter_over_the_years() -> None:
    found = [easter(year) for year in (2000, 2008, 2011, 2019, 2024, 2025, 2027, 2038)]
    assert [(day.month, day.day) for day in found] == [
        (4, 23), (3, 23), (4, 24), (4, 21), (3, 31), (4, 20), (3, 28), (4, 25),
    ]  # fmt: skip


def kept(rule: HolidayRule, *days: date) -> list[bool]:
    return [bool(holidays_on(day, (rule,))) for day in days]


def test_a_saturday_holiday_is_kept_on_the_friday_too() -> None:
    fourth = HolidayRule("US", "Independence Day", "07-04", "weekend")
    assert kept(fourth, date(2026, 7, 3), date(2026, 7, 4), date(2026, 7, 6)) == [True, True, False]
    assert kept(fourth, date(2027, 7, 4), date(2027, 7, 5), date(2027, 7, 2)) == [True, True, False]


def test_new_year_on_a_saturday_reaches_back_into_the_old_year() -> None:
    new_year = HolidayRule("US", "New Year's Day", "01-01", "weekend")
    assert kept(new_year, date(2027, 12, 31)) == [True]
    assert kept(new_year, date(2026, 12, 31)) == [False]


def test_utah_keeps_juneteenth_on_a_monday() -> None:
    juneteenth = HolidayRule("US-UT", "Juneteenth", "06-19", "monday")
    assert kept(juneteenth, date(2026, 6, 15), date(2026, 6, 19), date(2026, 6, 22)) == [
        True, True, False,
    ]  # fmt: skip
    assert kept(juneteenth, date(2027, 6, 21), date(2027, 6, 18)) == [True, False]


def test_election_days_come_in_even_years() -> None:
    election = HolidayRule("US-LA", "Election Day", "Mon#1 Nov +1", years="even")
    assert kept(election, date(2026, 11, 3), date(2027, 11, 2)) == [True, False]


@pytest.mark.parametrize("rule", ["", "July 4", "13-01", "Mon#5 Feb", "Mon#0 Jan", "Mon#3 Foo"])
def test_a_rule_that_makes_no_sense_is_refused(rule: str) -> None:
    with pytest.raises(ValueError):
        check_rule(rule)
