"""Several connections of a mailbox, driven by one thread: none waits for another."""

import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import User

from outreach.models import Campaign, Message
from outreach.sending.dispatch import dispatch
from tests.factories import make_approved, make_mailbox
from tests.smtp_sink import Sink, running_sink

pytestmark = pytest.mark.django_db(transaction=True)
COUNT, CONNECTIONS = 30, 3


def queued(ella: User) -> Campaign:
    return make_approved(COUNT, ella, mailbox=make_mailbox(max_connections=CONNECTIONS))


def statuses(campaign: Campaign) -> Counter[str]:
    return Counter(Message.objects.filter(campaign=campaign).values_list("status", flat=True))


def test_a_server_that_thinks_long_about_one_mail_is_given_the_others(
    sink: Sink, ella: User
) -> None:
    campaign = queued(ella)
    sink.holds = lambda to: to.startswith("person4@") and len(sink.mails) < COUNT - 1
    dispatch()
    assert statuses(campaign) == {"sent": COUNT}
    assert str(sink.mails[-1]["To"]).startswith("person4@")


def test_everybody_is_waited_for_at_once(sink: Sink, ella: User) -> None:
    campaign = queued(ella)
    sink.wait = lambda _to: 0.1
    start = time.monotonic()
    dispatch()
    took = time.monotonic() - start
    assert statuses(campaign) == {"sent": COUNT}
    assert took < 0.1 * COUNT, "one after the other would have taken longer"


def test_a_connection_that_falls_silent_is_given_up_while_others_still_answer(
    sink: Sink, ella: User, settings: Any
) -> None:
    settings.EMAIL_TIMEOUT = 1
    campaign = queued(ella)
    sink.wait = lambda to: 60 if to.startswith("person4@") else 0.15
    dispatch()
    assert statuses(campaign)["uncertain"] == 1
    silent = Message.objects.get(campaign=campaign, status="uncertain")
    assert silent.to_address.startswith("person4@")
    last = Message.objects.filter(campaign=campaign, status="sent").latest("sent_at")
    assert last.sent_at is not None
    assert silent.updated_at < last.sent_at, "nobody waited for the others to end"
    assert statuses(campaign) == {"uncertain": 1, "sent": COUNT - 1}
    after = [str(mail["To"]) for mail in sink.mails]
    assert len(after) == COUNT - 1
    assert sink.twice == {}


@dataclass
class Narrow(Sink):
    """Lets so many connections in, and shows the others out."""

    allowed: int = 1
    inside: int = 0

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        if self.inside >= self.allowed:
            return ["421 4.7.0 too many connections"]
        self.inside += 1
        session.host_name = hostname
        return responses

    async def handle_HELO(self, server: Any, session: Any, envelope: Any, hostname: str) -> str:
        return "421 4.7.0 too many connections"


def dispatch_to(narrow: Narrow, ella: User, settings: Any) -> Campaign:
    with running_sink(narrow):
        settings.EMAIL_PORT = narrow.port
        campaign = queued(ella)
        dispatch()
    return campaign


@pytest.mark.parametrize("allowed", [1, 2])
def test_a_server_that_allows_fewer_connections_gets_all_over_those(
    sink: Sink, ella: User, settings: Any, allowed: int
) -> None:
    narrow = Narrow(allowed=allowed)
    campaign = dispatch_to(narrow, ella, settings)
    assert statuses(campaign) == {"sent": COUNT}
    assert (len(narrow.mails), narrow.twice) == (COUNT, {})


def test_a_server_that_allows_none_leaves_all_for_later(
    sink: Sink, ella: User, settings: Any
) -> None:
    campaign = dispatch_to(Narrow(allowed=0), ella, settings)
    assert statuses(campaign) == {"approved": COUNT}
    waiting = Message.objects.filter(campaign=campaign)
    assert set(waiting.values_list("hand_over_at", flat=True)) == {None}
    assert waiting.filter(reason__contains="too many connections").exists()
