"""Whether our addressee is spoken of as somebody else."""

import pytest

from outreach.conversations.plain import plain
from outreach.conversations.third_person import addressee, denies_being

CONTEXT = "First text to Marta Kovac, listed owner of 3 Elm St: would they consider selling?"


@pytest.mark.parametrize(
    "text",
    ["there's no Marta here", "who's Marta?", "Not Marta", "Marta died in May", "wrong marta"],
)
def test_another_person_answers(text: str) -> None:
    assert denies_being(plain(text).text, CONTEXT)


@pytest.mark.parametrize(
    "text", ["this is Marta, not interested", "Thanks!\nMarta", "yes, Marta here"]
)
def test_the_person_themselves_answers(text: str) -> None:
    assert not denies_being(plain(text).text, CONTEXT)


def test_russian_names_are_heard_in_their_cases() -> None:
    assert denies_being("никакой инны не знаю", "Text to Инна Вольф, owner")


def test_the_addressee_is_read_from_the_context() -> None:
    assert addressee(CONTEXT) == "Marta Kovac"
    assert addressee("nothing of the kind") == ""
