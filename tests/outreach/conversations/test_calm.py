"""What only sounds like a wish, a lead or an anger: no alarm, no hold, no sour tone."""

from datetime import UTC, datetime

import pytest

from compliance.optout import Verdict
from outreach.conversations.case import Intent, ReplyCase, ReplyReading
from outreach.conversations.classify import classify
from outreach.conversations.spoken import spoken

NOW = datetime(2026, 4, 22, 14, tzinfo=UTC)


def read(text: str, **fields: str) -> ReplyReading:
    return classify(ReplyCase(text, NOW, **fields))


@pytest.mark.parametrize(
    "text",
    [
        "please don't drop me, we still want the pilot",
        "no me borre, todavía quiero vender",
        "не удаляйте меня из списка, мне интересно",
    ],
)
def test_who_asks_to_be_kept_is_no_wish_to_stop(text: str) -> None:
    reading = read(text)
    assert (reading.opt_out, reading.opt_out_verdict) == (False, Verdict.NONE)


@pytest.mark.parametrize(
    "text", ["how much would you pay", "Would a stop in Macon be fine for the passengers?"]
)
def test_a_bare_question_alarms_nobody(text: str) -> None:
    reading = read(text, channel="sms")
    assert (reading.intent, reading.escalate) == (Intent.QUESTION, False)


def test_a_greeting_is_no_lead() -> None:
    reading = read("Happy Thanksgiving to you", channel="sms")
    assert (reading.intent, reading.escalate) == (Intent.UNKNOWN, False)


def test_the_words_of_one_tongue_are_not_heard_in_another() -> None:
    assert spoken("not yet. ask me later") == {"en"}
    assert spoken("no me llame hoy") == {"es"}
    assert spoken("пока нет") == {"ru"}
    assert spoken("no") == {"en", "es"}
    assert spoken("🤷") == {"en", "es", "ru"}
    assert not read("not yet. ask me later", channel="sms").escalate


def test_a_wish_said_kindly_is_not_angry_and_a_bitter_one_is() -> None:
    assert read("please lose my number", channel="sms").sentiment == "neutral"
    assert read("please quit it, I already told you no", channel="sms").sentiment == "negative"


def test_a_stranger_who_threatens_wants_no_more_of_us_and_a_customer_may() -> None:
    text = "This is illegal and I am reporting you to the attorney general."
    assert read(text, channel="sms").opt_out
    customer = "Closing-date reminder by e-mail to Ann Roe, who is selling her house to us."
    assert not read(text, context=customer).opt_out


def test_words_of_a_receipt_about_its_own_ways_hold_nothing() -> None:
    reading = read("Auto-reply: driving now, I will read your message when I stop.", channel="sms")
    assert (reading.intent, reading.opt_out_verdict) == (Intent.AUTO_REPLY, Verdict.NONE)
