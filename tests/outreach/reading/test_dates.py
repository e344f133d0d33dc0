"""Dates are read in every form people write them, judged from one known day."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.reading.dates import find_dates

TODAY = date(2026, 11, 21)  # a Saturday


def read(text: str, *, day_first: bool = False) -> list[str]:
    found = find_dates(text, today=TODAY, day_first=day_first).dates
    return [f.value.iso() + (f"/{f.value.last.isoformat()}" if f.value.last else "") for f in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("March 15", "2027-03-15"), ("mar. 15th", "2027-03-15"), ("15 March 2028", "2028-03-15"),
        ("the 3rd of May", "2027-05-03"), ("2027-03-15", "2027-03-15"), ("3/15", "2027-03-15"),
        ("3/15/28", "2028-03-15"), ("15.03.2027", "2027-03-15"), ("am 15.3. um acht", "2027-03-15"),
        ("15 марта", "2027-03-15"), ("15 de marzo", "2027-03-15"), ("le 15 mars", "2027-03-15"),
        ("am 15. März", "2027-03-15"), ("il 15 marzo", "2027-03-15"), ("November 21", "2026-11-21"),
        ("November 20", "2027-11-20"), ("Feb 29", "2028-02-29"),
        ("today", "2026-11-21"), ("tomorrow", "2026-11-22"), ("the day after tomorrow",
        "2026-11-23"), ("pasado mañana", "2026-11-23"), ("übermorgen", "2026-11-23"),
        ("on Monday", "2026-11-23"), ("this Friday", "2026-11-27"), ("next Friday", "2026-11-27"),
        ("в следующую пятницу", "2026-11-27"), ("in two weeks", "2026-12-05"),
        ("in 10 days", "2026-12-01"), ("через две недели", "2026-12-05"),
        ("dans deux semaines", "2026-12-05"), ("in zwei Wochen", "2026-12-05"),
        ("in April", "2027-04"), ("mid-May", "2027-05"), ("im Mai", "2027-05"),
        ("April 2028", "2028-04"),
    ],
)  # fmt: skip
def test_one_date(text: str, wanted: str) -> None:
    assert read(text) == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("20 to 27 June", "2027-06-20/2027-06-27"), ("July 2-6", "2027-07-02/2027-07-06"),
        ("28 and 29 April", "2027-04-28/2027-04-29"), ("du 4 au 18 juillet",
        "2027-07-04/2027-07-18"), ("vom 4. bis 18. Juli", "2027-07-04/2027-07-18"),
        ("с 4 по 18 июля", "2027-07-04/2027-07-18"), ("del 4 al 18 de julio",
        "2027-07-04/2027-07-18"), ("June 28 to July 5", "2027-06-28/2027-07-05"),
        ("Dec 30 - Jan 3", "2026-12-30/2027-01-03"),
        ("between March 3 and March 9", "2027-03-03/2027-03-09"),
        ("from December 28th through January 2nd", "2026-12-28/2027-01-02"),
        ("12 June 2028 to 14 June 2028", "2028-06-12/2028-06-14"),
        ("this weekend", "2026-11-21/2026-11-22"),
    ],
)  # fmt: skip
def test_a_range(text: str, wanted: str) -> None:
    assert read(text) == [wanted]


def test_the_order_of_day_and_month_is_the_readers() -> None:
    assert read("4/5") == ["2027-04-05"]
    assert read("4/5", day_first=True) == ["2027-05-04"]
    assert read("15/3") == read("3/15", day_first=True) == ["2027-03-15"]


@pytest.mark.parametrize(
    "text",
    ["24/7 support", "we may need 4", "march with us", "a ratio of 3.5.", "sat down", "1,100 sq ft",
     "G-550", "mon ami", "version 1.2.3", "we sun ourselves"],
)  # fmt: skip
def test_no_date_is_seen_where_there_is_none(text: str) -> None:
    assert read(text) == []


def test_a_weekday_before_its_date_is_part_of_it() -> None:
    found = find_dates("on Monday, March 15, then", today=TODAY)
    assert [(f.start, f.end) for f in found.dates] == [(3, 19)]
    assert found.problems == []


def test_a_weekday_beside_a_count_is_a_day_of_its_own() -> None:
    assert read("next Friday, 200 attendees") == ["2026-11-27"]


@pytest.mark.parametrize("text", ["February 30", "31 June", "13/32/2027 or so"])
def test_a_day_that_does_not_exist_is_no_date(text: str) -> None:
    assert read(text) == []


FORMS = ["%Y-%m-%d", "%B {d}, %Y", "{d} %B %Y", "%b {d}, %Y", "%m/%d/%Y", "%A, %B {d}, %Y"]


@settings(max_examples=200, deadline=None)
@given(st.dates(date(2024, 1, 1), date(2035, 12, 31)), st.sampled_from(FORMS))
def test_every_form_of_a_full_date_is_read_back(day: date, form: str) -> None:
    text = day.strftime(form.replace("{d}", str(day.day)))
    assert read(f"It is {text} for us") == [day.isoformat()]


@settings(max_examples=100, deadline=None)
@given(st.dates(TODAY, date(2027, 11, 20)))
def test_a_date_without_a_year_is_never_in_the_past(day: date) -> None:
    assert read(f"on {day:%B} {day.day}") == [day.isoformat()]
