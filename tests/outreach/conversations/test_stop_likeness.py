"""How like a wish to stop a text is: what is compared, the shipped table, and learning it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from compliance.optout import Verdict, detect
from outreach.conversations.case import ReplyCase
from outreach.conversations.classify import classify
from outreach.conversations.stop_likeness import stop_features_of, stop_likeness
from outreach.conversations.stop_likening import (
    as_stop_table,
    learn_stops,
    phrases_of,
    stop_examples_of,
)

DATA = Path(__file__).parent / "data"
PHRASES = Path(__file__).parents[2] / "compliance" / "data" / "own_optout_phrases.csv"
NOW = datetime(2026, 4, 22, 14, tzinfo=UTC)


def likelihood(text: str) -> float:
    return stop_likeness().of(stop_features_of(text))


def line(text: str, intent: str, *, stops: bool) -> str:
    truth = {"intent": intent, "opt_out": stops}
    return json.dumps({"text": text, "received_at": "2026-03-10T10:00:00+00:00", "truth": truth})


LINES = [
    line("no more of these letters", "opt_out", stops=True),
    line("no more letters to us", "opt_out", stops=True),
    line("come see the house", "interested", stops=False),
    line("come and see it on Friday", "interested", stops=False),
    line("Out until Monday, no letters read", "out_of_office", stops=False),
]


@pytest.mark.parametrize(
    "text", ["unsubcribbe me", "i cant take any more of ya", "и слышать вас не желаю"]
)
def test_what_resembles_a_wish_is_likely(text: str) -> None:
    assert likelihood(text) > 0.5


@pytest.mark.parametrize(
    "text", ["come by on Friday", "what would you pay for it", "приезжайте в среду"]
)
def test_what_resembles_none_is_not(text: str) -> None:
    assert likelihood(text) < 0.1


def test_a_likely_wish_that_no_table_knows_is_held() -> None:
    text = "i cant take any more of ya"
    assert detect(text).verdict is Verdict.NONE
    reading = classify(ReplyCase(text, NOW, channel="sms"))
    assert reading.opt_out_verdict is Verdict.AMBIGUOUS


def test_what_was_learned_is_found_again_and_machines_teach_nothing() -> None:
    examples = stop_examples_of(LINES)
    assert len(examples) == 4
    table = learn_stops(examples)
    assert table.of(stop_features_of("no more of that")) > 0.5
    assert table.of(stop_features_of("come on Friday")) < 0.5


def test_the_same_texts_teach_the_same_table() -> None:
    examples = stop_examples_of(LINES)
    assert as_stop_table(learn_stops(examples)) == as_stop_table(learn_stops(examples))


def test_a_phrase_that_may_mean_either_teaches_nothing() -> None:
    rows = ["lang,class,phrase\n", "en,optout,stop\n", "en,ambiguous,no\n", "en,not_optout,top\n"]
    assert [stops for _, stops in phrases_of(rows)] == [True, False]


def test_pieces_of_words_forgive_a_slip() -> None:
    right, slipped = stop_features_of("unsubscribe"), stop_features_of("unsubscrobe")
    assert len(right & slipped) > 4


def test_the_command_writes_the_table(tmp_path: Path) -> None:
    into = tmp_path / "table.tsv"
    call_command(
        "evaluate", "learn-stops", str(DATA / "fresh_i.jsonl"), "--phrases", str(PHRASES),
        "--into", str(into),
    )  # fmt: skip
    assert into.read_text(encoding="utf-8").startswith("\t")


def test_files_without_a_wish_teach_nothing(tmp_path: Path) -> None:
    empty = tmp_path / "none.csv"
    empty.write_text("lang,class,phrase\n", encoding="utf-8")
    lines = tmp_path / "none.jsonl"
    lines.write_text(LINES[2] + "\n", encoding="utf-8")
    with pytest.raises(CommandError, match="Nobody asks to stop"):
        call_command("evaluate", "learn-stops", str(lines), "--phrases", str(empty))
