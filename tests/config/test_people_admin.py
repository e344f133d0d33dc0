"""Accounts and roles: changed on record, and nobody raises themselves above the house."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from compliance.models import AuditEntry

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def ada(db: None) -> User:
    """An administrator by role."""
    ada = User.objects.create_user("ada", "ada@desk.example", "pass", is_staff=True)
    ada.groups.add(Group.objects.get(name="Admin"))
    return ada


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_superuser("owner", "owner@desk.example", "pass")


def change(person: User) -> str:
    return reverse("admin:auth_user_change", args=[person.pk])


def form_of(person: User, **changes: str) -> dict[str, str]:
    joined = person.date_joined
    times = {"date_joined_0": f"{joined:%Y-%m-%d}", "date_joined_1": f"{joined:%H:%M:%S}"}
    return {"username": person.username, "is_active": "on", "is_staff": "on", **times, **changes}


def test_an_administrator_makes_nobody_a_superuser(
    ada: User, ella: User, client_of: ClientOf
) -> None:
    for person in (ella, ada):
        answer = client_of(ada).post(change(person), form_of(person, is_superuser="on"))
        assert answer.status_code == 302
    assert not User.objects.filter(is_superuser=True).exists()


def test_a_superusers_account_is_not_theirs_to_change(
    ada: User, owner: User, client_of: ClientOf
) -> None:
    client = client_of(ada)
    password = {"password1": "Taken-over-7", "password2": "Taken-over-7", "usable_password": "true"}
    at_password = reverse("admin:auth_user_password_change", args=[owner.pk])
    at_delete = reverse("admin:auth_user_delete", args=[owner.pk])
    assert client.post(change(owner), form_of(owner, username="mine")).status_code == 403
    assert client.post(at_password, password).status_code == 403
    assert client.post(at_delete, {"post": "yes"}).status_code == 403
    many = {"action": "delete_selected", "_selected_action": [owner.pk], "post": "yes"}
    client.post(reverse("admin:auth_user_changelist"), many)
    owner.refresh_from_db()
    assert owner.username == "owner"
    assert owner.check_password("pass")


def test_new_rights_stand_in_the_ledger(ada: User, ella: User, client_of: ClientOf) -> None:
    staff = Group.objects.get(name="Staff")
    client_of(ada).post(change(ella), form_of(ella, groups=str(staff.pk)))
    entry = AuditEntry.objects.get(action="user.changed")
    assert (entry.actor, entry.subject_id) == ("ada", str(ella.pk))
    assert "Groups" in str(entry.data)
    assert set(ella.groups.all()) == {staff}


def test_a_superuser_may(owner: User, ella: User, client_of: ClientOf) -> None:
    client_of(owner).post(change(ella), form_of(ella, is_superuser="on"))
    ella.refresh_from_db()
    assert ella.is_superuser
