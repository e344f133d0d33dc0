"""Scores, segments and priorities through the API, under the names the requirements gave."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from crm.models import Company, Contact, ContactPoint
from crm.scoring import segmenting, sweep
from tests.api.conftest import Program
from tests.crm.scoring.small import make_leads
from tests.desk import add_mailbox


def make_people() -> dict[str, Contact]:
    school = Company.objects.create(
        name="Harbor Academy", industry="Education", description="A private school", employees=80
    )
    secret = {"web": "Building in stealth mode."}
    return {
        "head": person("Hana Head", role="Head of School", company=school),
        "tech": person("Theo Tech", role="CTO", tags=["edtech", "AI", "keynote"]),
        "founder": person("Fay Founder", role="Founder", ai_research_data=secret),
        "owner": person("Otto Owner"),
    }


def person(name: str, **known: Any) -> Contact:
    contact = Contact.objects.create(name=name, **known)
    value = f"{name.split()[0].lower()}@known.example"
    ContactPoint.objects.create(contact=contact, kind="email", value=value)
    return contact


def test_a_lead_s_score_comes_with_every_reason(program: Program) -> None:
    (lead,) = make_leads(1)
    sweep.tend()
    told = program.get(f"/api/leads/{lead.pk}/score").json()
    assert (told["tier"], told["stale"], told["scale"]) == ("A", False, 100)
    assert set(told["parts"]) == {"fit", "referral_capacity", "signal_strength"}
    assert {"signal": "foreclosure", "words": "foreclosure"}.items() <= {
        k: v for line in told["lines"] if line["signal"] == "foreclosure" for k, v in line.items()
    }.items()
    assert program.get(f"/api/leads/{uuid4()}/score").status_code == 404


def test_models_are_listed_with_what_is_in_force(program: Program) -> None:
    told = program.get("/api/scoring/models").json()
    assert {one["slug"]: one["version"] for one in told} == {
        "leads": 1,
        "people": 1,
        "companies": 1,
    }
    leads = next(one for one in told if one["slug"] == "leads")
    assert leads["definition"]["tiers"][0] == {"name": "A", "at_least": 43.0}


def test_segment_answers_with_tags_reasons_and_distribution(program: Program) -> None:
    people = make_people()
    sweep.tend()
    told = program.post("/api/outreach/segment", {"user_id": "u1", "prospect_ids": None}).json()
    held = {one["prospect_id"]: one for one in told["assignments"]}
    segments = {name: held[str(person.pk)]["segment"] for name, person in people.items()}
    assert segments == {
        "head": "referral_network", "tech": "thought_leadership", "founder": "stealth_founder",
        "owner": None,
    }  # fmt: skip
    founder = held[str(people["founder"].pk)]
    assert "stealth mode" in {reason["words"].lower() for reason in founder["reasons"]}
    head = {tag["kind"]: tag["value"] for tag in held[str(people["head"].pk)]["tags"]}
    assert head["industry"] == "education"
    assert head["role"] == "executive"
    assert {"engagement", "relevance"} <= set(head)
    assert [one["target"] for one in told["distribution"]] == [47.6, 47.6, 4.8]
    assert sum(one["people"] for one in told["distribution"]) + told["unassigned"] == 4
    assert told["pending"] is False


def test_segment_some_people_only(program: Program) -> None:
    people, nobody = make_people(), uuid4()
    asked = [str(people["head"].pk), str(nobody)]
    told = program.post("/api/outreach/segment", {"prospect_ids": asked}).json()
    assert [one["name"] for one in told["assignments"]] == ["Hana Head"]
    assert told["not_found"] == [str(nobody)]


def test_what_a_person_said_stays(program: Program) -> None:
    person = make_people()["head"]
    segmenting.override(person, "stealth_founder", actor="sam", because="She left to found.")
    told = program.post("/api/outreach/segment", {"prospect_ids": [str(person.pk)]}).json()
    (one,) = told["assignments"]
    assert (one["segment"], one["by"], one["why"]) == (
        "stealth_founder", "sam", "She left to found.",
    )  # fmt: skip
    assert one["suits"]["referral_network"] > 0


def test_prioritize_gives_the_best_above_the_minimums(program: Program) -> None:
    make_people()
    sweep.tend()
    body: dict[str, Any] = {
        "user_id": "user123", "min_fit_score": 40, "min_referral_capacity": 0, "limit": 50,
    }  # fmt: skip
    told = program.post("/api/outreach/prioritize", body).json()
    names = [one["name"] for one in told["prospects"]]
    assert set(names) == {"Hana Head", "Theo Tech", "Fay Founder"}
    first = told["prospects"][0]
    assert 0 <= first["priority_score"] <= 100
    assert first["points"] == pytest.approx(first["priority_score"], abs=0.01)
    assert first["reasons"][0]["words"]
    scores = [one["points"] for one in told["prospects"]]
    assert scores == sorted(scores, reverse=True)
    assert program.post("/api/outreach/prioritize", {**body, "limit": 1}).json()["total"] >= 1


@pytest.mark.parametrize(
    "body", [{"min_fit_score": 101}, {"limit": 0}, {"limit": 10**30}, {"min_fit_score": "NaN"},
             {"segment": "a\x00b"}]
)  # fmt: skip
def test_bad_minimums_are_refused(program: Program, body: dict[str, Any]) -> None:
    assert program.post("/api/outreach/prioritize", body).status_code == 422


def test_a_sequence_speaks_to_the_segment_the_person_is_in(program: Program) -> None:
    add_mailbox()
    people = make_people()
    body = {"prospect_id": str(people["tech"].pk)}
    refused = program.post("/api/outreach/sequence/generate", body).json()
    assert "Say which sequence" in refused["detail"]
    program.post("/api/outreach/segment", {"prospect_ids": None})
    told = program.post("/api/outreach/sequence/generate", body).json()
    assert told["sequence"] == "thought_leadership"


def test_scopes_are_asked_for(program_with: Any, boss: User) -> None:
    other = program_with(boss, "cadence:read")
    assert other.get("/api/scoring/models").status_code == 403
    assert other.post("/api/outreach/segment", {}).status_code == 403
    assert other.post("/api/outreach/prioritize", {}).status_code == 403
