"""Keys: unreadable once made, and dead the moment they should be."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from compliance.models import AuditEntry
from outreach import api_keys
from outreach.models import ApiKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return User.objects.create_user("olga")


def make(owner: User, **options: object) -> tuple[ApiKey, str]:
    return api_keys.create(
        owner=owner,
        name="CRM sync",
        scopes=["campaigns:read"],
        actor="olga",
        **options,  # type: ignore[arg-type]
    )


def test_a_key_opens_the_door(owner: User) -> None:
    key, token = make(owner)
    assert api_keys.find(token) == key


def test_no_column_holds_the_key(owner: User) -> None:
    key, token = make(owner)
    secret = token.split("_", 2)[2]
    row = ApiKey.objects.filter(pk=key.pk).values().get()
    assert not any(secret in str(value) for value in row.values())
    assert not any(secret in str(entry.data) for entry in AuditEntry.objects.all())


def test_two_keys_differ(owner: User) -> None:
    assert make(owner)[1] != make(owner)[1]


@pytest.mark.parametrize(
    "token", ["", "att", "att__", "att_x_y", "att_" + "a" * 50 + "_b", "xyz_a_b", "att_\x00_b", "é"]
)
def test_nonsense_opens_nothing(owner: User, token: str) -> None:
    make(owner)
    assert api_keys.find(token) is None


def test_the_right_prefix_with_the_wrong_secret_opens_nothing(owner: User) -> None:
    _, token = make(owner)
    assert api_keys.find(token[:-1] + ("A" if token[-1] != "A" else "B")) is None


def test_a_revoked_key_opens_nothing_and_the_ledger_says_who(owner: User) -> None:
    key, token = make(owner)
    assert api_keys.revoke(key, actor="sam", reason="laptop lost")
    assert api_keys.find(token) is None
    entry = AuditEntry.objects.get(action="api_key.revoked")
    assert (entry.actor, entry.reason) == ("sam", "laptop lost")


def test_revoking_twice_changes_nothing(owner: User) -> None:
    key, _ = make(owner)
    api_keys.revoke(key, actor="sam")
    assert not api_keys.revoke(key, actor="sam")


def test_an_expired_key_opens_nothing(owner: User) -> None:
    _, token = make(owner, expires_at=timezone.now() - timedelta(seconds=1))
    assert api_keys.find(token) is None


def test_the_key_of_somebody_who_left_opens_nothing(owner: User) -> None:
    _, token = make(owner)
    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert api_keys.find(token) is None


@pytest.mark.parametrize("scopes", [[], ["everything"], ["campaigns:read", "root"]])
def test_a_key_needs_scopes_that_exist(owner: User, scopes: list[str]) -> None:
    with pytest.raises(ValueError, match="scope"):
        api_keys.create(owner=owner, name="x", scopes=scopes, actor="olga")


def test_use_is_recorded_once_a_minute(owner: User) -> None:
    key, _ = make(owner)
    api_keys.record_use(key)
    key.refresh_from_db()
    first = key.last_used_at
    api_keys.record_use(key)
    key.refresh_from_db()
    assert first is not None
    assert key.last_used_at == first
