"""Every operation against every key: only the scope and the permission it names open it."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission, User

from config.api import api
from outreach import api_keys
from outreach.api import access
from tests.api.conftest import Program

# Questions that need a body; they keep nothing.
QUESTIONS = {
    "/api/compliance/check",
    "/api/outreach/cadence/weekly",
    "/api/outreach/prioritize",
    "/api/outreach/sequence/generate",
    "/api/segments/count",
}
OPEN_TO_EVERY_KEY = {"/api/me"}


def operations() -> Iterator[tuple[str, str, access.ApiKeyAuth]]:
    """Method, path with values that lead nowhere, and what opens it."""
    for prefix, router in api._routers:
        for route, view in router.path_operations.items():
            path = re.sub(r"/+", "/", f"/api/{prefix}/{route}")
            path = re.sub(r"{[^}]+}", str(uuid4()), path)
            for operation in view.operations:
                (auth,) = operation.auth_callbacks
                assert isinstance(auth, access.ApiKeyAuth)
                for method in operation.methods:
                    yield method, path, auth


LOCKED = [found for found in operations() if found[1] not in OPEN_TO_EVERY_KEY]
NAMES = [f"{method} {re.sub('[0-9a-f-]{36}', 'id', path)}" for method, path, _auth in LOCKED]
each = pytest.mark.parametrize(("method", "path", "auth"), LOCKED, ids=NAMES)


def call(token: str, method: str, path: str) -> int:
    program = Program(token)
    body = {"data": "{}", "content_type": "application/json"}
    ask = getattr(program.client, method.lower())
    return int(ask(path, headers=program.headers, **({} if method == "GET" else body)).status_code)


@pytest.fixture(autouse=True)
def _no_rates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "CALLS_PER_KEY", 10**9)


@pytest.fixture
def olga(db: None) -> User:
    return User.objects.create_user("olga")


@each
def test_a_key_with_every_other_scope_stays_outside(
    method: str, path: str, auth: access.ApiKeyAuth, boss: User, key_for: Callable[..., str]
) -> None:
    others = [scope for scope in api_keys.SCOPES if scope != auth.scope]
    assert call(key_for(boss, *others), method, path) == 403


@each
def test_the_scope_alone_does_not_open_it(
    method: str, path: str, auth: access.ApiKeyAuth, olga: User, key_for: Callable[..., str]
) -> None:
    assert call(key_for(olga), method, path) == 403


@each
def test_its_scope_and_its_permission_open_it(
    method: str, path: str, auth: access.ApiKeyAuth, olga: User, key_for: Callable[..., str]
) -> None:
    app, codename = str(auth.permission).split(".")
    held = Permission.objects.get(content_type__app_label=app, codename=codename)
    olga.user_permissions.add(held)
    assert call(key_for(olga, str(auth.scope)), method, path) not in {401, 403, 500}


def test_who_only_reads_writes_nothing_with_any_key(ann: User, key_for: Callable[..., str]) -> None:
    token = key_for(ann)
    writing = {(method, path) for method, path, _auth in LOCKED
               if method != "GET" and path not in QUESTIONS}  # fmt: skip
    let_in = {(method, path) for method, path in writing if call(token, method, path) != 403}
    assert not let_in


def test_reading_scopes_never_write() -> None:
    written = {path for method, path, auth in LOCKED
               if method != "GET" and str(auth.scope).endswith(":read")}  # fmt: skip
    assert written <= QUESTIONS, written - QUESTIONS


def test_writing_scopes_are_not_needed_to_read() -> None:
    read = {path: auth.scope for method, path, auth in LOCKED
            if method == "GET" and not str(auth.scope).endswith(":read")}  # fmt: skip
    assert not read


def test_the_walk_finds_every_operation(program: Program) -> None:
    document: dict[str, Any] = program.get("/api/openapi.json").json()
    named = sum(len(operations_) for operations_ in document["paths"].values())
    assert len(list(operations())) == named
