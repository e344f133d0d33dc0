"""The database is away for ten seconds while the worker sends and reads: it goes on by itself."""

import time
from collections import Counter

import pytest
from django.contrib.auth.models import User

from outreach.inbound.receive import store_tracking
from outreach.models import Campaign, Message, ProviderEvent
from tests.cluster import database_url, running_cluster, wait_for
from tests.database_road import road
from tests.factories import make_approved, make_mailbox
from tests.smtp_sink import Sink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
COUNT = 100
CONNECTIONS = 2
AWAY_SECONDS = 10


def statuses(campaign: Campaign) -> Counter[str]:
    return Counter(Message.objects.filter(campaign=campaign).values_list("status", flat=True))


def slowly(to: str, count: int) -> str:
    time.sleep(0.01)
    return "250 taken"


def test_the_worker_goes_on_when_the_database_is_back(sink: Sink, ella: User) -> None:
    sink.answer = slowly
    campaign = make_approved(COUNT, ella, mailbox=make_mailbox(max_connections=CONNECTIONS))
    with road() as way, running_cluster(smtp_port=sink.port, database=database_url(way.port)):
        wait_for(lambda: len(sink.mails) >= 30, what="the first thirty mails")
        way.cut()
        store_tracking(esp="postmark", event_type="queued", key="1", payload={})
        time.sleep(AWAY_SECONDS)
        assert len(sink.mails) < COUNT
        way.mend()
        wait_for(lambda: set(statuses(campaign)) <= {"sent", "uncertain"}, what="the rest")
        wait_for(lambda: ProviderEvent.objects.get().status == "processed", what="the event")
    found = statuses(campaign)
    assert sink.twice == {}
    arrived = {str(mail["To"]) for mail in sink.mails}
    uncertain = Message.objects.filter(campaign=campaign, status="uncertain")
    known = set(uncertain.values_list("to_address", flat=True))
    assert len(arrived | known) == COUNT
    assert found["uncertain"] <= CONNECTIONS * 11
