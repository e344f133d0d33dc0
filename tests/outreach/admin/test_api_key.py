"""Keys in the admin: made, shown once, revoked, and never anybody else's business."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from outreach import api_keys
from outreach.models import ApiKey

pytestmark = pytest.mark.django_db
LIST = reverse("admin:outreach_apikey_changelist")
ADD = reverse("admin:outreach_apikey_add")


@pytest.fixture
def boss() -> User:
    return User.objects.create_superuser("boss", "boss@desk.example", "pass")


@pytest.fixture
def browser(boss: User) -> Client:
    client = Client()
    client.force_login(boss)
    return client


def make(browser: Client, **changes: Any) -> Any:
    form = {
        "name": "CRM sync",
        "scopes": ["campaigns:read"],
        "expires_at_0": "",
        "expires_at_1": "",
    }
    return browser.post(ADD, {**form, **changes})


def test_a_new_key_is_shown_once_and_works(browser: Client, boss: User) -> None:
    page = make(browser)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    token = re.search(r"att_[0-9a-f]{12}_[\w-]+", page.content.decode())
    assert token is not None
    key = api_keys.find(token[0])
    assert key is not None
    assert (key.owner, key.scopes) == (boss, ["campaigns:read"])
    later = browser.get(reverse("admin:outreach_apikey_change", args=[key.pk]))
    assert later.status_code == 200
    assert token[0] not in later.content.decode()


@pytest.mark.parametrize("changes", [{"scopes": []}, {"scopes": ["root"]}, {"name": ""}])
def test_a_key_without_name_or_known_scope_is_not_made(browser: Client, changes: Any) -> None:
    assert "att_" not in make(browser, **changes).content.decode()
    assert not ApiKey.objects.exists()


def test_keys_are_not_edited(browser: Client) -> None:
    make(browser)
    key = ApiKey.objects.get()
    url = reverse("admin:outreach_apikey_change", args=[key.pk])
    answer = browser.post(url, {"name": "Other", "scopes": ["quotes:write"]})
    assert answer.status_code == 403
    key.refresh_from_db()
    assert (key.name, key.scopes) == ("CRM sync", ["campaigns:read"])


def test_revoking_ends_a_key_and_keeps_the_row(browser: Client) -> None:
    make(browser)
    key = ApiKey.objects.get()
    browser.post(LIST, {"action": "revoke_keys", "_selected_action": [str(key.pk)]})
    key.refresh_from_db()
    assert key.revoked_at is not None
    assert "revoked" in browser.get(LIST).content.decode()


def test_others_see_only_their_own_keys(browser: Client, sam: User, client_of: Any) -> None:
    make(browser)
    admin = User.objects.create_user("ada", is_staff=True)
    admin.groups.add(*sam.groups.model.objects.filter(name="Admin"))
    seen = client_of(admin).get(LIST)
    assert seen.status_code == 200
    assert "CRM sync" not in seen.content.decode()


def test_an_assistant_has_no_key_page(ella: User, client_of: Any) -> None:
    assert client_of(ella).get(LIST).status_code == 403
    assert client_of(ella).get(ADD).status_code == 403
