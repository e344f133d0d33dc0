"""The day they named comes: the sequence goes on, or a person is reminded; never against a wish."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from outreach.conversations import acts
from outreach.conversations.resuming import resume_due
from outreach.models import Alert, Campaign, Conversation, Enrollment, Message
from outreach.sequences.advance import advance
from tests.outreach.conversations.conftest import Reply, sent_by, talk_of

pytestmark = pytest.mark.django_db(transaction=True)

LATER = "Not now. Please contact me again in three months."


def come(heard: Message) -> dict[str, int]:
    Conversation.objects.filter(pk=heard.enrollment_id).update(
        resume_at=timezone.now() - timedelta(minutes=1)
    )
    return resume_due()


def thread(message: Message) -> Enrollment:
    return Enrollment.objects.get(pk=message.enrollment_id)


def test_the_sequence_goes_on_with_its_next_touch(touched: Message, reply: Reply) -> None:
    heard = reply(touched, LATER)
    assert thread(heard).status == "replied"
    assert resume_due() == {"went_on": 0, "reminded": 0}
    assert come(heard) == {"went_on": 1, "reminded": 0}
    assert (thread(heard).status, talk_of(heard).state) == ("active", "awaiting")
    assert resume_due() == {"went_on": 0, "reminded": 0}
    advance()
    steps = Message.objects.filter(enrollment=heard.enrollment_id, step=2)
    assert steps.exists() or thread(heard).next_touch_at


def test_where_no_touch_is_left_a_person_is_reminded(
    touched: Message, reply: Reply, ella: User
) -> None:
    heard = reply(touched, LATER)
    Enrollment.objects.update(step=2)
    assert come(heard) == {"went_on": 0, "reminded": 1}
    assert Alert.objects.get().kind == "reminder"
    assert talk_of(heard).owner == ella


def test_a_vendor_is_not_written_to_by_itself(ella: User, reply: Reply) -> None:
    heard = reply(sent_by(ella)[0], LATER)
    assert come(heard) == {"went_on": 0, "reminded": 1}


def test_a_finished_campaign_is_not_woken(touched: Message, reply: Reply, ella: User) -> None:
    heard = reply(touched, LATER)
    Campaign.objects.update(status="cancelled")
    assert come(heard) == {"went_on": 0, "reminded": 1}


def test_who_asked_us_to_stop_since_is_left_alone(touched: Message, reply: Reply) -> None:
    heard = reply(touched, LATER)
    reply(touched, "Please remove me from your list.")
    assert talk_of(heard).resume_at is None
    assert come(heard) == {"went_on": 0, "reminded": 0}
    assert thread(heard).status == "stopped"


def test_what_a_person_has_by_then_stays_with_them(
    touched: Message, reply: Reply, ella: User
) -> None:
    heard = reply(touched, LATER)
    acts.take_over(heard.enrollment_id, actor=ella)  # type: ignore[arg-type]
    assert come(heard) == {"went_on": 0, "reminded": 0}
    assert thread(heard).status == "handed_over"
