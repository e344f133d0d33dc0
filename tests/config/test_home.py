"""Home begins with what waits for the person who is logged in."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from config.home import waiting_for
from outreach.models import Message
from tests.outreach.conversations.conftest import Reply, reply, touched

__all__ = ["reply", "touched"]
pytestmark = pytest.mark.django_db(transaction=True)
HOME = reverse("admin:index")
HOT = "Yes, I am interested. Can you call me tomorrow at 10?"


def test_a_hot_conversation_stands_first_and_leads_to_the_inbox(
    touched: Message, reply: Reply, ella: User, client_of: Callable[[User], Client]
) -> None:
    reply(touched, HOT)
    first = next(tile for tile in waiting_for(ella) if tile.count)
    assert (first.name, first.count, first.label) == ("hot", 1, "hot conversation")
    assert client_of(ella).get(first.url).status_code == 200
    page = client_of(ella).get(HOME).content.decode()
    assert "hot conversation" in page
    assert "conversation of yours" in page


def test_who_only_reads_has_nothing_waiting(
    touched: Message, reply: Reply, ann: User, client_of: Callable[[User], Client]
) -> None:
    reply(touched, HOT)
    assert waiting_for(ann) == []
    assert "hot conversation" not in client_of(ann).get(HOME).content.decode()


def test_a_new_installation_is_told_its_first_steps(
    ella: User, client_of: Callable[[User], Client]
) -> None:
    page = client_of(ella).get(HOME).content.decode()
    assert "First steps" in page
    assert reverse("admin:crm_import_new") in page


def test_once_there_is_a_campaign_no_first_steps_are_told(
    touched: Message, ella: User, client_of: Callable[[User], Client]
) -> None:
    assert "First steps" not in client_of(ella).get(HOME).content.decode()
