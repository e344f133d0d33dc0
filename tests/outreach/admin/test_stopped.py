"""A conversation with somebody whom nothing may be sent to: why stands where one would write."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from compliance import suppression
from compliance.models import Suppression
from crm.models import ContactPoint
from outreach.models import Message
from tests.outreach.admin.test_inbox import INBOX, hears
from tests.outreach.conversations.conftest import sent_by

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
BOX = 'id="reply-body"'


@pytest.fixture
def asked(ella: User) -> Message:
    """A message whose reader asked back."""
    (sent,) = sent_by(ella)
    hears(sent, "How many passengers will there be?")
    return sent


def suppress(sent: Message, reason: str, address: str = "") -> Suppression:
    return suppression.suppress(
        "email", address or sent.to_address, reason=reason, source="reply", words="Remove us",
        received_at=timezone.now(),
    )  # fmt: skip


def pane(browser: Client, sent: Message) -> str:
    return browser.get(f"{INBOX}?show=all&c={sent.enrollment_id}").content.decode()


def test_where_nothing_can_be_sent_stands_why_and_no_box_to_write_in(
    asked: Message, ella: User, admin_client: Client, client_of: ClientOf
) -> None:
    assert BOX in pane(client_of(ella), asked)
    row = suppress(asked, "opt_out")
    page = pane(client_of(ella), asked)
    assert BOX not in page
    assert "Nothing can be sent to them" in page
    assert "Opted out" in page
    assert "Remove us" in page
    lift = reverse("admin:compliance_suppression_lift", args=[row.pk])
    assert lift not in page  # a link to what she may not do helps nobody
    assert lift in pane(admin_client, asked)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("opt_out", "a consent they give after this day lifts it"),
        ("ambiguous", "reads their words and decides"),
        ("hard_bounce", "That address takes no mail."),
    ],
)
def test_what_can_be_done_depends_on_why(
    asked: Message, ella: User, client_of: ClientOf, reason: str, words: str
) -> None:
    suppress(asked, reason)
    assert words in pane(client_of(ella), asked)


def test_a_wish_from_another_address_of_theirs_holds_and_a_bounce_there_does_not(
    asked: Message, ella: User, client_of: ClientOf
) -> None:
    thread = asked.enrollment
    assert thread is not None
    ContactPoint.objects.create(contact=thread.contact, kind="email", value="other@jets.example")
    row = suppress(asked, "hard_bounce", "other@jets.example")
    assert BOX in pane(client_of(ella), asked)
    Suppression.objects.filter(pk=row.pk).update(reason="opt_out")
    assert "Nothing can be sent to them" in pane(client_of(ella), asked)
