"""A whole cluster killed or stopped in mid-sending, and a new one that goes on by itself."""

import time
from collections import Counter

import pytest
from django.contrib.auth.models import User
from django.test import Client

from outreach.models import Attempt, Campaign, Message
from outreach.sending.pool import UNKNOWN_AT_MOST
from tests.cluster import running_cluster, wait_for
from tests.factories import make_approved, make_mailbox
from tests.smtp_sink import Sink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
COUNT = 100


def slowly(to: str, count: int) -> str:
    time.sleep(0.005)  # so that there is a middle to be killed in
    return "250 taken"


def statuses(campaign: Campaign) -> Counter[str]:
    return Counter(Message.objects.filter(campaign=campaign).values_list("status", flat=True))


def at_rest(campaign: Campaign) -> bool:
    return set(statuses(campaign)) <= {"sent", "uncertain"}


def test_a_cluster_killed_whole_is_followed_by_one_that_goes_on(
    sink: Sink, ella: User, client: Client
) -> None:
    sink.answer = slowly
    campaign = make_approved(COUNT, ella, mailbox=make_mailbox(max_connections=2))
    with running_cluster(smtp_port=sink.port) as first:
        wait_for(lambda: len(sink.mails) >= 40, what="the first forty mails")
        first.kill()
    assert not at_rest(campaign)
    assert len(sink.mails) < COUNT
    time.sleep(2.5)  # the leases of the dead run out
    with running_cluster(smtp_port=sink.port):
        wait_for(lambda: at_rest(campaign), what="the rest of the sending")
    assert sink.twice == {}
    found = statuses(campaign)
    uncertain = Message.objects.filter(campaign=campaign, status="uncertain")
    # What arrived is known as sent, or listed as perhaps sent; and nothing is neither.
    arrived = {str(mail["To"]) for mail in sink.mails}
    known = set(uncertain.values_list("to_address", flat=True))
    sent = Message.objects.filter(campaign=campaign, status="sent")
    assert set(sent.values_list("to_address", flat=True)) <= arrived
    assert len(arrived | known) == COUNT
    assert found["uncertain"] <= 2 * UNKNOWN_AT_MOST
    assert all(
        "may have taken it" in reason for reason in uncertain.values_list("reason", flat=True)
    )
    client.force_login(ella)
    page = client.get("/admin/outreach/message/?status__exact=uncertain").content.decode()
    assert all(address in page for address in known)


def test_a_cluster_is_ready_at_once_and_asked_to_stop_leaves_nothing_in_doubt(
    sink: Sink, ella: User, client: Client
) -> None:
    assert client.get("/readyz").status_code == 503
    sink.answer = slowly
    campaign = make_approved(COUNT, ella, mailbox=make_mailbox(max_connections=2))
    patient = {"EMAIL_TIMEOUT": "30", "SEND_LEASE_SECONDS": "60"}
    with running_cluster(smtp_port=sink.port, extra=patient) as cluster:
        wait_for(lambda: client.get("/readyz").status_code == 200, what="the first heartbeat")
        wait_for(lambda: len(sink.mails) >= 30, what="the first thirty mails")
        assert cluster.stop() == 0
    assert set(statuses(campaign)) <= {"sent", "approved"}
    assert statuses(campaign)["sent"] == len(sink.mails)
    assert not Attempt.objects.filter(outcome="started").exists()
