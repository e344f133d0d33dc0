"""A model may complete a reading; it cannot put words into the client's mouth."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from crm.categories.catalogue import load_catalogue
from outreach.ai.client import Answer
from outreach.briefs import BriefReading, by_model
from outreach.briefs.by_model import ModelReading, improve
from tests.outreach.briefs.examples import TODAY
from tests.outreach.briefs.test_read_brief import read

BRIEF = (
    "Jet from Teterboro to Aspen around the Ides (15 March 2027), we are Ann, Bob and Cy: 3 souls"
)


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`says(category, (field, value, words), …)` is what the model will answer."""

    def set_answer(category: str | None, *values: tuple[str, Any, str]) -> None:
        answer = ModelReading.model_validate(
            {
                "category": category,
                "values": [{"field": f, "value": v, "words": w} for f, v, w in values],
            }
        )
        monkeypatch.setattr(by_model, "configured", lambda: True)
        monkeypatch.setattr(by_model, "ask", lambda *a, **k: Answer(answer, uuid4(), "test", "1"))

    return set_answer


@pytest.fixture(autouse=True)
def outside_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    class Free:
        in_atomic_block = False

    monkeypatch.setattr(by_model, "connection", Free)


def improved(text: str = BRIEF) -> BriefReading:
    return improve(read(text), today=TODAY, timezone="America/New_York", schemas=load_catalogue())


def test_a_value_the_rules_missed_is_taken_with_its_evidence(says: Any) -> None:
    says("private_jet", ("passengers", 3, "3 souls"))
    reading = improved()
    assert reading.constraints["passengers"] == 3
    assert reading.evidence["passengers"].text == "3 souls"
    assert reading.engine == "test"
    assert reading.missing == []


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("passengers", 3, "three travellers"),
        ("passengers", 7, "3 souls"),
        ("return_date", "2027-03-20", "15 March 2027"),
        ("return_date", "2020-03-15", "15 March 2027"),
        ("aircraft_class", "spaceship", "Jet"),
        ("aircraft_class", "heavy", ""),
        ("budget", "90000", "3 souls"),
        ("invented_field", "x", "Jet"),
    ],
)
def test_what_the_text_does_not_bear_out_is_dropped(
    says: Any, field: str, value: Any, words: str
) -> None:
    says("private_jet", (field, value, words))
    assert field not in improved().constraints


def test_a_disagreement_is_asked_about_and_the_rules_value_stays(says: Any) -> None:
    says("private_jet", ("origin", "ASE", "Aspen"))
    reading = improved()
    assert reading.constraints["origin"] == "TEB"
    assert reading.problems == ["From: the brief can be read as TEB or as ASE. Which is meant?"]


def test_the_model_may_find_the_category_the_rules_did_not(says: Any) -> None:
    says("catering", ("guests", 30, "30 guests"))
    reading = improved("Please feed my 30 guests in Boston on May 3")
    assert (reading.category, reading.constraints["guests"]) == ("catering", 30)
    assert reading.constraints["date"] == "2027-05-03"


def test_an_invented_category_is_not_taken(says: Any) -> None:
    says("submarines")
    assert improved("Please feed my friends").category is None


def test_without_a_model_the_rules_reading_stands() -> None:
    assert improved() == read(BRIEF)
    assert date(2026, 11, 21) == TODAY
