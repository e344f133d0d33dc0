"""A question is answered from what is known, or handed to a person; never invented."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from outreach.ai.client import Answer
from outreach.answers import by_model, draft
from outreach.answers.by_model import WrittenAnswer
from outreach.inbound.process import process_open
from outreach.models import Conversation, KnowledgeEntry, Message
from tests.outreach.conversations.conftest import sent_by
from tests.outreach.inbound.conftest import post, postmark

pytestmark = pytest.mark.django_db
FEE = "There is no fee for you: the other side pays it."


@pytest.fixture
def asked(ella: User) -> Message:
    return sent_by(ella)[0]


def know(question: str = "Do you charge a fee?", answer: str = FEE, **changes: Any) -> None:
    KnowledgeEntry.objects.create(question=question, answer=answer, **changes)


def hears(asked: Message, words: str, **changes: Any) -> Message:
    post(postmark(asked, words, **changes))
    process_open()
    return Message.objects.filter(direction="inbound").latest("received_at")


def want(heard: Message) -> None:
    Message.objects.filter(kind="answer").delete()
    Conversation.objects.filter(pk=heard.enrollment_id).update(answer_wanted_at=timezone.now())


def answer_to(asked: Message, words: str) -> Message | None:
    heard = hears(asked, words)
    want(heard)
    draft.draft_wanted()
    heard.refresh_from_db()
    return Message.objects.filter(kind="answer").order_by("-created_at").first()


def test_a_known_question_has_its_answer_drafted_for_review(asked: Message) -> None:
    know()
    answer = answer_to(asked, "Hello. Is there any fee?")
    assert answer is not None
    assert FEE in answer.body
    assert (answer.status, answer.flagged, answer.to_address) == (
        "ea_review", False, asked.to_address,
    )  # fmt: skip
    assert answer.subject.startswith("Re:")


def test_an_unknown_question_goes_to_a_person_and_nothing_is_drafted(asked: Message) -> None:
    know()
    assert answer_to(asked, "Can my dog stay in the house until June?") is None
    heard = Message.objects.get(direction="inbound")
    assert heard.status == "needs_attention"
    assert "No answer is known" in heard.reason
    assert "dog" in heard.reason


def test_a_half_known_mail_is_answered_in_part_and_flagged(asked: Message) -> None:
    know()
    answer = answer_to(asked, "Is there any fee? And who did you vote for?")
    assert answer is not None
    assert answer.flagged
    assert "who did you vote for" in answer.reason


@pytest.mark.parametrize(
    ("words", "greeting", "known"),
    [
        ("Buenos días. ¿Cobran ustedes alguna comisión por esto?", "Hola", "No cobramos"),
        ("Добрый день! А комиссию вы берёте?", "Здравствуйте", "Мы не берём"),
    ],
)
def test_the_answer_is_in_the_language_of_the_question(
    asked: Message, words: str, greeting: str, known: str
) -> None:
    know()
    know("¿Cobran comisión?", "No cobramos ninguna comisión.", language="es")
    know("Вы берёте комиссию?", "Мы не берём комиссию.", language="ru")
    answer = answer_to(asked, words)
    assert answer is not None
    assert answer.body.startswith(greeting)
    assert known in answer.body


def test_what_is_known_only_in_another_language_is_named(asked: Message) -> None:
    know()
    assert answer_to(asked, "Buenos días. ¿Cobran ustedes alguna comisión por esto?") is None
    assert "English" in Message.objects.get(direction="inbound").reason


def test_what_no_longer_holds_or_is_another_campaign_s_is_not_said(
    asked: Message, ella: User
) -> None:
    elsewhere = sent_by(ella)[0].campaign
    know(holds_until=timezone.localdate() - timedelta(days=1))
    know("Is there a fee?", "Five percent.", campaign=elsewhere)
    know("What fee is there?", "Ten percent.", is_active=False)
    assert answer_to(asked, "Is there any fee?") is None


def test_the_request_s_own_facts_answer_what_vendors_ask(asked: Message) -> None:
    answer = answer_to(asked, "Happy to help. How many passengers?")
    assert answer is not None
    assert "Passengers: 4" in answer.body


def test_a_model_s_answer_is_used_and_its_inventions_are_marked(
    asked: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    know()
    heard = hears(asked, "Is there any fee?")
    body = f"Hello,\n\n{FEE} A deposit of $5,400 is due on signing.\n\nElla Whitfield"
    written = WrittenAnswer(body=body, used=[1])
    monkeypatch.setattr(draft, "ask_for_answer", lambda *_args: (written, "some-model"))
    answer = draft.draft_answer(heard.pk, actor="ella")
    assert answer is not None
    assert (answer.engine, answer.flagged) == ("some-model", True)
    assert [mark["text"] for mark in answer.fact_marks] == ["$5,400"]


@pytest.mark.parametrize("used", [[], [0], [7]])
def test_a_model_that_rests_on_nothing_given_is_not_used(
    asked: Message, monkeypatch: pytest.MonkeyPatch, used: list[int]
) -> None:
    know()
    heard = hears(asked, "Is there any fee?")
    written = WrittenAnswer(body="Whatever you like, I promise.", used=used)
    answered = Answer(written, uuid4(), "some-model", "1")
    monkeypatch.setattr(by_model, "configured", lambda: True)
    monkeypatch.setattr(by_model, "connection", SimpleNamespace(in_atomic_block=False))
    monkeypatch.setattr(by_model, "ask", lambda *_args, **_ids: answered)
    answer = draft.draft_answer(heard.pk, actor="ella")
    assert answer is not None
    assert (answer.engine, FEE in answer.body) == ("knowledge", True)


def test_two_workers_draft_one_answer(asked: Message) -> None:
    know()
    heard = hears(asked, "Is there any fee?")
    want(heard)
    assert draft.draft_wanted() == 1
    assert draft.draft_wanted() == 0
    assert Message.objects.filter(kind="answer").count() == 1
