"""A reply becomes a reading: once, in its place, and asked about where it is unsure."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from compliance.models import AuditEntry
from outreach.models import (
    Campaign,
    Enrollment,
    Message,
    MessageReading,
    WebhookDelivery,
    WebhookEndpoint,
)
from outreach.signals import reply_received
from quotes import reading, tasks
from quotes.choices import EntryMethod, QuoteStatus
from quotes.comparison.facts import Extra
from quotes.manual import log_quote
from quotes.models import Quote
from quotes.understood import Understood
from quotes.values import QuoteValues
from tests.outreach.sequences.build import make_drip

Reply = Callable[..., Message]


def quoted(price: str = "42000", *reasons: str, **values: Any) -> Understood:
    return Understood(
        QuoteValues(**{"price": Decimal(price), "currency": "USD", **values}),
        evidence={"price": {"text": "$42,000", "start": 0, "end": 7, "source": "body"}},
        confidence={"price": 0.95},
        reasons=reasons,
        engine="rules",
    )


def answered(kind: str) -> Understood:
    return Understood(QuoteValues(kind=kind), {}, {}, (), "rules")


@pytest.fixture
def thread(vendor: Callable[..., Enrollment]) -> Enrollment:
    return vendor("TurnKey Jets")


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Callable[[Understood], None]:
    """`says(quoted())`: what the engine finds in the next mails."""

    def set_answer(understood: Understood) -> None:
        monkeypatch.setattr(reading, "understand", lambda message: understood)

    return set_answer


def test_a_sure_reading_stands(thread: Enrollment, reply: Reply, says: Any) -> None:
    says(quoted(extras=(Extra("FET", None, Decimal("7.5")),), fields={"aircraft": "CJ3+"}))
    message = reply(thread, "$42,000")
    quote = reading.read_reply(message.pk)
    assert quote is not None
    assert (quote.status, quote.price, quote.entry_method) == (
        QuoteStatus.CURRENT, 42000, EntryMethod.AUTO,
    )  # fmt: skip
    assert (quote.message_id, quote.engine) == (message.pk, "rules")
    assert [extra.percent for extra in quote.extras.all()] == [Decimal("7.500")]
    assert AuditEntry.objects.get(action="quote.read").data["price"] == "42000.00"


def test_an_unsure_reading_waits_with_its_reasons(
    thread: Enrollment, reply: Reply, says: Any, boss: User
) -> None:
    before = log_quote(thread, actor=boss, price="50000", currency="USD")
    says(quoted("42000", "8 × $175 is not $1,500."))
    quote = reading.read_reply(reply(thread, "$42,000").pk)
    assert quote is not None
    assert (quote.status, quote.review_reasons) == (
        QuoteStatus.NEEDS_REVIEW, ["8 × $175 is not $1,500."],
    )  # fmt: skip
    before.refresh_from_db()
    assert before.status == QuoteStatus.CURRENT


def test_an_unknown_sender_is_not_trusted_silently(
    thread: Enrollment, reply: Reply, says: Any
) -> None:
    says(quoted())
    quote = reading.read_reply(reply(thread, "$42,000", sender_known=False).pk)
    assert quote is not None
    assert quote.status == QuoteStatus.NEEDS_REVIEW
    assert "nobody in this thread had used before" in quote.review_reasons[0]


def test_a_quote_is_news_for_other_programs_once(
    thread: Enrollment, reply: Reply, says: Any, ella: User
) -> None:
    WebhookEndpoint.objects.create(
        name="CRM", url="https://crm.example/hook", events=["quote.received"], owner=ella
    )
    says(quoted())
    message = reply(thread, "$42,000")
    reading.read_reply(message.pk)
    reading.read_reply(message.pk)
    told = WebhookDelivery.objects.get().payload["data"]
    assert (told["price"], told["currency"], told["enrollment_id"]) == (
        "42000.00", "USD", str(thread.pk),
    )  # fmt: skip


def test_reading_twice_leaves_one_reading(thread: Enrollment, reply: Reply, says: Any) -> None:
    says(quoted())
    message = reply(thread, "$42,000")
    first = reading.read_reply(message.pk)
    assert reading.read_reply(message.pk) == first
    assert Quote.objects.count() == 1


def test_a_revised_quote_supersedes_and_keeps_the_first(
    thread: Enrollment, reply: Reply, says: Any
) -> None:
    says(quoted("45000"))
    first = reading.read_reply(reply(thread, "$45,000").pk)
    says(quoted("42000"))
    second = reading.read_reply(reply(thread, "$42,000").pk)
    assert first is not None
    assert second is not None
    first.refresh_from_db()
    assert (first.status, second.status) == (QuoteStatus.SUPERSEDED, QuoteStatus.CURRENT)
    assert second.supersedes_id == first.pk


def test_mail_read_out_of_order_does_not_bring_back_an_old_price(
    thread: Enrollment, reply: Reply, says: Any
) -> None:
    old = reply(thread, "$45,000", received_at=timezone.now() - timedelta(hours=2))
    says(quoted("42000"))
    newer = reading.read_reply(reply(thread, "$42,000").pk)
    says(quoted("45000"))
    older = reading.read_reply(old.pk)
    assert newer is not None
    assert older is not None
    newer.refresh_from_db()
    assert (newer.status, older.status) == (QuoteStatus.CURRENT, QuoteStatus.SUPERSEDED)
    assert newer.supersedes_id == older.pk


@pytest.mark.parametrize("kind", ["question", "acknowledgement", "unrelated", "out_of_office"])
def test_chat_after_a_quote_leaves_the_quote_standing(
    thread: Enrollment, reply: Reply, says: Any, kind: str
) -> None:
    says(quoted())
    quote = reading.read_reply(reply(thread, "$42,000").pk)
    says(answered(kind))
    later = reading.read_reply(reply(thread, "Thanks!").pk)
    assert quote is not None
    assert later is not None
    quote.refresh_from_db()
    assert (quote.status, later.kind) == (QuoteStatus.CURRENT, kind)


def test_a_decline_takes_a_quote_back(thread: Enrollment, reply: Reply, says: Any) -> None:
    says(quoted())
    quote = reading.read_reply(reply(thread, "$42,000").pk)
    says(answered("decline"))
    decline = reading.read_reply(reply(thread, "Sorry, it is gone.").pk)
    assert quote is not None
    assert decline is not None
    quote.refresh_from_db()
    assert (quote.status, decline.status) == (QuoteStatus.SUPERSEDED, QuoteStatus.CURRENT)


def test_a_quote_after_a_question_takes_its_place(
    thread: Enrollment, reply: Reply, says: Any
) -> None:
    says(answered("question"))
    question = reading.read_reply(reply(thread, "Which day?").pk)
    says(quoted())
    quote = reading.read_reply(reply(thread, "$42,000").pk)
    assert question is not None
    assert quote is not None
    question.refresh_from_db()
    assert (question.status, quote.status) == (QuoteStatus.SUPERSEDED, QuoteStatus.CURRENT)


def test_what_is_no_reply_is_not_read(thread: Enrollment, reply: Reply, says: Any) -> None:
    says(quoted())
    for values in ({"kind": "bounce"}, {"kind": "auto_reply"}, {"enrollment": None}):
        assert reading.read_reply(reply(thread, "x", **values).pk) is None
    assert not Quote.objects.exists()


def test_news_of_a_reply_queues_its_reading(thread: Enrollment, reply: Reply) -> None:
    message = reply(thread, "$42,000")
    reply_received.send(sender=Message, message_id=message.pk)
    (queued,) = OrmQ.objects.all()
    task = queued.task
    assert (task["func"], task["args"]) == ("quotes.tasks.read_reply", (str(message.pk),))


def test_what_the_queue_forgot_is_found_by_the_sweep(
    thread: Enrollment, reply: Reply, says: Any
) -> None:
    says(quoted())
    forgotten, fresh = reply(thread, "$42,000"), reply(thread, "$42,000")
    past = timezone.now() - timedelta(minutes=10)
    Message.objects.filter(pk=forgotten.pk).update(created_at=past)
    tasks.read_waiting()
    assert list(Quote.objects.values_list("message_id", flat=True)) == [forgotten.pk]
    assert fresh.pk not in reading.list_waiting()
    assert reading.list_waiting() == []


def test_a_reply_that_breaks_the_engine_goes_to_a_person_and_holds_up_no_other(
    thread: Enrollment, reply: Reply, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = reply(thread, "bad"), reply(thread, "good")
    past = timezone.now() - timedelta(minutes=10)
    Message.objects.filter(pk__in=[bad.pk, good.pk]).update(created_at=past)

    def understand(message: Message) -> Understood:
        if message.body == "bad":
            raise RuntimeError("cannot read this")
        return quoted()

    monkeypatch.setattr(reading, "understand", understand)
    tasks.read_waiting()
    assert Quote.objects.get(message=good).status == QuoteStatus.CURRENT
    asked = Quote.objects.get(message=bad)
    assert asked.status == QuoteStatus.NEEDS_REVIEW
    assert "could not read this mail (RuntimeError)" in asked.review_reasons[0]
    assert reading.list_waiting() == []


def test_the_sweep_is_scheduled_once(db: None) -> None:
    assert Schedule.objects.filter(func="quotes.tasks.read_waiting").count() == 1


def test_who_answers_a_drip_offers_nothing(thread: Enrollment, reply: Reply, says: Any) -> None:
    says(quoted())
    message = reply(thread, "I would sell for $42,000")
    version = make_drip().sequence_version
    Campaign.objects.filter(pk=thread.campaign_id).update(kind="sequence", sequence_version=version)
    Message.objects.update(created_at=timezone.now() - timedelta(hours=1))
    assert reading.list_waiting() == []
    assert reading.read_reply(message.pk) is None


@pytest.mark.parametrize(
    ("kind", "intent", "status"),
    [
        ("acknowledgement", "unknown", "needs_attention"),
        ("acknowledgement", "deferral", "processed"),
        ("quote", "unknown", "processed"),
        ("decline", "unknown", "processed"),
    ],
)
def test_what_no_reader_understands_a_person_looks_at(
    thread: Enrollment, reply: Reply, says: Any, kind: str, intent: str, status: str
) -> None:
    says(answered(kind))
    message = reply(thread, "See attached.")
    Message.objects.filter(pk=message.pk).update(status="processed")
    MessageReading.objects.create(
        message=message, intent=intent, sentiment="neutral", score=0, confidence=0.5,
        opt_out_verdict="none", engine="rules",
    )  # fmt: skip
    reading.read_reply(message.pk)
    message.refresh_from_db()
    assert message.status == status
