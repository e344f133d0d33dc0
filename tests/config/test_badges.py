"""The counts beside the sidebar's entries: each in its place, and anew while a page stays open."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from outreach.choices import MessageStatus
from outreach.models import Message
from tests.outreach.conversations.conftest import Reply, reply, touched

__all__ = ["reply", "touched"]
pytestmark = pytest.mark.django_db(transaction=True)
BADGES = reverse("admin:badges")


def shown(page: str) -> dict[str, str]:
    """What stands in each badge; a hidden one is empty."""
    found = re.findall(r'<span id="badge-(\w+)"([^>]*)>([^<]*)</span>', page)
    return {name: "" if "hidden" in rest.split() else count for name, rest, count in found}


def test_the_same_counts_in_the_sidebar_and_for_a_page_that_is_open(
    touched: Message, reply: Reply, ella: User, client_of: Callable[[User], Client]
) -> None:
    browser = client_of(ella)
    before = shown(browser.get(BADGES).content.decode())
    assert before["needs_attention"] == ""
    reply(touched, "Hm?")
    Message.objects.filter(kind="reply").update(status=MessageStatus.NEEDS_ATTENTION)
    anew = browser.get(BADGES).content.decode()
    assert shown(anew)["needs_attention"] == "1"
    assert anew.count('hx-swap-oob="true"') == len(shown(anew))
    page = browser.get(reverse("admin:index")).content.decode()
    assert shown(page) == shown(anew)
    assert "hx-swap-oob" not in page


def test_nobody_is_told_what_they_may_not_see(
    ann: User, client_of: Callable[[User], Client]
) -> None:
    assert "duplicates" not in shown(client_of(ann).get(BADGES).content.decode())
    assert Client().get(BADGES).status_code == 302
