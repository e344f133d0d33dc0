"""Programs with keys: `key_for(user, …scopes)` makes one, `api(token)` speaks with it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from outreach import api_keys


class Program:
    """An HTTP client that sends a bearer key and JSON."""

    def __init__(self, token: str) -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, **query: Any) -> HttpResponse:
        return self.client.get(path, query, headers=self.headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self._send("post", path, body, headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self._send("patch", path, body, headers)

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> HttpResponse:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return getattr(self.client, method)(
            path,
            json.dumps({} if body is None else body),
            content_type="application/json",
            headers={**self.headers, **names},
        )


@pytest.fixture
def boss(db: None) -> User:
    """May everything; what their key may is then decided by its scopes alone."""
    return User.objects.create_superuser("boss", "boss@desk.example", "pass", first_name="Bo")


@pytest.fixture
def key_for() -> Callable[..., str]:
    """`key_for(user, "campaigns:read")` is a key's text; without scopes it has them all."""

    def make(user: User, *scopes: str, **options: Any) -> str:
        _key, token = api_keys.create(
            owner=user,
            name="A program",
            scopes=list(scopes or api_keys.SCOPES),
            actor=user.username,
            **options,
        )
        return token

    return make


@pytest.fixture
def program(boss: User, key_for: Callable[..., str]) -> Program:
    """A program that may everything."""
    return Program(key_for(boss))


@pytest.fixture
def program_with(key_for: Callable[..., str]) -> Callable[..., Program]:
    """`program_with(user, "campaigns:read")` may only that."""
    return lambda user, *scopes: Program(key_for(user, *scopes))
