"""Raw messages in the forms of some forty mail systems, read as their labels say."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from outreach.inbound.notices.evaluate import COMPARED, line_of
from outreach.inbound.notices.read import read_notice

WILD = Path(__file__).parent / "wild"
LABELS = [json.loads(line) for line in (WILD / "labels.jsonl").read_text("utf-8").splitlines()]
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("label", LABELS, ids=lambda label: str(label["file"]))
def test_a_raw_message_is_read_as_it_is_labelled(label: dict[str, Any]) -> None:
    line = line_of(read_notice((WILD / label["file"]).read_bytes(), today=TODAY))
    asked = [name for name in COMPARED if name in label]
    assert {name: line[name] for name in asked} == {name: label[name] for name in asked}


def test_every_message_is_labelled() -> None:
    assert {path.name for path in WILD.glob("*.eml")} == {label["file"] for label in LABELS}


SHORT = Path(__file__).parent / "short_mails.jsonl"
CASES = [json.loads(line) for line in SHORT.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_a_short_mail_is_read_as_its_truth_says(case: dict[str, Any]) -> None:
    """Server answers of many providers, and notices and absences in fifteen languages."""
    line = line_of(read_notice(case["raw"].encode(), today=TODAY))
    assert {name: line[name] for name in case["truth"]} == case["truth"]
