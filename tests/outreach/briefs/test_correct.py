"""A person's word about a request's fields counts, and what follows from it is found anew."""

from typing import Any
from uuid import uuid4

import pytest
import time_machine

from compliance.models import AuditEntry
from crm.models import Request
from outreach.briefs.correct import BadFieldsError, correct_request
from outreach.briefs.create import create_request
from tests.desk import BRIEF

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]


@pytest.fixture
def november() -> Any:
    with time_machine.travel("2026-11-21T17:00:00Z"):
        yield


def dinner() -> Request:
    return create_request("We need dinner for 30 guests in Boston", actor="Ella")


def test_an_answer_closes_its_question_and_tells_in_the_summary() -> None:
    request = dinner()
    assert [one["field"] for one in request.missing] == ["date"]
    request = correct_request(request.pk, {"date": "2027-01-15"}, actor="Ella")
    request.refresh_from_db()
    assert request.missing == []
    assert request.constraints["date"] == "2027-01-15"
    assert "January 15, 2027" in request.summary
    entry = AuditEntry.objects.get(action="request.corrected")
    assert (entry.actor, entry.data) == ("Ella", {"fields": ["date"]})


def test_values_are_stored_as_the_rules_engine_stores_them() -> None:
    given = {"guests": "45", "budget": "$6,500", "occasion": "lunch", "date": "2027-02"}
    found = correct_request(dinner().pk, given, actor="Ella").constraints
    assert {name: found[name] for name in given} == {
        "guests": 45, "budget": "6500", "occasion": "lunch", "date": "2027-02",
    }  # fmt: skip


def test_an_emptied_field_is_asked_for_again_and_loses_its_evidence() -> None:
    request = correct_request(dinner().pk, {"guests": ""}, actor="Ella")
    assert "guests" not in request.constraints
    assert "guests" in [one["field"] for one in request.missing]
    assert "guests" not in request.reading["evidence"]
    assert request.reading["evidence"]["location"]["text"] == "Boston"


def test_an_airport_is_named_by_its_city() -> None:
    request = create_request(BRIEF, actor="Ella")
    assert correct_request(request.pk, {"destination": "Aspen"}, actor="E").constraints[
        "destination"
    ] == "ASE"  # fmt: skip


@pytest.mark.parametrize(
    ("text", "field", "value", "words"),
    [
        ("dinner", "date", "2026-11-20", "in the past"),
        ("dinner", "date", "2026-10", "in the past"),
        ("dinner", "date", "soon", "is no date"),
        ("dinner", "guests", "-3", "more than 0"),
        ("dinner", "guests", "thirty-ish", "is no number"),
        ("dinner", "guests", "2.5", "whole number"),
        ("dinner", "budget", "€500", "in USD"),
        ("dinner", "occasion", "coronation", "choose one of"),
        ("dinner", "wine", "red", "no field of Catering"),
        ("dinner", "location", "Bos\x00ton", "cannot be stored"),
        ("dinner", "location", "x" * 301, "longer than"),
        ("jet", "origin", "Atlantis", "no airport"),
        ("jet", "origin", "Portland", "more than one"),
    ],
)
def test_what_does_not_fit_is_told_by_field_and_changes_nothing(
    text: str, field: str, value: str, words: str
) -> None:
    request = dinner() if text == "dinner" else create_request(BRIEF, actor="Ella")
    before = request.constraints
    with pytest.raises(BadFieldsError) as refused:
        correct_request(request.pk, {field: value}, actor="Ella")
    assert words in refused.value.problems[field]
    request.refresh_from_db()
    assert request.constraints == before


def test_without_a_category_there_are_no_fields_yet() -> None:
    request = create_request("hello", actor="Ella")
    with pytest.raises(BadFieldsError, match="Choose a category first"):
        correct_request(request.pk, {"date": "2027-01-15"}, actor="Ella")


def test_what_was_not_given_stays_as_somebody_else_wrote_it() -> None:
    request = dinner()
    correct_request(request.pk, {"guests": "50"}, actor="Sam")
    found = correct_request(request.pk, {"date": "2027-01-15"}, actor="Ella").constraints
    assert (found["guests"], found["date"]) == (50, "2027-01-15")


def test_a_contradiction_ends_with_the_fields_or_when_it_is_settled() -> None:
    text = "A villa in Tulum from March 3 to March 8, 2027 for 3 nights, 6 guests"
    request = create_request(text, actor="Ella")
    (problem,) = request.problems
    assert "5 nights" in problem
    assert correct_request(request.pk, {}, actor="E", settled=[problem]).problems == []
    request.problems = [problem]
    request.save()
    found = correct_request(request.pk, {"nights": "5"}, actor="Ella")
    assert (found.problems, found.constraints["nights"]) == ([], 5)


def test_a_summary_in_somebodys_own_words_stays() -> None:
    request = dinner()
    Request.objects.filter(pk=request.pk).update(summary="The Harcourt dinner")
    assert correct_request(request.pk, {"guests": "50"}, actor="E").summary == "The Harcourt dinner"


def test_an_unknown_request_is_none() -> None:
    with pytest.raises(Request.DoesNotExist):
        correct_request(uuid4(), {}, actor="Ella")
