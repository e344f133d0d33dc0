"""In whose name a command acts."""

import pytest
from django.contrib.auth.models import Permission, User

from compliance.actors import UnknownActorError, acting_user

pytestmark = pytest.mark.django_db
MAY = "compliance.add_suppression"


def test_the_named_person_acts_if_they_may() -> None:
    olga = User.objects.create_user("olga")
    olga.user_permissions.add(Permission.objects.get(codename="add_suppression"))
    assert acting_user("olga", permission=MAY) == olga


def test_a_person_without_the_right_does_not() -> None:
    User.objects.create_user("olga")
    with pytest.raises(UnknownActorError, match="lacks the permission"):
        acting_user("olga", permission=MAY)


def test_somebody_who_left_does_not() -> None:
    User.objects.create_user("olga", is_active=False)
    with pytest.raises(UnknownActorError, match="no active user"):
        acting_user("olga", permission=MAY)


def test_the_only_administrator_needs_no_naming() -> None:
    boss = User.objects.create_superuser("boss")
    assert acting_user("", permission=MAY) == boss


@pytest.mark.parametrize("administrators", [0, 2])
def test_otherwise_a_name_is_needed(administrators: int) -> None:
    for n in range(administrators):
        User.objects.create_superuser(f"boss{n}")
    with pytest.raises(UnknownActorError, match="--user"):
        acting_user("", permission=MAY)
