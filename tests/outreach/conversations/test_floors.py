"""How well replies are read, on labelled ones of our own; the floors keep it from sinking."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from outreach.conversations.classify import classify
from outreach.conversations.evaluate import judge, to_case

DATA = Path(__file__).parent / "data"
SETS = (
    "own_replies",
    "own_replies_blind",
    "fresh_a",
    "fresh_b",
    "fresh_c",
    "fresh_d",
    "fresh_f",
    "fresh_g",
    "fresh_h",
    "fresh_i",
    "fresh_j",
    "fresh_k",
    "fresh_l",
    "fresh_m",
    "fresh_n",
    "fresh_o",
    "fresh_p",
    "fresh_q",
    "fresh_r",
    "fresh_s",
    "fresh_t",
    "fresh_u",  # not among what the tables of likeness were learned from
    "fresh_v",
    "fresh_w",  # half of it wants to stop or is angry, as in `fresh_y`
    "fresh_x",
    "fresh_y",
    "fresh_z",
    "fresh_2a",
    "fresh_2b",
    "fresh_2d",
    "fresh_2e",
    "fresh_2f",
    "fresh_2g",  # half of it changes its mind, wants to stop in odd words or is angry
)
CALM = ("calm_a", "calm_b")  # nobody wants to stop; half of it has the words of those who do
TRAPS = "fresh_e"  # "stop", "remove", "cancel" in every sense; forwarded and dotted wishes


@cache
def result_of(name: str) -> dict[str, Any]:
    lines = (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    return judge([(case, classify(to_case(case))) for case in cases])


@pytest.mark.parametrize("name", SETS)
def test_intent_is_read_in_nine_of_ten(name: str) -> None:
    assert result_of(name)["fields"]["intent"]["rate"] >= 0.9


@pytest.mark.parametrize("name", [*SETS, TRAPS])
def test_no_wish_to_be_left_alone_is_missed_and_few_are_invented(name: str) -> None:
    wishes = result_of(name)["found"]["opt_out"]
    assert wishes["recall"] == 1.0
    assert wishes["precision"] >= 0.98


@pytest.mark.parametrize("name", SETS)
def test_no_hot_lead_and_no_angry_person_is_missed(name: str) -> None:
    assert result_of(name)["found"]["escalate"]["recall"] >= 0.98


@pytest.mark.parametrize("name", CALM)
def test_calm_replies_alarm_nobody_and_are_no_wish_to_stop(name: str) -> None:
    result = result_of(name)
    assert result["found"]["opt_out"]["invented"] == 0
    assert result["found"]["escalate"]["invented"] <= 0.1 * result["cases"]
    assert result["held_without_wish"] <= 0.2 * result["cases"]


@pytest.mark.parametrize("name", SETS)
def test_every_finding_points_at_words_that_stand_in_the_reply(name: str) -> None:
    assert result_of(name)["evidence"]["rate"] == 1.0
