"""Anger without swear words is told by what comes together, and by nothing less."""

import pytest

from outreach.conversations.plain import plain
from outreach.conversations.reproach import ENOUGH, reproaches


@pytest.mark.parametrize(
    "text",
    [
        "This is the fourth letter, and we have told you no.",
        "Do you people ever read what is written to you?",
        "You folks have been writing to my late husband.",
        "¿Hasta cuándo? Ya les dije que no.",
        "Как вам не стыдно, я уже отвечал.",
    ],
)
def test_two_signs_make_a_reproach(text: str) -> None:
    assert len(reproaches(plain(text))) >= ENOUGH


@pytest.mark.parametrize(
    "text",
    [
        "What do you folks pay?",
        "My late husband built it, what would you offer?",
        "You have the third house on the left in mind.",
        "¿Ustedes compran al contado?",
        "Вы покупаете за наличные?",
    ],
)
def test_one_alone_is_harmless(text: str) -> None:
    assert len(reproaches(plain(text))) < ENOUGH
