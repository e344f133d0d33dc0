"""SMTP servers that are slow, hang up in the middle, or throw everybody out: nothing twice."""

import time
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from outreach.models import Campaign, Message
from outreach.sending.dispatch import dispatch
from tests.factories import make_approved, make_mailbox
from tests.smtp_sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)


def statuses(campaign: Campaign) -> Counter[str]:
    return Counter(Message.objects.filter(campaign=campaign).values_list("status", flat=True))


def dispatch_later(sink: Sink) -> None:
    """The server is well again, and the wait is over."""
    sink.answer = sink.rcpt_answer = None
    later = timezone.now() + timedelta(hours=1)
    dispatch(clock=lambda: later)


def test_a_server_too_slow_to_take_the_recipient_costs_no_try(
    sink: Sink, ella: User, settings: Any
) -> None:
    settings.EMAIL_TIMEOUT = 0.2
    sink.rcpt_answer = lambda to: time.sleep(0.6) or "250 OK"  # type: ignore[func-returns-value]
    campaign = make_approved(3, ella)
    dispatch()
    assert statuses(campaign) == {"approved": 3}
    waits = Message.objects.filter(campaign=campaign, attempts=0, reason__contains="put off")
    assert waits.exists()
    time.sleep(0.6)
    settings.EMAIL_TIMEOUT = 5
    dispatch_later(sink)
    assert statuses(campaign) == {"sent": 3}
    assert sink.twice == {}


def test_a_server_too_slow_to_say_that_it_took_the_text_leaves_it_uncertain(
    sink: Sink, ella: User, settings: Any
) -> None:
    settings.EMAIL_TIMEOUT = 0.2
    sink.answer = lambda to, count: time.sleep(0.6) or "250 taken"  # type: ignore[func-returns-value]
    campaign = make_approved(1, ella)
    dispatch()
    time.sleep(0.6)
    settings.EMAIL_TIMEOUT = 5
    dispatch_later(sink)
    assert statuses(campaign) == {"uncertain": 1}
    assert len(sink.mails) == 1


@pytest.mark.parametrize("connections", [1, 2])
def test_a_server_that_hangs_up_in_mid_batch_gets_the_rest_later(
    sink: Sink, ella: User, connections: int
) -> None:
    # Taken, and then the line goes dead before the answer.
    sink.answer = lambda to, count: None if count == 4 else "250 taken"
    campaign = make_approved(12, ella, mailbox=make_mailbox(max_connections=connections))
    dispatch()
    dispatch_later(sink)
    found = statuses(campaign)
    assert found["uncertain"] == 1
    assert found["sent"] == 11
    assert sink.twice == {}
    assert len(sink.mails) == 12


@pytest.mark.parametrize("connections", [1, 2])
def test_a_server_that_shuts_down_in_mid_batch_gets_the_rest_later(
    sink: Sink, ella: User, connections: int
) -> None:
    shut = "421 4.3.2 shutting down"
    sink.answer = lambda to, count: shut if count >= 4 else "250 taken"
    campaign = make_approved(12, ella, mailbox=make_mailbox(max_connections=connections))
    dispatch()
    assert statuses(campaign)["sent"] >= 4
    assert set(statuses(campaign)) == {"sent", "approved"}
    put_off = Message.objects.filter(campaign=campaign, reason__contains="shutting down")
    assert put_off.exists()
    dispatch_later(sink)
    assert statuses(campaign) == {"sent": 12}
    assert sink.twice == {}
