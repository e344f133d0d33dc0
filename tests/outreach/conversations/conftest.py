"""A thread that has been written to, and replies that come into it."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from outreach.inbound.process import process_open
from outreach.models import Campaign, Conversation, Enrollment, Message
from outreach.sending.render import rfc_message_id
from tests.factories import make_approved
from tests.outreach.inbound.conftest import post, postmark
from tests.outreach.sequences.build import make_drip

Reply = Callable[..., Message]


def sent_by(ella: User, count: int = 1, **campaign: Any) -> list[Message]:
    """So many messages that left and wait for an answer, of one campaign."""
    made = make_approved(count, ella, **campaign)
    Message.objects.filter(campaign=made).update(status="sent", sent_at=timezone.now())
    rows = list(Message.objects.select_related("enrollment__contact", "campaign").filter(
        campaign=made
    ))  # fmt: skip
    for row in rows:  # as the hand-over stores it
        row.rfc_message_id = rfc_message_id(row)
        row.save(update_fields=["rfc_message_id"])
    return rows


@pytest.fixture
def asked(ella: User) -> Message:
    """A message that left and waits for an answer."""
    return sent_by(ella)[0]


@pytest.fixture
def touched(ella: User) -> Message:
    """A touch of a sequence that left and waits for an answer."""
    message = sent_by(ella)[0]
    version = make_drip().sequence_version
    Campaign.objects.filter(pk=message.campaign_id).update(
        kind="sequence", sequence_version=version
    )
    Enrollment.objects.filter(pk=message.enrollment_id).update(version=version, step=1)
    Message.objects.filter(pk=message.pk).update(step=1)
    return Message.objects.select_related("enrollment__contact", "campaign").get(pk=message.pk)


@pytest.fixture
def reply() -> Reply:
    """`reply(asked, words, **changes)` comes in by webhook and is worked off; returns what came."""
    numbers = itertools.count()

    def come(asked: Message, words: str, **changes: Any) -> Message:
        number = next(numbers)
        changes.setdefault("event_id", f"event-{number}")
        changes.setdefault("message_id", f"<reply-{number}@jets.example>")
        assert post(postmark(asked, words, **changes)).status_code == 200
        process_open()
        return Message.objects.filter(direction="inbound").latest("received_at")

    return come


def talk_of(message: Message) -> Conversation:
    return Conversation.objects.get(enrollment=message.enrollment_id)
