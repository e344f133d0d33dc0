"""Cuts a text into plain and marked pieces, for templates to show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `reason` is why it is marked, empty for plain text."""

    text: str
    reason: str = ""
    kind: str = ""


def marked(text: str, marks: Iterable[Mapping[str, Any]], part: str) -> list[Piece]:
    """The pieces of a text with the fact check's marks of one part ("subject" or "body")."""
    pieces, at = [], 0
    own = [m for m in marks if m.get("part", "body") == part]
    for mark in sorted(own, key=lambda m: int(m["start"])):
        start, end = int(mark["start"]), int(mark["end"])
        if start < at or end > len(text) or text[start:end] != mark["text"]:
            continue
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], str(mark["reason"]), str(mark["kind"])))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces
