"""A field that tells of another row links there for who may open it, and is a name to others."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from outreach.models import Mailbox

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def mailbox(sam: User) -> Mailbox:
    return Mailbox.objects.create(name="Desk", from_email="desk@attache.example", owner=sam)


def page_of(mailbox: Mailbox, reader: User, client_of: ClientOf) -> str:
    where = reverse("admin:outreach_mailbox_change", args=[mailbox.pk])
    return client_of(reader).get(where).content.decode()


def test_who_may_not_open_a_colleague_s_page_reads_their_name(
    mailbox: Mailbox, ann: User, sam: User, client_of: ClientOf
) -> None:
    page = page_of(mailbox, ann, client_of)
    assert "sam" in page
    assert reverse("admin:auth_user_change", args=[sam.pk]) not in page


def test_who_may_open_it_is_led_there(
    mailbox: Mailbox, ann: User, sam: User, client_of: ClientOf
) -> None:
    ann.user_permissions.add(Permission.objects.get(codename="view_user"))
    reader = User.objects.get(pk=ann.pk)
    page = page_of(mailbox, reader, client_of)
    assert reverse("admin:auth_user_change", args=[sam.pk]) in page
