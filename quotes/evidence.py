"""The words a value was read from, as pieces of the mail they can be shown in."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the names of the values read from it."""

    text: str
    values: tuple[str, ...] = ()

    @property
    def names(self) -> str:
        """The value names, one space between them."""
        return " ".join(self.values)


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the text one value was read."""

    value: str
    start: int
    end: int


def spans_in(text: str, evidence: Mapping[str, Any], source: str) -> list[Span]:
    """The spans of one source ("body", "subject") that really hold the words they claim.

    A span that does not fit is looked up by its words; one that cannot be found is left out.
    """
    found = []
    for value, span in evidence.items():
        if not isinstance(span, Mapping) or span.get("source", "body") != source:
            continue
        words, start = str(span.get("text") or ""), span.get("start")
        if not words:
            continue
        if not isinstance(start, int) or text[start : start + len(words)] != words:
            start = text.find(words)
        if start >= 0:
            found.append(Span(value, start, start + len(words)))
    return found


def pieces(text: str, spans: list[Span]) -> list[Piece]:
    """The text cut at every border of a span; joined again it is the text."""
    borders = sorted({0, len(text), *(s.start for s in spans), *(s.end for s in spans)})
    cut = []
    for start, end in pairwise(borders):
        names = tuple(s.value for s in spans if s.start <= start and end <= s.end)
        cut.append(Piece(text[start:end], names))
    return cut
