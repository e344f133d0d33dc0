"""Of a yes and a no in one reply the last word counts; a wish to stop outlives any of them."""

from datetime import UTC, datetime

import pytest

from compliance.optout import Verdict
from outreach.conversations.case import Intent, ReplyCase, ReplyReading
from outreach.conversations.classify import classify

NOW = datetime(2026, 4, 22, 14, tzinfo=UTC)


def read(text: str) -> ReplyReading:
    return classify(ReplyCase(text, NOW, channel="sms"))


@pytest.mark.parametrize(
    "text",
    [
        "never mind what I said before, we are interested after all",
        "Scratch my earlier no. The team wants to trial it, send a key.",
        "Le habia dicho que no pero ya lo pensamos y si queremos vender",
        "Сначала отказалась, но мы передумали, готовы обсудить цену",
    ],
)
def test_a_no_taken_back_is_a_yes(text: str) -> None:
    reading = read(text)
    assert (reading.intent, reading.escalate) == (Intent.INTERESTED, True)


@pytest.mark.parametrize(
    "text",
    [
        "Yes please. Actually no, forget it, my son wants the house",
        "Sounded great at first but after talking it over with the team we'll pass.",
        "Pensandolo bien mejor nos quedamos con la casa, gracias",
        "Хотели продать, но передумали, дочка будет жить",
    ],
)
def test_a_yes_taken_back_is_a_no(text: str) -> None:
    reading = read(text)
    assert (reading.intent, reading.escalate) == (Intent.NOT_INTERESTED, False)


def test_a_change_of_mind_that_tells_nothing_further_takes_nothing_back() -> None:
    assert read("We want to sell it, never mind the mess.").intent is Intent.INTERESTED


@pytest.mark.parametrize(
    "text",
    [
        "I was thinking about it but no. Take my number off",
        "Take me off your list. On second thought maybe I would sell",
        "I told you no last week but you keep texting me. Stop",
    ],
)
def test_a_wish_to_stop_stands_whatever_they_change_their_mind_about(text: str) -> None:
    assert read(text).opt_out_verdict is Verdict.CLEAR


def test_a_doubtful_wish_to_stop_is_likelier_one_than_a_lead() -> None:
    reading = read("Every Tuesday like clockwork. Make this Tuesday the last one.")
    assert (reading.intent, reading.opt_out_verdict) == (Intent.OPT_OUT, Verdict.AMBIGUOUS)


def test_who_wants_a_house_no_more_is_not_taken_for_who_wants_no_mail() -> None:
    text = "Don't need it, don't want it, taxes are killing me. Bring cash"
    assert read(text).opt_out_verdict is not Verdict.CLEAR
    assert read("I don't want these").opt_out_verdict is Verdict.CLEAR


def test_what_did_not_come_is_no_wish_and_a_word_to_pester_others_may_be_one() -> None:
    assert read("Деньги так и не пришли").opt_out_verdict is Verdict.NONE
    assert read("больше ничего не пришли").opt_out_verdict is not Verdict.NONE
    assert read("Find somebody else to pester").opt_out_verdict is Verdict.AMBIGUOUS
