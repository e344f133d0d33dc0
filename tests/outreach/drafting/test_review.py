"""What a person edits is judged like a machine's draft, with the thread as a further record."""

import pytest

from outreach.choices import Direction, MessageKind, MessageStatus
from outreach.drafting.review import review_content
from outreach.models import Enrollment, Message
from tests.outreach.drafting.test_follow_ups import enrollment as enrollment

pytestmark = pytest.mark.django_db


def test_an_invented_price_is_marked_and_a_placeholder_forbidden(enrollment: Enrollment) -> None:
    message = Message.objects.get()
    review = review_content(message, message.subject, "Hello [Name], we pay $12,345.")
    assert review.problems == ["The text still has a placeholder: “[Name]”."]
    assert [mark.text for mark in review.marks if mark.kind == "price"] == ["$12,345"]


def test_the_vendors_own_price_may_be_quoted_back(enrollment: Enrollment) -> None:
    first = Message.objects.get()
    Message.objects.create(
        enrollment=enrollment, campaign=enrollment.campaign, direction=Direction.INBOUND,
        kind=MessageKind.REPLY, status=MessageStatus.PROCESSED, body="We can do $38,500.",
    )  # fmt: skip
    assert review_content(first, "Re: jet", "Is $38,500 your last word?").marks == []


def test_the_machines_own_invention_does_not_back_itself(enrollment: Enrollment) -> None:
    message = Message.objects.get()
    message.original = {"subject": "", "body": "We pay $12,345."}
    assert review_content(message, "Re: jet", "We pay $12,345.").marks
