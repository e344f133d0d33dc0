"""Messages whose hand-over began together: what was not spoken of is taken back, nothing twice."""

import threading
import time
from collections import Counter
from datetime import timedelta
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from outreach import pause
from outreach.models import Campaign, Message
from outreach.sending import sender
from outreach.sending.dispatch import dispatch
from outreach.sending.reconcile import recover_expired
from outreach.sending.sender import BLINK
from tests.factories import make_approved, make_mailbox
from tests.smtp_sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)


def statuses(campaign: Campaign) -> Counter[str]:
    return Counter(Message.objects.filter(campaign=campaign).values_list("status", flat=True))


@pytest.mark.parametrize("connections", [1, 2])
def test_a_pause_while_a_slow_server_takes_one_of_a_handful_holds_the_rest(
    sink: Sink, ella: User, connections: int
) -> None:
    """The handful was begun together: what was not yet spoken of is taken back."""
    campaign = make_approved(40, ella, mailbox=make_mailbox(max_connections=connections))
    fast = 20  # by then each connection begins whole handfuls

    def stop() -> None:
        pause.pause_campaign(campaign, actor="ella")
        connection.close()  # of this thread

    def answer(to: str, count: int) -> str:
        if count == fast:
            other = threading.Thread(target=stop)
            other.start()
            other.join()
        if count >= fast:
            time.sleep(2 * BLINK)
        return "250 taken"

    sink.answer = answer
    dispatch()
    # What was at the server, and of the other connection what left within the blink.
    assert fast < len(sink.mails) <= fast + connections
    assert statuses(campaign) == {"sent": len(sink.mails), "approved": 40 - len(sink.mails)}
    waiting = Message.objects.filter(campaign=campaign, status="approved")
    assert set(waiting.values_list("hand_over_at", "attempts", "rfc_message_id")) == {(None, 0, "")}


def test_a_server_that_throws_us_out_in_mid_handful_leaves_the_rest_untried(
    sink: Sink, ella: User
) -> None:
    campaign = make_approved(30, ella)
    sink.answer = lambda to, count: "421 come back later" if count >= 18 else "250 taken"
    dispatch()
    assert statuses(campaign) == {"sent": 18, "approved": 12}
    waiting = Message.objects.filter(campaign=campaign, status="approved")
    assert set(waiting.values_list("hand_over_at", "attempts")) == {(None, 0)}


def test_what_left_and_could_not_be_written_down_is_uncertain_not_lost(
    sink: Sink, ella: User
) -> None:
    campaign = make_approved(8, ella)
    with mock.patch.object(sender, "record_sent", side_effect=RuntimeError("disk full")):
        dispatch()
    assert statuses(campaign) == {"sending": 8}
    recover_expired(timezone.now() + timedelta(hours=1))
    assert statuses(campaign) == {"uncertain": 8}
    assert (len(sink.mails), sink.twice) == (8, {})
