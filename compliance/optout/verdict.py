"""The answer of the opt-out reader: a verdict and the words it rests on."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    CLEAR = "clear"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class OptOutReading:
    """The verdict and the normalised words it rests on; empty words for NONE."""

    verdict: Verdict
    words: str = ""


NOTHING = OptOutReading(Verdict.NONE)


def clear(words: str) -> OptOutReading:
    return OptOutReading(Verdict.CLEAR, words.strip(" ,"))


def ambiguous(words: str) -> OptOutReading:
    return OptOutReading(Verdict.AMBIGUOUS, words.strip(" ,"))
