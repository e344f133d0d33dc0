"""Many at once: leads are shared out, each is passed on once, and a look beats a passing on."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from outreach.conversations import acts, handoff, moves
from outreach.errors import NotAllowedNow
from outreach.inbound.process import process_one
from outreach.models import Alert, Campaign, Conversation, Message, ProviderEvent, StaffDuty
from tests.outreach.conversations.conftest import sent_by
from tests.outreach.inbound.conftest import post, postmark

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

HOT = "Yes, I am interested. Can you call me tomorrow at 10?"
LEADS = 12


@pytest.fixture
def asked(touched: Message, ella: User, sam: User) -> list[Message]:
    for user in (ella, sam):
        StaffDuty.objects.create(user=user, quiet_from=None, quiet_until=None)
    rows = sent_by(ella, LEADS)
    Campaign.objects.filter(pk=rows[0].campaign_id).update(
        kind="sequence",
        sequence_version=touched.campaign.sequence_version,  # type: ignore[union-attr]
    )
    return rows


def at_once(*acts_: Callable[[], object]) -> list[BaseException]:
    """Every act in a thread of its own, begun together; returns what was raised."""
    raised: list[BaseException] = []
    together = threading.Barrier(len(acts_))

    def run(act: Callable[[], object]) -> None:
        together.wait()
        try:
            act()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts_]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


def hear_hot(asked: list[Message]) -> None:
    for number, one in enumerate(asked):
        post(postmark(one, HOT, event_id=f"hot{number}", message_id=f"<hot{number}@jets.example>"))


def test_leads_that_come_at_once_are_shared_out(asked: list[Message]) -> None:
    hear_hot(asked)
    events = list(ProviderEvent.objects.values_list("pk", flat=True))
    assert not at_once(*(lambda pk=pk: process_one(pk) for pk in events))
    owners = Counter(Conversation.objects.values_list("owner__username", flat=True))
    assert owners == {"ella": LEADS // 2, "sam": LEADS // 2}
    assert Alert.objects.filter(kind="hot").count() == LEADS


def test_each_is_passed_on_once_however_many_look_after_it(asked: list[Message]) -> None:
    hear_hot(asked)
    for pk in ProviderEvent.objects.values_list("pk", flat=True):
        process_one(pk)
    later = timezone.now() + timedelta(minutes=16)
    assert not at_once(*(lambda: handoff.pass_on_unseen(later) for _ in range(4)))
    assert Alert.objects.filter(kind="passed_on").count() == LEADS


def test_a_look_and_a_passing_on_leave_one_owner(
    asked: list[Message], ella: User, sam: User
) -> None:
    hear_hot(asked[:1])
    for pk in ProviderEvent.objects.values_list("pk", flat=True):
        process_one(pk)
    thread = asked[0].enrollment_id
    assert thread
    later = timezone.now() + timedelta(minutes=16)
    raised = at_once(
        lambda: acts.acknowledge(thread, actor=ella),
        lambda: handoff.pass_on_unseen(later),
        lambda: acts.take_over(thread, actor=sam),
    )
    assert all(isinstance(error, NotAllowedNow) for error in raised)
    talk = Conversation.objects.get(pk=thread)
    assert talk.owner_id in {ella.pk, sam.pk}
    assert talk.acknowledged_at
    assert talk.pass_on_at is None
    told = [step.what for step in moves.history(thread)]
    assert told.count("passed_on") <= 1


def test_they_write_again_while_it_is_passed_on(asked: list[Message]) -> None:
    one = asked[0]
    hear_hot([one])
    for pk in ProviderEvent.objects.values_list("pk", flat=True):
        process_one(pk)
    post(postmark(one, f"Hello? {HOT}", event_id="again", message_id="<again@jets.example>"))
    event = ProviderEvent.objects.get(key__contains="again")
    later = timezone.now() + timedelta(minutes=16)
    raised = at_once(
        lambda: process_one(event.pk),
        lambda: handoff.pass_on_unseen(later),
        lambda: handoff.pass_on_unseen(later),
    )
    assert not raised
    event.refresh_from_db()
    assert event.status == "processed", event.detail
