"""A brief in, what was understood out."""

from typing import Any

import pytest

from crm.models import Request
from tests.api.conftest import Program
from tests.desk import BRIEF


def test_a_brief_is_understood(program: Program) -> None:
    answer = program.post("/api/requests", {"text": BRIEF, "client_name": "Ms. Lee"})
    assert answer.status_code == 201
    read = answer.json()
    assert read["category"] == "private_jet"
    assert read["client_name"] == "Ms. Lee"
    assert 4 in read["constraints"].values()
    row = Request.objects.get(pk=read["id"])
    assert row.created_by is not None
    assert row.created_by.username == "boss"


def test_what_is_missing_is_asked_for_in_words(program: Program) -> None:
    read = program.post("/api/requests", {"text": "I need a private jet"}).json()
    assert read["missing_fields"]
    assert all(field["question"] for field in read["missing_fields"])


def test_category_and_tier_can_be_given(program: Program) -> None:
    body = {"text": "Something nice for Friday", "category": "catering", "tier": "bespoke"}
    read = program.post("/api/requests", body).json()
    assert (read["category"], read["tier"]) == ("catering", "bespoke")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": " \n "}, "text"),
        ({"text": "…!"}, "text"),
        ({"text": "x" * 10_001}, "text"),
        ({"text": "a jet\x00"}, "text"),
        ({"text": 7}, "text"),
        ({"text": "a jet", "client_name": "x" * 161}, "client_name"),
        ({"text": "a jet", "tier": "gold"}, "tier"),
        ({"text": "a jet", "category": "unicorns"}, "category"),
    ],
)
def test_bad_values_name_their_field(program: Program, body: Any, field: str) -> None:
    answer = program.post("/api/requests", body)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert not Request.objects.exists()


@pytest.mark.parametrize(
    "text", ["jet", "что-нибудь красивое", "Jet TEB to ASE on March 3, 2001", "jet " * 2_500]
)
def test_a_thin_brief_is_stored_whole_and_asked_about(program: Program, text: str) -> None:
    answer = program.post("/api/requests", {"text": text})
    assert answer.status_code == 201
    read = answer.json()
    assert read["missing_fields"] or read["problems"]
    assert Request.objects.get(pk=read["id"]).text.strip() == text.strip()


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"null", b'"text"', b"[1]"])
def test_what_is_no_json_object_is_refused(program: Program, body: bytes) -> None:
    answer = program.client.post(
        "/api/requests", body, content_type="application/json", headers=program.headers
    )
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"


def test_the_same_key_twice_makes_one_request(program: Program) -> None:
    first = program.post("/api/requests", {"text": BRIEF}, Idempotency_Key="k1")
    second = program.post("/api/requests", {"text": BRIEF}, Idempotency_Key="k1")
    assert second.status_code == 201
    assert second.json() == first.json()
    assert Request.objects.count() == 1


def test_the_same_key_for_another_brief_is_a_conflict(program: Program) -> None:
    program.post("/api/requests", {"text": BRIEF}, Idempotency_Key="k1")
    answer = program.post("/api/requests", {"text": "A cake"}, Idempotency_Key="k1")
    assert answer.status_code == 409
    assert Request.objects.count() == 1


def test_a_refused_call_does_not_use_up_its_key(program: Program) -> None:
    body = {"text": BRIEF, "category": "unicorns"}
    assert program.post("/api/requests", body, Idempotency_Key="k1").status_code == 422
    good = program.post("/api/requests", {"text": BRIEF}, Idempotency_Key="k1")
    assert good.status_code == 201


def test_requests_come_in_pages_without_gaps(program: Program) -> None:
    made = [program.post("/api/requests", {"text": f"{n} cakes"}).json()["id"] for n in range(5)]
    seen: list[str] = []
    cursor = ""
    for _ in range(3):
        answer = program.get("/api/requests", limit=2, cursor=cursor).json()
        seen += [item["id"] for item in answer["items"]]
        cursor = answer["next_cursor"]
    assert seen == made[::-1]
    assert cursor is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("limit", 0), ("limit", 101), ("limit", 10**30), ("limit", "many"), ("cursor", "zzz")],
)
def test_a_page_has_bounds(program: Program, name: str, value: Any) -> None:
    answer = program.get("/api/requests", **{name: value})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [name]


def test_one_request_can_be_read_again(program: Program) -> None:
    made = program.post("/api/requests", {"text": BRIEF}).json()
    assert program.get(f"/api/requests/{made['id']}").json() == made


def test_an_unknown_request_is_a_404_problem(program: Program) -> None:
    answer = program.get("/api/requests/00000000-0000-0000-0000-000000000000")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_a_request_is_understood_anew_as_another_category_and_in_other_words(
    program: Program,
) -> None:
    made = program.post("/api/requests", {"text": BRIEF}).json()
    body = {"text": "Dinner for 30 guests in Boston on May 3", "category": "catering"}
    answer = program.post(f"/api/requests/{made['id']}/reread", body)
    assert answer.status_code == 200
    read = answer.json()
    assert (read["id"], read["category"], read["text"]) == (made["id"], "catering", body["text"])
    assert read["constraints"]["guests"] == 30
    assert program.get(f"/api/requests/{made['id']}").json() == read


def test_reading_again_without_a_word_reads_the_same_again(program: Program) -> None:
    made = program.post("/api/requests", {"text": BRIEF}).json()
    assert program.post(f"/api/requests/{made['id']}/reread", {}).json() == made


@pytest.mark.parametrize(
    ("body", "field"),
    [({"text": "…"}, "text"), ({"text": "x" * 10_001}, "text"), ({"category": "no"}, "category")],
)
def test_what_cannot_be_read_again_names_its_field(program: Program, body: Any, field: str) -> None:
    made = program.post("/api/requests", {"text": BRIEF}).json()
    answer = program.post(f"/api/requests/{made['id']}/reread", body)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert program.get(f"/api/requests/{made['id']}").json() == made


def test_what_was_understood_is_corrected_field_by_field(program: Program) -> None:
    made = program.post("/api/requests", {"text": "Dinner for 30 guests in Boston"}).json()
    body = {"constraints": {"date": "2099-01-15", "guests": 40, "budget": None}}
    answer = program.patch(f"/api/requests/{made['id']}", body)
    assert answer.status_code == 200
    assert answer.json()["constraints"]["guests"] == 40
    assert answer.json()["missing_fields"] == []
    assert program.get(f"/api/requests/{made['id']}").json() == answer.json()


def test_a_value_that_does_not_fit_names_its_field(program: Program) -> None:
    made = program.post("/api/requests", {"text": "Dinner for 30 guests in Boston"}).json()
    body = {"constraints": {"date": "soon", "wine": "red"}}
    answer = program.patch(f"/api/requests/{made['id']}", body)
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == {
        "constraints.date", "constraints.wine",
    }  # fmt: skip
    assert program.get(f"/api/requests/{made['id']}").json() == made
