"""`manage.py campaign`: from a request to approved drafts, and the brakes."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User

from compliance.models import AuditEntry
from outreach.models import Campaign, Message
from tests.desk import BRIEF, add_mailbox, add_vendor, add_vendors

NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
def request_id(run: Any, boss: User) -> str:
    add_mailbox()
    return json.loads(run("request", "create", BRIEF, "--json").out)["id"]


@pytest.fixture
def campaign_id(run: Any, request_id: str) -> str:
    add_vendors(2)
    return json.loads(run("campaign", "create", request_id, "--json").out)["id"]


def test_a_campaign_has_a_draft_for_each_vendor(run: Any, request_id: str) -> None:
    add_vendors(3)
    done = run("campaign", "create", request_id, "--max-vendors", "2", "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["drafts"] == 2
    assert Message.objects.count() == 2


def test_more_drafts_go_to_vendors_that_came_later(run: Any, campaign_id: str) -> None:
    add_vendor("Late Wings")
    done = run("campaign", "generate-drafts", campaign_id, "--json")
    made = json.loads(done.out)
    assert made["drafts"] == 1
    assert len(made["left_out"]) == 2


def test_status_shows_the_budget_line(run: Any, campaign_id: str) -> None:
    assert "0 of 20 contacts used" in run("campaign", "status", campaign_id).out
    facts = json.loads(run("campaign", "status", campaign_id, "--json").out)
    assert facts["messages"] == {"ea_review": 2}


def test_approve_acts_in_a_persons_name(run: Any, campaign_id: str) -> None:
    assert "2 approved" in run("campaign", "approve", campaign_id).out
    approvals = AuditEntry.objects.filter(action="message.approved")
    assert {entry.actor for entry in approvals} == {"boss"}


def test_approve_names_what_it_leaves_behind(run: Any, campaign_id: str) -> None:
    first = Message.objects.first()
    assert first is not None
    Message.objects.filter(pk=first.pk).update(flagged=True, reason="Look at “$9”.")
    out = run("campaign", "approve", campaign_id).out
    assert "1 approved, 1 left behind." in out
    assert "Look at “$9”." in out


def test_pause_holds_until_resume(run: Any, campaign_id: str) -> None:
    assert "Paused." in run("campaign", "pause", campaign_id, "--reason", "Client unsure").out
    assert Campaign.objects.get().pause_reason == "Client unsure"
    assert "already" in run("campaign", "pause", campaign_id).out
    assert "Goes on." in run("campaign", "resume", campaign_id).out
    assert not Campaign.objects.get().paused


@pytest.mark.parametrize(
    "words",
    [
        ["status", NOBODY],
        ["create", NOBODY],
        ["approve", NOBODY],
        ["pause", NOBODY],
        ["status", "not-an-id"],
        ["create", NOBODY, "--max-vendors", "0"],
        ["fly", NOBODY],
    ],
)
def test_bad_input_ends_in_a_sentence(run: Any, boss: User, words: list[str]) -> None:
    done = run("campaign", *words)
    assert done.code != 0
    assert done.err
    assert "Traceback" not in done.err


def test_a_person_without_the_right_is_refused(run: Any, campaign_id: str) -> None:
    User.objects.create_user("temp")
    done = run("campaign", "approve", campaign_id, "--user", "temp")
    assert (done.code, Message.objects.filter(status="approved").count()) == (1, 0)
    assert "lacks the permission" in done.err


def test_without_vendors_it_says_what_to_do(run: Any, request_id: str) -> None:
    done = run("campaign", "create", request_id)
    assert done.code == 1
    assert "Add vendors" in done.err


def test_the_brakes_tell_programs_where_it_stands(run: Any, campaign_id: str) -> None:
    for verb, paused in (("pause", True), ("resume", False)):
        told = json.loads(run("campaign", verb, campaign_id, "--json").out)
        assert (told["id"], told["paused"], told["changed"]) == (campaign_id, paused, True)
        assert json.loads(run("campaign", verb, campaign_id, "--json").out)["changed"] is False
