"""What changed between two versions, in words."""

from copy import deepcopy
from typing import Any

import pytest

from outreach.sequences.changes import changes
from outreach.sequences.definition import parse
from outreach.sequences.wording import Piece, pieces

BEFORE: dict[str, Any] = {
    "steps": [
        {"channel": "email", "at": "09:00", "subject": "Hello", "body": "Hello"},
        {"channel": "email", "after_days": 3, "subject": "Again", "body": "Again"},
    ]
}


def after(**changed: Any) -> list[str]:
    data = deepcopy(BEFORE)
    data["steps"][1] |= changed
    return changes(parse(BEFORE), parse(data))


def test_the_same_twice_has_no_changes() -> None:
    assert after() == []
    assert after(only_if="no_reply") == []  # a reply ends it anyway


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"after_days": 4}, "comes 4 days after the one before instead of 3 days"),
        ({"at": "14:00"}, "at 14:00 instead of any hour"),
        ({"subject": "Anew"}, "the subject reads “Anew” instead of “Again”"),
        ({"body": "Anew"}, "the text changed"),
        ({"weekdays": ["mon"]}, "on Mon instead of any day"),
        ({"only_if": "opened"}, "if any touch before was opened instead of always"),
        ({"name": "Second"}, "is called “Second” instead of “”"),
        ({"channel": "social"}, "Social network instead of E-mail"),
    ],
)
def test_each_change_is_a_sentence_about_its_step(changed: dict[str, Any], words: str) -> None:
    assert after(**changed) == [f"Step 2: {words}."]


def test_a_step_more_and_one_fewer_are_told() -> None:
    fewer = {"steps": BEFORE["steps"][:1]}

    assert changes(parse(BEFORE), parse(fewer)) == ["1 step fewer than before."]
    assert changes(parse(fewer), parse(BEFORE))[1].startswith("Step 2 is new: E-mail")


def test_a_changed_weight_and_a_new_variant_are_told() -> None:
    def two(weight: int, *more: str) -> Any:
        variants = [{"name": n, "subject": "Hello", "body": "Hello"} for n in ("a", "b", *more)]
        variants[0]["weight"] = weight
        return parse({"steps": [{"channel": "email", "variants": variants}]})

    assert changes(two(1), two(3, "c")) == [
        "Step 1: the weight of variant a is 3 instead of 1.",
        "Step 1: variant c is new.",
    ]


def test_a_template_is_cut_into_words_fields_and_conditions() -> None:
    found = pieces("Hello {{ greeting }},\n{% if company %}\nfor {{ company }}{% endif %}")

    assert found == [
        Piece("Hello "), Piece("greeting", "field"), Piece(",\n"), Piece("if company", "logic"),
        Piece("for "), Piece("company", "field"), Piece("endif", "logic"),
    ]  # fmt: skip
