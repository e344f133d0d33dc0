"""Whatever is typed into the brief, the reading is an answer and never a crash."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.briefs.reading import LONGEST
from tests.outreach.briefs.examples import ENGLISH
from tests.outreach.briefs.test_read_brief import read


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00"])
def test_an_empty_brief_says_so_and_asks(text: str) -> None:
    reading = read(text)
    assert reading.category is None
    assert reading.constraints == {}
    assert reading.problems == ["The brief is empty. Please say what is needed, where and when."]
    assert reading.missing[0].field == "category"


def test_a_single_word_is_too_short() -> None:
    reading = read("hello")
    assert reading.problems == ["The brief is too short to work with."]


def test_a_single_telling_word_is_asked_for_the_rest() -> None:
    reading = read("jet")
    assert reading.category == "private_jet"
    assert len(reading.missing) == 4


def test_a_brief_about_nothing_we_know_offers_the_categories() -> None:
    reading = read("Please find me a good babysitting elephant")
    assert reading.category is None
    assert "Catering" in reading.missing[0].question


def test_an_unknown_category_is_named_and_the_words_decide() -> None:
    reading = read("Jet from Boston to Miami on May 3 for 4", category="submarines")
    assert reading.problems == ["There is no category “submarines”."]
    assert reading.category == "private_jet"


def test_an_unclear_brief_asks_between_the_candidates() -> None:
    reading = read("We need a chef and a chauffeur")
    assert reading.category is None
    assert "Catering" in reading.missing[0].question
    assert "Ground transport" in reading.missing[0].question


def test_text_beyond_the_limit_is_left_unread_and_said_so() -> None:
    reading = read("I need a jet from Boston to Miami. " + "x " * LONGEST)
    assert len(reading.text) == LONGEST
    assert any("longer than 10,000" in problem for problem in reading.problems)


@pytest.mark.parametrize(
    "filler",
    ["a" * LONGEST, "1 " * 5000, "from to " * 1250, "March " * 1600, "$1," * 3000, "Aa " * 3300,
     "1-" * 5000, "from Aspen to " * 700, "- " * 5000, "," * LONGEST],
)  # fmt: skip
def test_ten_thousand_hostile_characters_are_read_in_bounded_time(filler: str) -> None:
    started = time.process_time()
    read(("jet " + filler)[:LONGEST])
    # A bound on the growth, not a benchmark: quadratic work on this would take minutes.
    assert time.process_time() - started < 20


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_without_raising(text: str) -> None:
    reading = read(text)
    for evidence in reading.evidence.values():
        assert reading.text[evidence.start : evidence.end] == evidence.text


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([e[0] for e in ENGLISH]), st.text(max_size=20), st.integers(0, 100))
def test_a_brief_with_noise_in_it_is_read_without_raising(text: str, noise: str, at: int) -> None:
    read(text[:at] + noise + text[at:])
