"""The log-in: five wrong passwords close it for a while, in words, and only for that name."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

pytestmark = pytest.mark.django_db


def log_in(name: str, password: str) -> Any:
    return Client().post("/admin/login/", {"username": name, "password": password})


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
