"""Lists show what somebody wrote, and not what their mail quotes."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from outreach.inbound.process import process_open
from outreach.models import Message
from tests.outreach.conversations.conftest import sent_by
from tests.outreach.inbound.conftest import post, postmark

pytestmark = pytest.mark.django_db
REPLY = (
    "We can fly that day.\n\n"
    "On Tue, 01 Dec 2026 14:30:01 +0000, Ella wrote:\n> Could you quote for a light jet?\n"
)


@pytest.fixture
def asked(ella: User) -> Message:
    (sent,) = sent_by(ella)
    post(postmark(sent, REPLY, event_id="e1", message_id="<m1@jets.example>"))
    process_open()
    return sent


@pytest.mark.parametrize("name", ["outreach_heard", "outreach_rules_try", "outreach_inbox"])
def test_a_list_shows_their_own_words(
    name: str, asked: Message, sam: User, client_of: Callable[[User], Client]
) -> None:
    page = client_of(sam).get(reverse(f"admin:{name}")).content.decode()
    assert "We can fly that day." in page
    assert "Could you quote" not in page
    assert "Ella wrote" not in page


def test_a_persons_page_tells_what_was_said(
    asked: Message, sam: User, client_of: Callable[[User], Client]
) -> None:
    where = reverse("admin:crm_contact_change", args=[asked.enrollment.contact_id])  # type: ignore[union-attr]
    page = client_of(sam).get(where).content.decode()
    assert "They wrote by e-mail" in page
    assert "We wrote by e-mail" in page
    assert "We can fly that day." in page
    assert "Ella wrote" not in page


def test_rules_that_are_in_force_are_not_offered_to_be_switched_on(
    asked: Message, sam: User, client_of: Callable[[User], Client]
) -> None:
    page = client_of(sam).get(reverse("admin:outreach_rules_try")).content.decode()
    assert "Switch these rules on" not in page
