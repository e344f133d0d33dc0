"""What a reply is like: features, the shipped table, and learning from labelled replies."""

import json
from pathlib import Path

import pytest

from outreach.conversations.case import Intent
from outreach.conversations.likeness import features_of, likeness
from outreach.conversations.likening import as_table, examples_of, hold_out, learn

DATA = Path(__file__).parent / "data"


def line(text: str, intent: str) -> str:
    return json.dumps(
        {
            "id": text, "channel": "sms", "text": text, "received_at": "2026-03-10T10:00:00+00:00",
            "truth": {"intent": intent},
        }
    )  # fmt: skip


LINES = [
    line("come see the house on friday", "interested"),
    line("come see the place on monday", "interested"),
    line("we are keeping the house", "not_interested"),
    line("we are keeping the place", "not_interested"),
]


def said(text: str, context: str = "", channel: str = "sms") -> frozenset[str]:
    return features_of(text, context=context, channel=channel)


def test_figures_are_all_alike() -> None:
    assert said("call 555") == said("call 321")


def test_whom_we_asked_for_an_offer_is_told_from_whom_we_offered_one() -> None:
    assert said("yes", "Asked for a quote") != said("yes", "Cold text to an owner")


def test_what_was_learned_is_found_again_in_other_words() -> None:
    table = learn(examples_of(LINES))
    likely = table.of(said("come on friday and see"))
    assert likely[Intent.INTERESTED] > 0.5 > likely[Intent.NOT_INTERESTED]
    assert sum(likely.values()) == pytest.approx(1.0)


def test_the_same_replies_teach_the_same_table() -> None:
    assert as_table(learn(examples_of(LINES))) == as_table(learn(examples_of(LINES)))


def test_a_word_met_once_teaches_nothing() -> None:
    assert "friday" not in learn(examples_of(LINES)).weights


def test_lines_without_truth_or_words_teach_nothing() -> None:
    assert examples_of(["no case", json.dumps({"text": "x", "received_at": "2026-03-10"})]) == []
    assert examples_of([line("👍", "unknown")]) != []


def test_each_file_is_judged_by_what_the_others_taught() -> None:
    known = {
        name: examples_of([*LINES[::2], *LINES[1::2]]) for name in (Path("one"), Path("other"))
    }
    assert list(hold_out(known)) == [(Path("one"), 4, 4), (Path("other"), 4, 4)]


def test_the_shipped_table_knows_its_replies() -> None:
    examples = examples_of((DATA / "fresh_p.jsonl").read_text(encoding="utf-8").splitlines())
    table = likeness()
    right = sum(
        max(likely, key=likely.__getitem__) is intent
        for likely, intent in ((table.of(features), intent) for features, intent in examples)
    )
    assert right / len(examples) >= 0.95
