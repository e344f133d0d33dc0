"""What must not stand in a message is found; what people really write is not."""

import pytest

from outreach.drafting.leftovers import find_leftovers


@pytest.mark.parametrize(
    "body",
    ["Hello {{ name }}", "Hello [Name],", "Dear [Your name]", "From None to Aspen", "<name>",
     "Hi {% if x %}", "Price: undefined", "TODO: add dates", "Lorem ipsum dolor", "  "],
)  # fmt: skip
def test_a_leftover_is_found(body: str) -> None:
    assert find_leftovers("A subject", body) != []


@pytest.mark.parametrize(
    "body",
    ["None of the dates moved.", "See the list [1] below.", "If x < name then", "Hello Priya,",
     "We are nonetheless happy."],
)  # fmt: skip
def test_ordinary_words_are_no_leftovers(body: str) -> None:
    assert find_leftovers("A subject", body) == []


def test_an_email_needs_a_subject_and_other_channels_do_not() -> None:
    assert find_leftovers(" ", "Hello") == ["The subject is empty."]
    assert find_leftovers("", "Hello", needs_subject=False) == []


def test_a_subject_with_a_line_break_is_refused() -> None:
    assert find_leftovers("One\nBcc: all@example.org", "Hello") == ["The subject has a line break."]
