"""Programs that call at the same moment, over HTTP: one approval, of the words that were read."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django.live_server_helper import LiveServer

from compliance.models import AuditEntry
from crm.models import Request
from outreach import lifecycle
from outreach.models import Approval, Message, StoredAnswer
from tests.desk import BRIEF
from tests.factories import make_campaign, make_drafts

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MANY, ROUNDS = 8, 6
Call = tuple[str, str, dict[str, Any], dict[str, str]]


@pytest.fixture
def at_once(
    live_server: LiveServer, boss: User, key_for: Callable[..., str]
) -> Callable[[list[Call]], list[tuple[int, dict[str, Any]]]]:
    """`at_once(calls)` lets all calls go at one moment; status and document of each."""
    token = key_for(boss)

    def send(call: Call, start: Barrier) -> tuple[int, dict[str, Any]]:
        method, path, body, headers = call
        request = urllib.request.Request(
            live_server.url + path,
            json.dumps(body).encode(),
            {"Authorization": f"Bearer {token}", "Content-Type": "application/json", **headers},
            method=method,
        )
        start.wait()
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refusal:
            return refusal.code, json.load(refusal)

    def all_of(calls: list[Call]) -> list[tuple[int, dict[str, Any]]]:
        start = Barrier(len(calls))
        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(lambda call: send(call, start), calls))

    return all_of


@pytest.fixture
def draft() -> Message:
    return make_drafts(make_campaign(), 1)[0]


def approval_of(draft: Message, **headers: str) -> Call:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return "POST", f"/api/messages/{draft.pk}/approve", {"version": 1}, named


def edit_of(draft: Message, body: str) -> Call:
    return "PATCH", f"/api/messages/{draft.pk}", {"version": 1, "body": body}, {}


def test_of_many_who_approve_one_draft_one_does(at_once: Any, draft: Message) -> None:
    answers = at_once([approval_of(draft) for _ in range(MANY)])
    assert sorted(status for status, _ in answers) == [200, *[409] * (MANY - 1)]
    assert Approval.objects.count() == 1
    assert AuditEntry.objects.filter(action="message.approved").count() == 1


def test_what_is_approved_is_what_was_read_whoever_writes_meanwhile(at_once: Any) -> None:
    for draft in make_drafts(make_campaign(), ROUNDS):
        calls = [edit_of(draft, f"Words number {n}.") for n in range(3)]
        calls += [approval_of(draft) for _ in range(3)]
        answers = at_once(calls)
        assert {status for status, _ in answers} <= {200, 409}
        assert sum(status == 200 for status, _ in answers[:3]) <= 1, "one edit of a version wins"
        now = Message.objects.get(pk=draft.pk)
        standing = Approval.objects.filter(message=draft, voided_at=None)
        if now.status == "approved":
            assert (now.version, now.body) == (1, draft.body)
        else:
            assert (now.status, now.version) == ("ea_review", 2)
        hashes = list(standing.values_list("content_hash", flat=True))
        assert hashes == [lifecycle.content_hash(now)] * (now.status == "approved")
        given = Approval.objects.filter(message=draft).values_list("content_hash", flat=True)
        assert set(given) <= {lifecycle.content_hash(draft)}


def test_one_key_with_an_approval_sent_twice_approves_once_and_tells_both(
    at_once: Any, draft: Message
) -> None:
    answers = at_once([approval_of(draft, Idempotency_Key="same") for _ in range(MANY)])
    assert {status for status, _ in answers} <= {200, 409}
    assert Approval.objects.count() == 1
    ((status, told),) = at_once([approval_of(draft, Idempotency_Key="same")])
    assert (status, told["status"]) == (200, "approved")


def test_different_keys_do_not_let_one_draft_go_twice(at_once: Any, draft: Message) -> None:
    answers = at_once([approval_of(draft, Idempotency_Key=f"key {n}") for n in range(MANY)])
    assert sorted(status for status, _ in answers) == [200, *[409] * (MANY - 1)]
    assert Approval.objects.count() == 1


def test_one_key_does_not_stand_for_two_different_calls(at_once: Any) -> None:
    first, second = make_drafts(make_campaign(), 2)
    calls = [approval_of(one, Idempotency_Key="same") for one in (first, second) for _ in range(4)]
    answers = at_once(calls)
    assert {status for status, _ in answers} <= {200, 409}
    assert Approval.objects.values("message").distinct().count() == 1


def test_a_brief_sent_many_times_with_one_key_is_one_request(at_once: Any) -> None:
    call = ("POST", "/api/requests", {"text": BRIEF}, {"Idempotency-Key": "brief"})
    answers = at_once([call] * MANY)
    assert {status for status, _ in answers} <= {201, 409}
    assert Request.objects.count() == 1
    other = ("POST", "/api/requests", {"text": f"{BRIEF} Two dogs."}, {"Idempotency-Key": "brief"})
    assert [status for status, _ in at_once([other] * 2)] == [409, 409]
    assert Request.objects.count() == 1


def test_a_key_whose_first_call_fails_meanwhile_is_free_and_no_mistake_of_ours(
    at_once: Any, draft: Message
) -> None:
    refused = ("POST", f"/api/messages/{draft.pk}/approve", {"version": 2}, {})
    for turn in range(ROUNDS):
        calls = [(*refused[:3], {"Idempotency-Key": f"turn {turn}"})] * MANY
        assert {status for status, _ in at_once(calls)} == {409}
    assert not StoredAnswer.objects.exists()
    assert not Approval.objects.exists()
