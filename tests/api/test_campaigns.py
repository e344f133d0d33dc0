"""A campaign from a request: drafts, budget, approve all, pause."""

from typing import Any

import pytest

from outreach.models import Campaign, Message
from tests.api.conftest import Program
from tests.desk import BRIEF, add_mailbox, add_vendor, add_vendors

NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
def request_id(program: Program) -> str:
    add_mailbox()
    return program.post("/api/requests", {"text": BRIEF}).json()["id"]


def campaign_of(program: Program, request_id: str, **body: Any) -> dict[str, Any]:
    answer = program.post(f"/api/requests/{request_id}/campaign", body)
    assert answer.status_code == 201, answer.json()
    return answer.json()


def test_every_suitable_vendor_gets_a_draft(program: Program, request_id: str) -> None:
    add_vendors(3)
    campaign = campaign_of(program, request_id)
    assert campaign["messages"] == {"ea_review": 3}
    assert campaign["budget"] == {"used": 0, "limit": 20}
    assert campaign["request_id"] == request_id


def test_vendors_can_be_chosen(program: Program, request_id: str) -> None:
    chosen = add_vendors(3)[1]
    campaign = campaign_of(program, request_id, vendor_ids=[str(chosen.pk)])
    assert Message.objects.get(campaign=campaign["id"]).enrollment.company == chosen  # type: ignore[union-attr]


def test_vendors_can_be_limited(program: Program, request_id: str) -> None:
    add_vendors(3)
    assert campaign_of(program, request_id, max_vendors=2)["messages"] == {"ea_review": 2}


@pytest.mark.parametrize(
    "body", [{"max_vendors": 0}, {"max_vendors": 2**70}, {"vendor_ids": []}, {"vendor_ids": ["x"]}]
)
def test_bad_choices_are_refused(program: Program, request_id: str, body: Any) -> None:
    assert program.post(f"/api/requests/{request_id}/campaign", body).status_code == 422


def test_without_vendors_the_answer_says_what_to_do(program: Program, request_id: str) -> None:
    answer = program.post(f"/api/requests/{request_id}/campaign")
    assert answer.status_code == 422
    assert "Add vendors" in answer.json()["detail"]
    assert not Campaign.objects.exists()


def test_a_campaign_for_no_request_is_a_404(program: Program) -> None:
    assert program.post(f"/api/requests/{NOBODY}/campaign").status_code == 404


def test_the_same_key_twice_makes_one_campaign(program: Program, request_id: str) -> None:
    add_vendors(2)
    path = f"/api/requests/{request_id}/campaign"
    first = program.post(path, {}, Idempotency_Key="c1")
    second = program.post(path, {}, Idempotency_Key="c1")
    assert first.json() == second.json()
    assert Campaign.objects.count() == 1


def test_approve_all_lets_go_what_may_and_names_the_rest(program: Program, request_id: str) -> None:
    add_vendors(2)
    add_vendor("By Phone", kind="phone", value="+12015550123")
    campaign = campaign_of(program, request_id)
    flagged = Message.objects.filter(channel="email").first()
    assert flagged is not None
    Message.objects.filter(pk=flagged.pk).update(flagged=True, reason="“$9” is nowhere.")
    answer = program.post(f"/api/campaigns/{campaign['id']}/approve-all").json()
    assert len(answer["approved"]) == 1
    reasons = {held["message_id"]: held["reason"] for held in answer["left_behind"]}
    assert reasons[str(flagged.pk)] == "“$9” is nowhere."
    assert len(reasons) == 2
    seen = program.get(f"/api/campaigns/{campaign['id']}").json()
    assert seen["budget"]["used"] == 1


def test_approving_needs_its_own_scope(program: Program, boss: Any, program_with: Any) -> None:
    other = program_with(boss, "campaigns:read", "campaigns:write", "messages:write")
    assert other.post(f"/api/campaigns/{NOBODY}/approve-all").status_code == 403


def test_pausing_names_who_and_why_until_resumed(program: Program, request_id: str) -> None:
    add_vendors(1)
    path = f"/api/campaigns/{campaign_of(program, request_id)['id']}"
    held = program.post(f"{path}/pause", {"reason": "Client unsure"}).json()
    assert (held["paused"], held["paused_by"], held["pause_reason"]) == (
        True,
        "boss",
        "Client unsure",
    )
    assert program.get(path).json()["paused"] is True
    assert program.post(f"{path}/resume").json()["paused"] is False


def test_campaigns_are_listed_newest_first(program: Program, request_id: str) -> None:
    add_vendors(1)
    made = [campaign_of(program, request_id)["id"] for _ in range(3)]
    items = program.get("/api/campaigns").json()["items"]
    assert [item["id"] for item in items] == made[::-1]


def test_a_list_asks_the_same_few_questions_however_long(
    program: Program, request_id: str, django_assert_max_num_queries: Any
) -> None:
    add_vendors(12)
    campaign = campaign_of(program, request_id)
    path = f"/api/campaigns/{campaign['id']}/messages"
    program.get(path)  # the key's use is recorded once a minute
    # The key with its owner, the campaign, the page with vendors and contacts.
    with django_assert_max_num_queries(3):
        assert len(program.get(path).json()["items"]) == 12
