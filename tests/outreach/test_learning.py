"""Vendors' answer rate and time follow what really happened in the threads."""

from datetime import UTC, datetime, timedelta

import pytest

from crm.models import Company
from outreach.choices import Direction, MessageKind, MessageStatus
from outreach.learning import learn_contacted, learn_response
from outreach.models import Enrollment, Message
from tests.outreach.drafting.test_follow_ups import enrollment as enrollment

pytestmark = pytest.mark.django_db

ASKED = datetime(2026, 11, 23, 15, tzinfo=UTC)


def reply(enrollment: Enrollment, hours: float, kind: str = MessageKind.REPLY) -> Message:
    return Message.objects.create(
        enrollment=enrollment, campaign=enrollment.campaign, direction=Direction.INBOUND,
        kind=kind, status=MessageStatus.RECEIVED, body="Yes",
        received_at=ASKED + timedelta(hours=hours),
    )  # fmt: skip


def learned() -> tuple[int, int, float | None]:
    company = Company.objects.get()
    return company.times_contacted, company.times_replied, company.response_hours


def test_a_first_message_counts_as_contact_and_a_follow_up_does_not(enrollment: Enrollment) -> None:
    first = Message.objects.get()
    follow_up = Message(kind=MessageKind.FOLLOW_UP, enrollment=enrollment)
    learn_contacted([first, follow_up])
    assert learned() == (1, 0, None)


def test_the_first_answer_of_a_thread_counts_with_its_time(enrollment: Enrollment) -> None:
    learn_response(reply(enrollment, 6))
    learn_response(reply(enrollment, 30))
    assert learned() == (0, 1, 6.0)


def test_automatic_replies_and_bounces_teach_nothing(enrollment: Enrollment) -> None:
    learn_response(reply(enrollment, 1, MessageKind.AUTO_REPLY))
    learn_response(reply(enrollment, 1, MessageKind.BOUNCE))
    assert learned() == (0, 0, None)


def test_an_answer_to_nothing_we_sent_teaches_nothing(enrollment: Enrollment) -> None:
    Message.objects.update(sent_at=None)
    learn_response(reply(enrollment, 1))
    assert learned() == (0, 0, None)
