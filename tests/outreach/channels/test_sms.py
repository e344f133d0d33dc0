"""Texts handed to Twilio over HTTP: what it is told, and what each of its answers means for us."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from config.demo.twilio import TwilioStandIn
from outreach.channels.outcomes import Outcome
from outreach.channels.sms import SmsConnection, validity_of
from outreach.choices import AttemptOutcome
from outreach.models import Mailbox, Message

NUMBER, OWNER = "+13055550100", "+13055550142"


@pytest.fixture
def town(settings: Any) -> Iterator[TwilioStandIn]:
    """A running stand-in that the settings point to."""
    running = TwilioStandIn(report=False)
    settings.TWILIO_API_URL = running.start()
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN = running.account, running.token
    settings.TWILIO_FROM, settings.PUBLIC_URL = NUMBER, "http://desk.invalid"
    yield running
    running.stop()


@pytest.fixture
def link(town: TwilioStandIn) -> Iterator[SmsConnection]:
    connection = SmsConnection()
    assert connection.open() is None
    yield connection
    connection.close()


def text(**changes: Any) -> Message:
    return Message(channel="sms", **{"to_address": OWNER, "body": "Hello from the desk", **changes})


def send(link: SmsConnection, message: Message, deadline: datetime | None = None) -> Outcome:
    message.deadline = deadline
    return link.send(link.prepare(message, timezone.now()))


def test_a_text_is_taken_with_everything_the_provider_must_know(
    town: TwilioStandIn, link: SmsConnection
) -> None:
    message = text(body="Привет " * 12)
    outcome = send(link, message, timezone.now() + timedelta(minutes=31))
    taken = town.sent[0]
    assert (outcome.result, outcome.provider) == (AttemptOutcome.SENT, "twilio")
    assert (outcome.provider_message_id, outcome.detail) == (taken.sid, "1 segments")
    assert (taken.to, taken.from_, taken.body) == (OWNER, NUMBER, message.body)
    assert 1790 <= int(taken.fields["ValidityPeriod"]) <= 1800
    assert taken.fields["StatusCallback"] == (
        f"http://desk.invalid/webhooks/twilio/status?message={message.pk}"
    )


def test_a_mailbox_sends_from_its_own_number_or_service(town: TwilioStandIn) -> None:
    for sender in ("+17865550111", "MG" + "a" * 32):
        connection = SmsConnection(Mailbox(channel="sms", from_number=sender))
        connection.open()
        assert send(connection, text()).result == AttemptOutcome.SENT
        connection.close()
    assert [taken.from_ for taken in town.sent] == ["+17865550111", "MG" + "a" * 32]


def test_one_connection_carries_many_texts_and_opens_again(
    town: TwilioStandIn, link: SmsConnection
) -> None:
    assert all(send(link, text()).result == AttemptOutcome.SENT for _ in range(5))
    link.close()
    assert link.open() is None
    assert send(link, text()).result == AttemptOutcome.SENT
    assert len(town.sent) == 6


def test_what_cannot_arrive_inside_the_window_is_not_handed_over(
    town: TwilioStandIn, link: SmsConnection
) -> None:
    outcome = send(link, text(), timezone.now() + timedelta(seconds=40))
    assert outcome.result == AttemptOutcome.TEMPORARY
    assert "window" in outcome.detail
    assert town.sent == []


def test_the_provider_keeps_a_text_ten_hours_at_most() -> None:
    now = timezone.now()
    assert validity_of(now + timedelta(hours=20), now=now) == timedelta(hours=10)
    assert validity_of(now + timedelta(hours=2), now=now) == timedelta(hours=1, minutes=59)
    assert validity_of(None, now=now) is None


@pytest.mark.parametrize(
    ("code", "result", "trouble"),
    [
        (21610, AttemptOutcome.PERMANENT, False),
        (21614, AttemptOutcome.PERMANENT, False),
        (30007, AttemptOutcome.PERMANENT, False),
        (20429, AttemptOutcome.TEMPORARY, True),
        (21611, AttemptOutcome.TEMPORARY, True),
        (30034, AttemptOutcome.TEMPORARY, True),
        (30027, AttemptOutcome.TEMPORARY, False),
        (99999, AttemptOutcome.PERMANENT, False),
    ],
)
def test_each_refusal_is_dealt_with_as_the_table_says(
    town: TwilioStandIn, link: SmsConnection, code: int, result: AttemptOutcome, trouble: bool
) -> None:
    town.refuse[OWNER] = (code, "Refused")
    outcome = send(link, text())
    assert (outcome.result, outcome.code, outcome.mailbox_trouble) == (result, code, trouble)
    assert str(code) in outcome.detail


@pytest.mark.parametrize(
    "changes", [{"to_address": "305 555"}, {"to_address": ""}, {"body": " "}, {"body": "a" * 1601}]
)
def test_what_the_provider_would_refuse_is_not_offered(
    town: TwilioStandIn, link: SmsConnection, changes: dict[str, str]
) -> None:
    assert send(link, text(**changes)).result == AttemptOutcome.PERMANENT
    assert town.sent == []


def test_a_wrong_token_stops_the_sender_and_not_the_text(
    town: TwilioStandIn, settings: Any
) -> None:
    settings.TWILIO_AUTH_TOKEN = "wrong"
    connection = SmsConnection()
    connection.open()
    outcome = send(connection, text())
    assert (outcome.result, outcome.code) == (AttemptOutcome.TEMPORARY, 20003)
    assert outcome.mailbox_trouble


def test_without_the_three_variables_it_says_which_are_missing(settings: Any) -> None:
    settings.TWILIO_ACCOUNT_SID = settings.TWILIO_AUTH_TOKEN = settings.TWILIO_FROM = ""
    outcome = SmsConnection().open()
    assert outcome is not None
    assert outcome.mailbox_trouble
    for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM"):
        assert name in outcome.detail


def test_nobody_listening_is_a_temporary_trouble(town: TwilioStandIn, settings: Any) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.TWILIO_API_URL = f"http://127.0.0.1:{probe.getsockname()[1]}"
        connection = SmsConnection()
        connection.open()
        outcome = send(connection, text())
    assert (outcome.result, outcome.mailbox_trouble) == (AttemptOutcome.TEMPORARY, True)


def test_a_connection_that_breaks_after_the_post_leaves_it_uncertain(
    town: TwilioStandIn, settings: Any
) -> None:
    assert answered_with(b"", settings).result == AttemptOutcome.UNCERTAIN


def test_an_answer_that_never_comes_leaves_it_uncertain(town: TwilioStandIn, settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        settings.TWILIO_API_URL = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        settings.TWILIO_TIMEOUT = 0.3
        connection = SmsConnection()
        connection.open()
        assert send(connection, text()).result == AttemptOutcome.UNCERTAIN


def test_an_answer_that_is_no_answer_leaves_it_uncertain(
    town: TwilioStandIn, settings: Any
) -> None:
    odd = b"HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\nhm{}"
    assert answered_with(odd, settings).result == AttemptOutcome.UNCERTAIN


@pytest.mark.parametrize(
    ("status", "result"),
    [
        ("500 Error", AttemptOutcome.TEMPORARY),
        ("503 Busy", AttemptOutcome.TEMPORARY),
        ("502 Bad gateway", AttemptOutcome.UNCERTAIN),
        ("504 Gateway timeout", AttemptOutcome.UNCERTAIN),
    ],
)
def test_a_gateway_that_waited_in_vain_leaves_it_uncertain(
    town: TwilioStandIn, settings: Any, status: str, result: AttemptOutcome
) -> None:
    body = b'{"message": "no answer", "status": 504}'
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    assert answered_with(head.encode() + b"\r\n\r\n" + body, settings).result == result


def answered_with(answer: bytes, settings: Any) -> Outcome:
    """The outcome of a text whose post is taken by a server that answers with these bytes."""
    with socket.create_server(("127.0.0.1", 0)) as odd:
        settings.TWILIO_API_URL = f"http://127.0.0.1:{odd.getsockname()[1]}"

        def serve() -> None:
            peer, _address = odd.accept()
            peer.recv(65536)
            peer.sendall(answer)
            peer.close()

        threading.Thread(target=serve, daemon=True).start()
        connection = SmsConnection()
        connection.open()
        return send(connection, text())


def test_nobody_pays_for_the_library_before_the_first_text() -> None:
    program = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; "
        "django.setup(); import config.urls, outreach.channels.sms; "
        "sys.exit('twilio.rest' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
