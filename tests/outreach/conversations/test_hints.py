"""Families of expressions: alternatives, stems, gaps and slips of the finger."""

import pytest

from outreach.conversations.case import Intent
from outreach.conversations.hints import lexicon


def intents(words: str, code: str = "en") -> set[Intent]:
    return {heard.hint.intent for heard in lexicon(code).find(words)}


def test_either_word_of_a_family_is_heard() -> None:
    assert Intent.INTERESTED in intents("i am honored and accept with pleasure")
    assert Intent.INTERESTED in intents("i am honoured and accept with pleasure")


def test_a_few_words_may_stand_between() -> None:
    assert Intent.COMPLAINT in intents("i demand my whole deposit a refund")


def test_the_span_holds_the_words_met() -> None:
    words = "well, you can put me down for ten"
    met = {words[heard.start : heard.end] for heard in lexicon("en").find(words)}
    assert "put me down" in met


@pytest.mark.parametrize("slip", ["intrested", "interrested", "interestd"])
def test_one_slip_in_a_long_word_is_forgiven(slip: str) -> None:
    assert Intent.INTERESTED in intents(f"pretty {slip} honestly")


def test_every_language_has_families() -> None:
    for code in ("en", "es", "ru"):
        assert lexicon(code).exact
