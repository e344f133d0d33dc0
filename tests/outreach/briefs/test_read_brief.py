"""Briefs over all twenty categories and five languages become the right constraints."""

from typing import Any

import pytest

from crm.categories.catalogue import load_catalogue
from outreach.briefs import BriefReading, read_brief
from tests.outreach.briefs.examples import ENGLISH, OTHER_LANGUAGES, TODAY


def read(text: str, timezone: str = "America/New_York", **options: Any) -> BriefReading:
    return read_brief(text, today=TODAY, timezone=timezone, schemas=load_catalogue(), **options)


def differences(reading: BriefReading, wanted: dict[str, Any]) -> dict[str, Any]:
    return {
        name: (value, reading.constraints.get(name))
        for name, value in wanted.items()
        if reading.constraints.get(name) != value
    }


def test_the_examples_cover_every_category() -> None:
    covered = {category for _, category, _ in ENGLISH}
    assert covered == set(load_catalogue())


@pytest.mark.parametrize(("text", "category", "wanted"), ENGLISH, ids=[e[0][:50] for e in ENGLISH])
def test_reads_an_english_brief(text: str, category: str, wanted: dict[str, Any]) -> None:
    reading = read(text)
    assert reading.category == category
    assert differences(reading, wanted) == {}
    assert reading.problems == []


@pytest.mark.parametrize(
    ("text", "language", "category", "wanted"),
    OTHER_LANGUAGES,
    ids=[e[0][:40] for e in OTHER_LANGUAGES],
)
def test_reads_a_brief_in_another_language(
    text: str, language: str, category: str, wanted: dict[str, Any]
) -> None:
    reading = read(text)
    assert (reading.language, reading.category) == (language, category)
    assert differences(reading, wanted) == {}


@pytest.mark.parametrize("text", [e[0] for e in (*ENGLISH, *OTHER_LANGUAGES)])
def test_every_value_keeps_the_words_it_was_read_from(text: str) -> None:
    reading = read(text)
    assert set(reading.evidence) == set(reading.constraints)
    for evidence in reading.evidence.values():
        assert evidence.text
        assert text[evidence.start : evidence.end] == evidence.text


def test_a_complete_brief_leaves_nothing_to_ask() -> None:
    reading = read("I need a light jet from Teterboro to Aspen on March 15 for 4 passengers")
    assert reading.missing == []
    assert reading.tier == "service"


def test_an_incomplete_brief_is_asked_about_in_words() -> None:
    reading = read("A jet to Aspen please")
    assert [m.field for m in reading.missing] == ["origin", "date", "passengers"]
    assert all(m.question.endswith("?") for m in reading.missing)


def test_a_round_trip_without_a_return_date_asks_for_it() -> None:
    reading = read("Round trip jet from Boston to Miami on May 3 for 4 passengers")
    assert [m.field for m in reading.missing] == ["return_date"]


def test_a_month_where_a_day_is_needed_is_kept_and_asked_about() -> None:
    reading = read("Jet from Boston to Miami in April for 4 passengers")
    assert reading.constraints["date"] == "2027-04"
    assert reading.missing[0].question == "Which day in April 2027?"


def test_a_past_date_is_a_problem_and_no_value() -> None:
    reading = read("Jet from Boston to Miami on March 15, 2020 for 4 passengers")
    assert "date" not in reading.constraints
    assert reading.problems == ["“March 15, 2020” is in the past. Which date is meant?"]


def test_a_day_that_does_not_exist_is_a_problem() -> None:
    reading = read("Jet from Boston to Miami on February 30 for 4 passengers")
    assert "date" not in reading.constraints
    assert "not a date" in reading.problems[0]


def test_a_weekday_that_does_not_fit_its_date_is_a_problem() -> None:
    reading = read("Jet from Boston to Miami on Friday, March 15 for 4 passengers")
    assert "March 15, 2027 is a Monday" in reading.problems[0]


def test_an_unknown_airport_is_asked_about_by_its_name() -> None:
    reading = read("Jet from Nowhereville to Aspen on March 15 for 4")
    assert reading.missing[0].question == "Which airport is meant by “Nowhereville”?"


def test_an_ambiguous_city_is_asked_about_with_its_airports() -> None:
    reading = read("Jet from Portland to Boston on March 15 for 4")
    assert "origin" not in reading.constraints
    assert "PDX" in reading.missing[0].question
    assert "PWM" in reading.missing[0].question


def test_a_city_with_several_airports_is_taken_whole_and_said_so() -> None:
    reading = read("Jet from New York to Aspen on March 15 for 4")
    assert reading.constraints["origin"] == "NYC"
    assert "New York has several airports" in reading.notes[0]


def test_a_relative_day_says_which_date_was_understood() -> None:
    reading = read("Jet from Teterboro to Aspen next Friday for 4")
    assert reading.constraints["date"] == "2026-11-27"
    assert "November 27, 2026" in reading.notes[0]


def test_numeric_dates_follow_the_clients_zone() -> None:
    text = "Jet from Luton to Nice on 4/5 for 4"
    assert read(text).constraints["date"] == "2027-04-05"
    assert read(text, timezone="Europe/London").constraints["date"] == "2027-05-04"


def test_a_contradiction_in_the_lengths_is_a_problem() -> None:
    reading = read("Villa in Tuscany, July 4 to 18, ten nights, for 8 people")
    assert "14 nights" in reading.problems[0]


def test_one_way_with_a_return_date_is_a_problem() -> None:
    reading = read("One-way jet from Boston to Miami on May 3, return May 6, 4 passengers")
    assert "one way" in reading.problems[0]


def test_the_currency_of_the_budget_is_kept() -> None:
    assert read("Catering in London for 40 guests on May 3, up to £2,400").currency == "GBP"


def test_a_given_category_and_tier_overrule_the_words() -> None:
    reading = read("Dinner in London for 8 guests on May 3", category="Event venue", tier="bespoke")
    assert (reading.category, reading.tier) == ("event_venue", "bespoke")


def test_a_weekend_is_no_round_trip_and_asks_for_the_day() -> None:
    reading = read("Empty leg from Geneva to London next weekend, 2 passengers")
    assert "return_date" not in reading.constraints
    assert reading.missing[0].question == (
        "Which day of the weekend: Saturday, November 28, or Sunday, November 29?"
    )


def test_companions_without_a_total_are_asked_about() -> None:
    reading = read("Jet from Chicago to Vail on December 26 with my wife and two kids")
    assert "passengers" not in reading.constraints
    assert [m.field for m in reading.missing] == ["passengers"]


def test_between_two_categories_the_one_fully_answered_is_meant() -> None:
    reading = read("Jet TEB to VNY on 12/18, 6 pax, with catering for 6")
    assert reading.category == "private_jet"


def test_a_count_no_field_took_is_said_aloud() -> None:
    reading = read("Jet from Teterboro to Aspen on March 15 for 4 passengers with 11 ski bags")
    assert reading.notes == ["“11 ski bags” was not used; add it if it matters."]


def test_a_field_of_the_quotes_may_be_wished_for_in_the_brief() -> None:
    text = "Dinner catering for 40 guests in New York on May 20, plated, three courses"
    assert read(text).constraints["courses"] == 3
