"""`POST /api/outreach/cadence/weekly`."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from outreach.models import WeeklyCadence
from outreach.sequences import weekly
from outreach.sequences.cadence import Cadence, Targets
from tests.api.conftest import Program

PATH = "/api/outreach/cadence/weekly"


def test_a_week_comes_with_its_slots_shares_and_totals(program: Program) -> None:
    asked = {
        "user_id": "user123",
        "week_start": "2026-09-16",
        "target_connection_requests": 40,
        "target_followups": 30,
    }
    answer = program.post(PATH, asked).json()
    assert (answer["week_start"], answer["time_zone"]) == ("2026-09-14", "America/New_York")
    assert answer["totals"] == {"connection_request": 40, "follow_up": 30}
    assert answer["shares"]["stealth_founder"] == 4.8
    assert sum(slot["count"] for slot in answer["slots"]) == 70
    first = answer["slots"][0]
    assert (first["at"], first["kind"]) == ("2026-09-14T09:00:00-04:00", "connection_request")
    assert datetime.fromisoformat(first["at"]).tzinfo


def test_without_wishes_the_desk_s_own_plan_counts(program: Program) -> None:
    weekly.set_cadence(Cadence(Targets(33, 2)), version=0, actor="sam")
    assert program.post(PATH).json()["totals"] == {"connection_request": 33, "follow_up": 66}


def test_it_stores_nothing(program: Program) -> None:
    assert program.post(PATH, {"target_connection_requests": 50}).status_code == 200
    assert not WeeklyCadence.objects.exists()


def test_shares_are_brought_to_100(program: Program) -> None:
    shares = {"home_owner": 3, "referral_network": 1}
    assert program.post(PATH, {"shares": shares}).json()["shares"] == {
        "home_owner": 75.0, "referral_network": 25.0,
    }  # fmt: skip


def test_a_holiday_is_told(program: Program) -> None:
    answer = program.post(PATH, {"week_start": "2026-11-26"}).json()
    assert any("Thursday 26 Nov" in reason for reason in answer["reasons"])


@pytest.mark.parametrize(
    "asked",
    [
        {"shares": {"home_owner": -1}},
        {"shares": {"home_owner": 0}},
        {"shares": {}},
        {"shares": {"martians": 5}},
        {"target_connection_requests": 201},
        {"target_connection_requests": 10**30},
        {"target_followups": -1},
        {"week_start": "9999-12-31"},
        {"week_start": "next week"},
    ],
)
def test_bad_values_are_refused_in_words(program: Program, asked: dict[str, Any]) -> None:
    answer = program.post(PATH, asked)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_the_scope_is_needed(boss: User, program_with: Callable[..., Program]) -> None:
    refused = program_with(boss, "campaigns:read").post(PATH)
    assert refused.status_code == 403
    assert "cadence:read" in refused.json()["detail"]
