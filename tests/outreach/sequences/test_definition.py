"""What a sequence may say, and the sentence for everything it may not."""

import json
from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.sequences.definition import DefinitionError, as_data, parse, read_text
from outreach.sequences.steps import WORKING_DAYS, Condition, Delay, Needs

TOML = """
reply_stops = "company"

[[steps]]
channel = "email"
at = "09:00"
weekdays = ["mon", "tue", "wed", "thu", "fri"]
subject = "Hello {{ company }}"
body = "Hello {{ greeting }}, {{ insight }} {{ sender_name }}"

[[steps]]
name = "Nudge"
channel = "sms"
after_business_days = 3
only_if = { was = "opened", step = 1 }
variants = [
  { name = "a", weight = 3, body = "Hi {{ greeting }}" },
  { name = "b", weight = 1, body = "Hey {{ greeting }}" },
]
"""


def email(**changes: Any) -> dict[str, Any]:
    return {"channel": "email", "subject": "Hello", "body": "Hello {{ greeting }}", **changes}


def refused(*steps: dict[str, Any], **more: Any) -> str:
    with pytest.raises(DefinitionError) as error:
        parse({"steps": list(steps), **more})
    return str(error.value)


def test_a_definition_is_read_whole() -> None:
    found = parse(read_text(TOML))
    first, second = found.steps
    assert (first.at, first.weekdays, first.delay) == (time(9), WORKING_DAYS, Delay())
    assert second.delay == Delay(3, business=True)
    assert second.condition == Condition(Needs.OPENED, 1)
    assert [(v.name, v.weight) for v in second.variants] == [("a", 3), ("b", 1)]
    assert (found.reply_stops, found.channels) == ("company", {"email", "sms"})


def test_what_is_stored_reads_back_the_same() -> None:
    found = parse(read_text(TOML))
    stored = json.dumps(as_data(found))
    assert parse(read_text(stored)) == found
    assert as_data(parse(json.loads(stored))) == json.loads(stored)


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([], "The sequence has no steps"),
        ([email(channel="fax")], "Step 1: “fax” is no channel; there are: email, sms"),
        ([email(after_days=-2)], "Step 1: a delay of -2 days lies before"),
        ([email(), email(after_days=0)], "Step 2: no delay would put two touches on one day"),
        ([email(), email()], "Step 2: it says not how many days after"),
        ([email(after_days=4000)], "Step 1: a delay of 4000 days is too long"),
        ([email(after_days=1, after_business_days=1)], "one in business days; give one of them"),
        ([email(at="25:00")], "“25:00” is no time of day; write it as 09:00"),
        ([email(weekdays=["someday"])], "“someday” is no weekday; there are: mon, tue"),
        ([email(only_if="opened")], "Step 1: it comes first, so there is nothing before it"),
        (
            [email(), email(after_days=1, only_if={"was": "opened", "step": 2})],
            "Step 2: it waits for itself, which is a circle",
        ),
        (
            [
                email(),
                email(after_days=1, only_if={"was": "sent", "step": 3}),
                email(after_days=1, only_if={"was": "sent", "step": 2}),
            ],
            "Step 2: it waits for step 3, which comes after it, which is a circle",
        ),
        ([email(only_if={"was": "sent", "step": 0})], "looks at step 0, which does not exist"),
        ([email(body="")], "Step 1: the text is empty"),
        ([email(subject="")], "Step 1: an e-mail needs a subject"),
        ([email(subject="{{ role }}")], "Step 1: an e-mail needs a subject"),
        ([email(body="{{ shoe_size }}")], "'shoe_size' is undefined"),
        ([email(body="{% if %}")], "The template cannot be filled in"),
        ([email(body="{{ step / 0 }}")], "The template fails when it is filled in"),
        ([email(body="{{ ''.__class__.__mro__ }}")], "The template cannot be filled in"),
        ([email(body="x" * 20_000)], "longer than 10,000 characters"),
        (
            [{"channel": "sms", "variants": [{"name": "a", "weight": 0, "body": "Hi"}]}],
            "none of its variants has a weight above nought",
        ),
        (
            [{"channel": "sms", "variants": [{"name": "a", "body": "Hi"}] * 2}],
            "variant names must differ: “a” stands there twice",
        ),
        ([email(variants=[{"name": "a", "body": "Hi"}])], "a text of its own and variants"),
        ([email(colour="red")], "Step 1, colour: there is no such setting"),
        ([email(after_days="soon")], "Step 1, after_days: “soon” is no whole number; write one"),
        ([email()] * 31, "31 steps are too many"),
    ],
)
def test_what_cannot_run_is_refused_in_words(steps: list[dict[str, Any]], words: str) -> None:
    assert words in refused(*steps)


def test_every_fault_is_told_at_once() -> None:
    text = refused(email(channel="fax", at="noon"), email(after_days=-1))
    assert "fax" in text
    assert "noon" in text
    assert "Step 2" in text


def test_a_fact_nobody_collects_is_refused() -> None:
    assert "Nothing is known as “shoe_size”" in refused(email(), needs_facts=["shoe_size"])


@pytest.mark.parametrize("text", ["steps = [", '{"steps": ', "{" * 100_000, "\x00"])
def test_text_that_is_neither_toml_nor_json_is_said_so(text: str) -> None:
    with pytest.raises(DefinitionError, match="neither TOML nor JSON"):
        read_text(text)


@pytest.mark.parametrize("body", ["\x00", "half \ud83d"])
def test_what_no_database_can_hold_is_refused(body: str) -> None:
    assert "cannot be stored" in refused(email(body=body))


def problems_of(data: dict[str, Any]) -> list[str]:
    try:
        parse(data)
    except DefinitionError as error:
        return error.problems
    return []


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=10,
)
KEYS = st.sampled_from(
    ["channel", "after_days", "at", "weekdays", "only_if", "body", "subject", "variants"]
)


@given(st.lists(st.dictionaries(KEYS, JSON_VALUES, max_size=8), max_size=4))
def test_any_input_is_read_or_refused_and_never_crashes(steps: list[dict[str, Any]]) -> None:
    data = {"steps": steps}
    problems = problems_of(data)
    assert all(problem.endswith(".") for problem in problems)
    if not problems:
        assert parse(as_data(parse(data))) == parse(data)
