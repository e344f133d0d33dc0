"""Segments are counted as the provider bills them, and the culprit is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.sms_text import BASIC, EXTENSION, Encoding, as_gsm7, count_text


@pytest.mark.parametrize(
    ("length", "segments", "left"),
    [(0, 0, 160), (1, 1, 159), (160, 1, 0), (161, 2, 145), (306, 2, 0), (307, 3, 152), (459, 3, 0)],
)
def test_plain_text_at_the_edges(length: int, segments: int, left: int) -> None:
    count = count_text("a" * length)
    assert (count.encoding, count.segments, count.left) == (Encoding.GSM7, segments, left)


@pytest.mark.parametrize(
    ("length", "segments"), [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4)]
)
def test_cyrillic_text_at_the_edges(length: int, segments: int) -> None:
    count = count_text("ж" * length)
    assert (count.encoding, count.segments, count.units) == (Encoding.UCS2, segments, length)


def test_the_alphabet_has_its_128_and_10_characters() -> None:
    # 127 and the escape, which is no character of its own.
    assert (len(BASIC), len(EXTENSION)) == (127, 10)


@pytest.mark.parametrize(("text", "units"), [("€", 2), ("[a]", 5), ("~^|", 6), ("Ç", 1)])
def test_an_extension_character_costs_two(text: str, units: int) -> None:
    assert count_text(text).units == units


def test_an_extension_character_is_not_cut_by_a_segment() -> None:
    # 152 septets are used and one is free: the euro sign begins the second segment.
    assert count_text("a" * 152 + "€" + "a" * 152).segments == 3
    assert count_text("a" * 151 + "€" + "a" * 153).segments == 2


def test_eighty_extension_characters_fill_one_segment() -> None:
    assert count_text("€" * 80).segments == 1
    assert count_text("€" * 81).segments == 2


def test_an_emoji_is_two_units_and_stays_whole() -> None:
    assert count_text("😀" * 35).segments == 1
    assert count_text("😀" * 36).segments == 2
    # 67 is odd: a pair that would straddle moves on, so two segments hold 66 pairs, not 67.
    assert count_text("😀" * 66).segments == 2
    assert count_text("😀" * 67).segments == 3


def test_one_curly_quote_makes_all_of_it_ucs2_and_says_so() -> None:
    count = count_text("It’s " + "a" * 100)
    assert (count.encoding, count.segments) == (Encoding.UCS2, 2)
    assert [(found.character, found.replacement) for found in count.forced] == [("’", "'")]
    assert count.forced[0].name == "Right single quotation mark"
    assert count.plain == "It's " + "a" * 100
    assert count.segments_when_plain == 1


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("“Hi” – see you…", '"Hi" - see you...'),
        ("São João, façade", "Sao Joao, facade"),
        ("Привет", "Привет"),
        ("Great 👍🏽!", "Great !"),
        ("a\u00a0b\u200bc", "a bc"),
        ("Ñandú, ¿qué?", "Ñandu, ¿qué?"),
    ],
)
def test_what_can_be_written_plainly_is(text: str, plain: str) -> None:
    assert as_gsm7(text) == plain


def test_russian_has_no_plain_form_to_suggest() -> None:
    count = count_text("Добрый день")
    assert count.plain is None
    assert count.segments_when_plain == count.segments


def test_the_small_cedilla_is_outside_and_the_large_one_inside() -> None:
    assert count_text("Ç").encoding == Encoding.GSM7
    assert count_text("ç").forced[0].replacement == "c"


@given(st.text(max_size=400))
def test_the_suggestion_is_always_plain_and_counts_hold(text: str) -> None:
    count = count_text(text)
    if count.plain is not None:
        assert count_text(count.plain).encoding == Encoding.GSM7
    room = {Encoding.GSM7: (160, 153), Encoding.UCS2: (70, 67)}[count.encoding]
    assert count.segments * room[count.segments > 1] >= count.units
    assert (count.segments == 0) == (text == "")
