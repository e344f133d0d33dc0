"""Drafts: edited over the version that was read, approved as read, skipped with a reason."""

from typing import Any

import pytest

from compliance.models import AuditEntry
from outreach.models import Message
from tests.api.conftest import Program
from tests.desk import BRIEF, add_mailbox, add_vendors

NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
def drafts(program: Program) -> list[dict[str, Any]]:
    add_mailbox()
    add_vendors(3)
    made = program.post("/api/requests", {"text": BRIEF}).json()
    campaign = program.post(f"/api/requests/{made['id']}/campaign").json()
    return program.get(f"/api/campaigns/{campaign['id']}/messages").json()["items"]


def path(draft: dict[str, Any], act: str = "") -> str:
    return f"/api/messages/{draft['id']}{act}"


def test_a_draft_is_shown_with_who_it_is_to(program: Program, drafts: Any) -> None:
    seen = program.get(path(drafts[0])).json()
    assert seen["company"].startswith("Charter")
    assert seen["contact"] == "Pat Doe"
    assert seen["status"] == "ea_review"
    assert seen["subject"]
    assert seen["body"]


def test_a_message_names_the_thread_whose_quote_is_logged(program: Program, drafts: Any) -> None:
    thread = program.get(path(drafts[0])).json()["enrollment_id"]
    quotes = f"/api/campaigns/{drafts[0]['campaign_id']}/quotes"
    said = {"enrollment_id": thread, "price": "31900", "currency": "USD"}
    assert program.post(quotes, said).status_code == 201


def test_messages_are_filtered_by_status(program: Program, drafts: Any) -> None:
    program.post(path(drafts[0], "/skip"))
    rows = f"/api/campaigns/{drafts[0]['campaign_id']}/messages"
    assert len(program.get(rows, status="ea_review").json()["items"]) == 2
    assert len(program.get(rows, status="skipped").json()["items"]) == 1
    assert program.get(rows, status="lost").status_code == 422


def test_an_edit_changes_the_words_and_the_version(program: Program, drafts: Any) -> None:
    body = drafts[0]["body"] + "\n\nKind regards"
    seen = program.patch(path(drafts[0]), {"version": 1, "body": body}).json()
    assert (seen["version"], seen["subject"]) == (2, drafts[0]["subject"])
    assert seen["body"].endswith("Kind regards")


def test_an_edit_over_an_old_version_gets_the_other_words(program: Program, drafts: Any) -> None:
    program.patch(path(drafts[0]), {"version": 1, "body": "Mine was first"})
    answer = program.patch(path(drafts[0]), {"version": 1, "body": "Mine was second"})
    assert answer.status_code == 409
    conflict = answer.json()
    assert conflict["version"] == 2
    assert conflict["theirs"]["body"] == "Mine was first"
    assert Message.objects.get(pk=drafts[0]["id"]).body == "Mine was first"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"version": 0},
        {"version": 2**70, "body": "x"},
        {"version": 1, "body": "x" * 20_001},
        {"version": 1, "subject": "a\x00b"},
    ],
)
def test_bad_edits_are_refused(program: Program, drafts: Any, body: Any) -> None:
    assert program.patch(path(drafts[0]), body).status_code == 422
    assert Message.objects.get(pk=drafts[0]["id"]).version == 1


def test_an_approval_is_the_owners(program: Program, drafts: Any) -> None:
    seen = program.post(path(drafts[0], "/approve"), {"version": 1})
    assert seen.status_code == 200, seen.json()
    assert seen.json()["status"] == "approved"
    entry = AuditEntry.objects.get(action="message.approved")
    assert (entry.actor, entry.subject_id) == ("boss", drafts[0]["id"])


def test_approving_another_version_than_stands_is_a_conflict(program: Program, drafts: Any) -> None:
    program.patch(path(drafts[0]), {"version": 1, "subject": "Other"})
    answer = program.post(path(drafts[0], "/approve"), {"version": 1})
    assert answer.status_code == 409
    assert answer.json()["version"] == 2
    assert answer.json()["theirs"]["subject"] == "Other"


def test_approving_twice_is_a_conflict(program: Program, drafts: Any) -> None:
    program.post(path(drafts[0], "/approve"), {"version": 1})
    assert program.post(path(drafts[0], "/approve"), {"version": 1}).status_code == 409


def test_a_flagged_draft_needs_a_checked_look(program: Program, drafts: Any) -> None:
    Message.objects.filter(pk=drafts[0]["id"]).update(flagged=True, reason="Look at “$9”.")
    answer = program.post(path(drafts[0], "/approve"), {"version": 1})
    assert answer.status_code == 409
    assert answer.json()["detail"] == "Look at “$9”."
    looked = program.post(path(drafts[0], "/approve"), {"version": 1, "checked": True})
    assert looked.json()["status"] == "approved"


def test_an_edit_takes_the_approval_away(program: Program, drafts: Any) -> None:
    program.post(path(drafts[0], "/approve"), {"version": 1})
    seen = program.patch(path(drafts[0]), {"version": 1, "subject": "Another subject"}).json()
    assert seen["status"] == "ea_review"


def test_a_skip_keeps_its_reason(program: Program, drafts: Any) -> None:
    seen = program.post(path(drafts[0], "/skip"), {"reason": "Client knows them"}).json()
    assert (seen["status"], seen["reason"]) == ("skipped", "Client knows them")


def test_skipping_what_is_not_in_review_is_a_conflict(program: Program, drafts: Any) -> None:
    program.post(path(drafts[0], "/approve"), {"version": 1})
    assert program.post(path(drafts[0], "/skip")).status_code == 409


@pytest.mark.parametrize("act", ["", "/approve", "/skip"])
def test_an_unknown_message_is_a_404(program: Program, act: str) -> None:
    send = program.post if act else program.patch
    assert send(f"/api/messages/{NOBODY}{act}", {"version": 1}).status_code == 404
