"""A model's draft is used when it is whole and clean, checked like any other, else not at all."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from outreach.ai.client import Answer
from outreach.ai.prompts import RenderedPrompt
from outreach.drafting import by_model
from outreach.drafting.by_model import WrittenDraft
from outreach.drafting.draft import Draft, Follow, draft_message
from tests.outreach.drafting.cases import PRIYA, SENDER, VENDOR, request_for

GOOD = """Dear Priya,

Could Hudson Air Charter offer a light jet, flying four passengers (4) from Teterboro (TEB) to
Aspen (ASE) on Monday, March 15, 2027? Please send your all-in price and how long it holds.

Best regards,
Ella Whitfield
Executive Assistant"""

Says = Callable[[str], list[RenderedPrompt]]


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Says:
    """`says(body)` sets what the model will write; the prompts it was asked with are returned."""
    asked: list[RenderedPrompt] = []

    class Free:
        in_atomic_block = False

    def set_answer(body: str) -> list[RenderedPrompt]:
        def ask(purpose: str, prompt: RenderedPrompt, schema: type, **ids: object) -> object:
            asked.append(prompt)
            return Answer(WrittenDraft(subject="Your offer", body=body), uuid4(), "test", "1")

        monkeypatch.setattr(by_model, "ask", ask)
        return asked

    monkeypatch.setattr(by_model, "configured", lambda: True)
    monkeypatch.setattr(by_model, "connection", Free)
    return set_answer


def draft(**options: object) -> Draft:
    return draft_message(
        request_for("private_jet"),
        VENDOR,
        PRIYA,
        SENDER,
        "email",
        **options,  # type: ignore[arg-type]
    )


def test_a_whole_and_clean_draft_is_used(says: Says) -> None:
    says(GOOD)
    written = draft()
    assert (written.engine, written.body, written.fact_marks) == ("test", GOOD, [])


def test_an_invention_of_the_model_is_marked(says: Says) -> None:
    says(GOOD.replace("Please", "We can pay $42,000. Please"))
    assert [mark.text for mark in draft().fact_marks] == ["$42,000"]


@pytest.mark.parametrize(
    "body",
    [
        GOOD.replace("March 15", "a day in spring"),
        GOOD.replace("Aspen (ASE)", "the mountains"),
        GOOD.replace("Ella Whitfield", "Your assistant"),
        GOOD.replace("Dear Priya", "Dear [Name]"),
        GOOD + "\n{{ signature }}",
    ],
    ids=["date", "place", "sender", "placeholder", "code"],
)
def test_a_draft_that_lacks_a_fact_or_is_unclean_gives_way_to_the_template(
    says: Says, body: str
) -> None:
    says(body)
    assert draft().engine == "template"


def test_the_model_is_told_the_facts_and_vendor_words_are_fenced(says: Says) -> None:
    asked = says(GOOD)
    draft()
    assert "- Departure date: Monday, March 15, 2027" in asked[0].user
    assert '<data name="vendor description">' in asked[0].user


def test_a_follow_up_says_which_one_it_is(says: Says) -> None:
    asked = says(GOOD)
    draft(purpose="follow_up", follow=Follow(2))
    assert "follow-up number 2" in asked[0].system


def test_manual_channels_are_written_by_the_template(says: Says) -> None:
    asked = says(GOOD)
    written = draft_message(request_for("private_jet"), VENDOR, PRIYA, SENDER, "phone")
    assert written.engine == "template"
    assert asked == []
