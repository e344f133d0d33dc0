"""Who gets in: keys, scopes, permissions, and limits on both."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from outreach.api import access
from tests.api.conftest import Program

ME = "/api/me"


@pytest.fixture
def olga(db: None) -> User:
    return User.objects.create_user("olga")


def test_a_key_says_whose_it_is(program: Program) -> None:
    answer = program.get(ME).json()
    assert (answer["user"], answer["name"], answer["key"]) == ("boss", "Bo", "A program")


def test_without_a_key_a_problem_document_says_what_to_send(db: None) -> None:
    answer = Program("").get(ME)
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert "Authorization: Bearer" in answer.json()["detail"]


def test_an_unknown_key_is_refused(db: None) -> None:
    assert Program("att_abc_def").get(ME).status_code == 401


def test_a_session_is_not_a_key(client: Any, boss: User) -> None:
    client.force_login(boss)
    assert client.get(ME).status_code == 401


def test_an_expired_key_is_refused(boss: User, key_for: Callable[..., str]) -> None:
    token = key_for(boss, expires_at=timezone.now() - timedelta(seconds=1))
    assert Program(token).get(ME).status_code == 401


def test_a_key_without_the_scope_is_told_which(boss: User, program_with: Any) -> None:
    answer = program_with(boss, "quotes:read").get("/api/campaigns")
    assert answer.status_code == 403
    assert "campaigns:read" in answer.json()["detail"]


def test_the_owners_permission_is_needed_as_well(olga: User, program_with: Any) -> None:
    program = program_with(olga, "campaigns:read")
    assert program.get("/api/campaigns").status_code == 403
    olga.user_permissions.add(Permission.objects.get(codename="view_campaign"))
    assert program.get("/api/campaigns").status_code == 200


def test_guessing_keys_is_stopped_by_address(program: Program) -> None:
    for _ in range(access.FAILURES_PER_ADDRESS):
        assert Program("att_abc_def").get(ME).status_code == 401
    answer = Program("att_abc_def").get(ME)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert program.get(ME).status_code == 429


def test_a_key_has_a_rate(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "CALLS_PER_KEY", 2)
    assert [program.get(ME).status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize(
    ("trusted", "expected"), [(0, "10.0.0.9"), (1, "198.51.100.7"), (2, "203.0.113.1")]
)
def test_forwarded_addresses_count_only_behind_trusted_proxies(
    rf: Any, settings: Any, trusted: int, expected: str
) -> None:
    settings.TRUSTED_PROXIES = trusted
    request = rf.get(
        "/", REMOTE_ADDR="10.0.0.9", headers={"X-Forwarded-For": "203.0.113.1, 198.51.100.7"}
    )
    assert access.address_of(request) == expected


@pytest.mark.parametrize("path", ["/api/nothing", "/api/campaigns/1/2/3", "/api/me/x"])
def test_unknown_addresses_are_problem_documents(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_the_documentation_needs_nothing_from_elsewhere(client: Any) -> None:
    page = client.get("/api/docs")
    html = page.content.decode()
    assert page.status_code == 200
    assert "//" not in html.replace("application/json", "").replace("&#x2F;&#x2F;", "//")
    assert '"validatorUrl": null' in html


def test_an_unknown_method_is_a_problem_document(program: Program) -> None:
    answer = program.client.delete("/api/requests", headers=program.headers)
    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    assert {method.strip() for method in answer["Allow"].split(",")} == {"GET", "POST"}


def test_a_crash_is_a_problem_document_without_its_details(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*args: Any, **values: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("outreach.api.requests.page", crash)
    program.client.raise_request_exception = False
    answer = program.get("/api/requests")
    assert answer.status_code == 500
    assert answer["Content-Type"] == "application/problem+json"
    assert b"secret" not in answer.content
