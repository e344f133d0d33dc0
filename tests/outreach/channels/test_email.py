"""What a mail provider's answer over HTTP says of a message: taken, not taken, or nobody knows."""

from typing import Any

import pytest
from django.core.mail import EmailMessage
from pytest_httpserver import HTTPServer

from outreach.channels.email import EmailConnection
from outreach.channels.talk import finish
from outreach.models import Mailbox


@pytest.fixture
def provider(httpserver: HTTPServer, settings: Any) -> HTTPServer:
    """A provider of the usual kind, with a mailbox's connection that leads to it."""
    settings.EMAIL_CONNECTIONS = {
        "esp": {
            "backend": "anymail.backends.postmark.EmailBackend",
            "server_token": "secret",
            "api_url": httpserver.url_for("/"),
        }
    }
    return httpserver


def outcome_of(provider: HTTPServer, status: int) -> str:
    provider.expect_request("/email").respond_with_json(
        {"ErrorCode": 0 if status == 200 else 1, "Message": "said", "MessageID": "m-1",
         "To": "jo@jets.example", "SubmittedAt": "2026-01-01T10:00:00Z"},
        status=status,
    )  # fmt: skip
    connection = EmailConnection(Mailbox(name="Desk", connection="esp"))
    assert connection.open() is None
    mail = EmailMessage("Hi", "Text", "ella@desk.example", ["jo@jets.example"])
    return str(finish(connection.talk(mail)).result)


def test_what_the_provider_took_is_sent(provider: HTTPServer) -> None:
    assert outcome_of(provider, 200) == "sent"


@pytest.mark.parametrize("status", [408, 425, 429, 500, 503])
def test_what_it_says_it_did_not_take_is_tried_again(provider: HTTPServer, status: int) -> None:
    assert outcome_of(provider, status) == "temporary"


@pytest.mark.parametrize("status", [502, 504, 520, 524, 599])
def test_what_broke_on_the_way_may_have_left(provider: HTTPServer, status: int) -> None:
    """A gateway that waited in vain does not know: to try again could send twice."""
    assert outcome_of(provider, status) == "uncertain"


@pytest.mark.parametrize("status", [400, 401, 403, 406, 413, 422])
def test_what_it_refuses_is_refused_for_good(provider: HTTPServer, status: int) -> None:
    assert outcome_of(provider, status) == "permanent"
