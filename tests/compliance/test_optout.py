"""Who asks us to stop is heard, whatever the wording; who only uses such words is not silenced.

The phrases are our own. First runs, before anything was adjusted to them: the reader of that day
(a list of sentences) met the first 403 and found 121 of 210 requests. The tables of verbs and
objects that replaced it met four further batches: found 326 of 350, 186 of 210, 173 of 235 (the
odd ones) and 93 of 96 requests; left 145 of 170, 131 of 151, 167 of 195 and 59 of 68 harmless
texts alone. Three later batches, each met once before the tables learnt from it: found 57 of 60, 22
of 30 and 25 of 30 requests; left 54 of 60, 27 of 30 and 13 of 15 harmless texts alone. What is
pinned here is the present state.
"""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.optout import Verdict, detect

PHRASES = Path(__file__).parent / "data" / "own_optout_phrases.csv"
with PHRASES.open(encoding="utf-8", newline="") as file:
    ROWS = [(row["lang"], row["class"], row["phrase"]) for row in csv.DictReader(file)]
REQUESTS = [(lang, text) for lang, kind, text in ROWS if kind == "optout"]
HARMLESS = [(lang, text) for lang, kind, text in ROWS if kind == "not_optout"]
DOUBTFUL = [(lang, text) for lang, kind, text in ROWS if kind == "ambiguous"]
CLEAR_ONES = sorted({text for _lang, text in REQUESTS if detect(text).verdict == "clear"})


def verdicts(rows: list[tuple[str, str]]) -> dict[str, str]:
    return {text: detect(text).verdict for _lang, text in rows}


def test_no_request_goes_unheard() -> None:
    assert not [text for text, verdict in verdicts(REQUESTS).items() if verdict == "none"]


def test_nearly_every_request_is_obeyed_without_asking_a_person() -> None:
    found = verdicts(REQUESTS)
    assert sum(verdict == "clear" for verdict in found.values()) >= 0.96 * len(found)


def test_who_wants_contact_is_not_silenced() -> None:
    found = verdicts(HARMLESS)
    assert not [text for text, verdict in found.items() if verdict == "clear"]
    assert sum(verdict == "none" for verdict in found.values()) >= 0.97 * len(found)


def test_what_is_doubtful_waits_for_a_person() -> None:
    assert not [text for text, verdict in verdicts(DOUBTFUL).items() if verdict == "none"]


def test_long_mails_are_read_as_precisely_as_short_ones() -> None:
    long = [(kind, detect(text).verdict) for _lang, kind, text in ROWS if len(text) > 120]
    found = [kind for kind, verdict in long if verdict != "none" and kind != "ambiguous"]
    assert len(long) > 20
    assert sum(kind == "optout" for kind in found) >= 0.95 * len(found)


DECORATIONS = st.sampled_from(
    ["!", "!!!", ".", " 🛑", " 😡😡", "  ", "\n", "…", " 🙏", ")))", "\u200b", " ^^"]
)
SIGNATURES = st.sampled_from(
    [
        "",
        "\n\nSent from my iPhone",
        "\n\nОтправлено с iPhone",
        "\n\nEnviado desde mi iPhone",
        "\n\nGet Outlook for Android",
        "\n\nOn Tue, Jun 2, 2026 at 8:01 AM Ann <ann@desk.example> wrote:\n> Shall we talk?",
    ]
)
CASES = st.sampled_from([str, str.upper, str.title, str.swapcase])


@given(st.sampled_from(CLEAR_ONES), CASES, DECORATIONS, DECORATIONS, SIGNATURES)
def test_decoration_never_silences_a_request(
    text: str, case: type[str], before: str, after: str, signature: str
) -> None:
    if "@" in text or "<" in text:
        case = str
    assert detect(f"{before}{case(text)}{after}{signature}").verdict != "none"


@given(st.text(max_size=300))
def test_any_text_gets_a_verdict(text: str) -> None:
    assert detect(text).verdict in set(Verdict)


@pytest.mark.parametrize("word", ["stop", "unsubscribe", "стоп", "отписаться"])
@given(data=st.data())
def test_one_slip_of_the_finger_in_a_stop_word_is_forgiven(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 2))
    slipped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    assert detect(slipped).verdict == "clear"


@pytest.mark.parametrize(
    "text",
    [
        "ыещз",
        "cnjg",
        "s t o p",
        "S.T.O.P.",
        "ѕтор",
        "CТОП",
        "ＳＴＯＰ",
        "𝐬𝐭𝐨𝐩",
        "s\u200bt\u200bop",
        "🛑",
    ],
)
def test_a_disguised_stop_is_a_stop(text: str) -> None:
    assert detect(text).verdict == "clear"


@pytest.mark.parametrize("text", ["shop", "step", "top", "стол", "quiet", "", " ", "👍", "?"])
def test_a_word_close_to_a_stop_word_is_none(text: str) -> None:
    assert detect(text).verdict == "none"


def test_our_own_footer_in_a_quote_says_nothing() -> None:
    text = (
        "Go ahead.\n\nOn Mon, 1 Jun 2026 at 09:00, Ann <a@b.example> wrote:\n> Reply STOP to end."
    )
    assert detect(text).verdict == "none"


def test_what_stands_only_between_quotes_is_shown_to_a_person() -> None:
    assert detect("> Hello\n> Please remove me from your list.").verdict == "ambiguous"


def test_a_subject_counts_only_when_the_sender_wrote_it() -> None:
    assert detect("Thanks", subject="Unsubscribe").verdict == "clear"
    assert detect("Thanks", subject="Re: how to unsubscribe users").verdict == "none"


def test_the_words_it_rests_on_are_told() -> None:
    reading = detect("Fine offer. But please stop texting me, I have a home.")
    assert (reading.verdict, reading.words) == ("clear", "stop texting me")


def test_a_request_for_another_time_is_no_request_to_stop() -> None:
    assert detect("Don't call me tomorrow, call me Friday.").verdict == "none"


def test_a_request_for_another_channel_waits_for_a_person() -> None:
    assert detect("stop emails but texts are fine").verdict == "ambiguous"


@pytest.mark.parametrize("text", ["stop " * 4000, "не " * 6000, "no me " * 4000, "a , " * 5000])
def test_a_hostile_text_takes_no_time(text: str) -> None:
    import time

    begun = time.perf_counter()
    detect(text)
    assert time.perf_counter() - begun < 2
