"""The log-in: five wrong passwords close it for a while, in words, and only for that name."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

pytestmark = pytest.mark.django_db


def log_in(name: str, password: str, **headers: str) -> Any:
    tried = {"username": name, "password": password}
    return Client().post("/admin/login/", tried, headers=headers or None)


def test_too_many_wrong_passwords_lock_the_name_and_say_so(
    ella: User, sam: User, settings: Any
) -> None:
    settings.AXES_ENABLED = True
    for _ in range(5):
        answer = log_in("ella", "wrong")
    assert answer.status_code == 429
    assert "Locked for a while" in answer.content.decode()
    assert log_in("ella", "pass").status_code == 429
    assert log_in("sam", "pass").status_code == 302


def test_a_right_password_opens_the_desk(ella: User, settings: Any) -> None:
    settings.AXES_ENABLED = True
    assert log_in("ella", "pass").status_code == 302


def test_behind_a_proxy_a_stranger_does_not_shut_the_owner_out(ella: User, settings: Any) -> None:
    settings.AXES_ENABLED, settings.TRUSTED_PROXIES = True, 1
    for _ in range(6):
        answer = log_in("ella", "wrong", **{"X-Forwarded-For": "203.0.113.9"})
    assert answer.status_code == 429
    assert log_in("ella", "pass", **{"X-Forwarded-For": "198.51.100.7"}).status_code == 302


def test_who_invents_addresses_is_counted_by_the_one_they_have(ella: User, settings: Any) -> None:
    settings.AXES_ENABLED, settings.TRUSTED_PROXIES = True, 0
    for n in range(6):
        answer = log_in("ella", "wrong", **{"X-Forwarded-For": f"203.0.113.{n}"})
    assert answer.status_code == 429


def test_what_is_no_address_breaks_nothing(ella: User, settings: Any) -> None:
    settings.AXES_ENABLED, settings.TRUSTED_PROXIES = True, 1
    assert log_in("ella", "wrong", **{"X-Forwarded-For": "unknown"}).status_code == 200
    assert log_in("ella", "pass", **{"X-Forwarded-For": "unknown"}).status_code == 302
