"""Conversations and what programs report of answers the desk could not hear."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from compliance.models import Suppression
from crm.models import ContactPoint
from outreach.inbound.process import process_open
from outreach.models import Alert, Conversation, Enrollment, Message
from tests.api.conftest import Program
from tests.outreach.conversations.conftest import sent_by
from tests.outreach.inbound.conftest import post, postmark

PATH = "/api/conversations"
TRACK = "/api/outreach/track-engagement"


@pytest.fixture
def asked(ella: User) -> Message:
    (sent,) = sent_by(ella)
    post(postmark(sent, "What about the price? Do you need a car?"))
    process_open()
    return sent


@pytest.fixture
def quiet(ella: User) -> Message:
    """A thread nobody has answered yet."""
    return sent_by(ella)[0]


def of(sent: Message, act: str = "") -> str:
    return f"{PATH}/{sent.enrollment_id}{'/' if act else ''}{act}"


def test_a_conversation_comes_with_its_words_and_what_was_read(
    program: Program, asked: Message
) -> None:
    (line,) = program.get(PATH).json()["items"]
    assert (line["state"], line["intent"]) == ("replied", "question")
    detail = program.get(of(asked)).json()
    said = detail["messages"][-1]
    assert (said["direction"], said["reading"]["intent"]) == ("inbound", "question")
    assert all(
        said["body"][one["start"] : one["end"]] == one["text"]
        for one in said["reading"]["evidence"].values() if one["source"] == "text"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "count"),
    [("?state=replied", 1), ("?state=closed", 0), ("?intent=question", 1), ("?hot=true", 0),
     ("?hot=false", 1), ("?owner=nobody", 0)],
)  # fmt: skip
def test_lists_are_narrowed(program: Program, asked: Message, query: str, count: int) -> None:
    assert len(program.get(PATH + query).json()["items"]) == count


def test_reply_take_over_assign_correct_and_close(
    program: Program, asked: Message, sam: User
) -> None:
    heard = Message.objects.get(direction="inbound")
    assert program.post(of(asked, "reply"), {"body": "No car, thank you."}).status_code == 200
    assert Message.objects.filter(kind="answer", body="No car, thank you.", status="approved")
    assert program.post(of(asked, "takeover")).json()["state"] == "taken_over"
    assert program.post(of(asked, "assign"), {"to": "sam"}).json()["owner"] == "sam"
    answer = program.post(of(asked, "label"), {"message_id": str(heard.pk), "intent": "interested"})
    assert answer.json()["intent"] == "interested"
    assert program.post(of(asked, "close"), {"outcome": "won"}).json()["outcome"] == "won"


def test_a_reply_sent_twice_with_one_key_goes_once(program: Program, asked: Message) -> None:
    for _ in range(2):
        said = program.post(of(asked, "reply"), {"body": "No car."}, Idempotency_Key="r-1")
        assert said.status_code == 200
    assert Message.objects.filter(kind="answer", body="No car.").count() == 1


@pytest.mark.parametrize(
    ("act", "body", "status"),
    [
        ("reply", {"body": ""}, 422),
        ("close", {"outcome": "opted_out"}, 422),
        ("assign", {"to": "nobody"}, 409),
        ("label", {"message_id": "00000000-0000-0000-0000-000000000000", "intent": "question"},
         404),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_words(
    program: Program, asked: Message, act: str, body: dict[str, Any], status: int
) -> None:
    answer = program.post(of(asked, act), body)
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_there_is_nothing_to_answer_before_they_wrote(program: Program, quiet: Message) -> None:
    answer = program.post(of(quiet, "reply"), {"body": "Hello?"})
    assert answer.status_code == 409
    assert "have not written yet" in answer.json()["detail"]


def test_an_answer_heard_elsewhere_stops_what_was_still_to_come(
    program: Program, quiet: Message
) -> None:
    report = {
        "prospect_id": str(quiet.enrollment.contact_id), "engagement_type": "reply",
        "text": "How much is it?", "key": "crm-17",
    }  # fmt: skip
    for _ in range(2):
        assert program.post(TRACK, report).json()["intent"] == "question"
    assert Message.objects.filter(direction="inbound").count() == 1
    quiet.refresh_from_db()
    assert quiet.status == "replied"
    assert Enrollment.objects.get(pk=quiet.enrollment_id).status == "replied"


def test_a_booked_meeting_is_handed_to_a_person(
    program: Program, quiet: Message, sam: User
) -> None:
    report = {"enrollment_id": str(quiet.enrollment_id), "engagement_type": "meeting_booked"}
    assert program.post(TRACK, report).json()["state"] == "taken_over"
    assert Conversation.objects.get().hot_since
    assert Alert.objects.filter(kind="hot").exists()


def test_a_wish_to_stop_heard_elsewhere_is_obeyed(program: Program, quiet: Message) -> None:
    Enrollment.objects.filter(pk=quiet.enrollment_id).update(channel="social")
    report = {
        "enrollment_id": str(quiet.enrollment_id), "engagement_type": "reply",
        "text": "Please stop writing to me.",
    }  # fmt: skip
    assert program.post(TRACK, report).json()["outcome"] == "opted_out"
    held = set(Suppression.objects.values_list("address", flat=True))
    assert set(ContactPoint.objects.values_list("value", flat=True)) <= held


@pytest.mark.parametrize(
    ("report", "status"),
    [
        ({"engagement_type": "reply"}, 409),
        ({"prospect_id": "00000000-0000-0000-0000-000000000000", "engagement_type": "reply"}, 404),
        ({"engagement_type": "smoke signal"}, 422),
    ],
)
def test_a_report_about_nobody_is_refused(
    program: Program, report: dict[str, Any], status: int
) -> None:
    assert program.post(TRACK, report).status_code == status


def test_what_lies_ahead_has_not_happened(program: Program, quiet: Message) -> None:
    later = (timezone.now() + timedelta(days=2)).isoformat()
    report = {
        "enrollment_id": str(quiet.enrollment_id), "engagement_type": "reply", "at": later,
    }  # fmt: skip
    assert program.post(TRACK, report).status_code == 409
    assert not Message.objects.filter(direction="inbound").exists()
