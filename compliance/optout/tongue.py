"""The shape of one language's table: what its speakers say to stop us, and what only looks so."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tongue:
    """Words and patterns over normalised text (see `normal.py`): no accents, commas as tokens.

    `per_se` asks to stop wherever it stands as a sentence of its own, `whole` only as the whole
    text; `refusals` are short texts to ask a person about. `clear` finds requests, `safe` is
    blanked before anything is looked for, `hints` are ambiguous at any length, `triggers` only
    in short texts, `brief` in texts of a few words. `asks` begins a question about stopping, `unless` a condition, `later` limits a request in time,
    `instead` points to another way of reaching them, `welcome` invites contact.
    """

    per_se: frozenset[str]
    whole: frozenset[str]
    refusals: frozenset[str]
    polite: frozenset[str]
    clear: re.Pattern[str]
    safe: re.Pattern[str]
    hints: re.Pattern[str]
    triggers: re.Pattern[str]
    brief: re.Pattern[str]
    asks: re.Pattern[str]
    unless: re.Pattern[str]
    later: re.Pattern[str]
    instead: re.Pattern[str]


def words(text: str) -> frozenset[str]:
    """A set from phrases divided by bars; line breaks are only for the eye."""
    return frozenset(filter(None, (" ".join(part.split()) for part in text.split("|"))))


def pattern(*sources: str) -> re.Pattern[str]:
    """One pattern that finds any of the sources as whole words."""
    return re.compile("|".join(rf"(?<!\w)(?:{source})(?!\w)" for source in sources))
