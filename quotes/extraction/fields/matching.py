"""A pattern, or several in order, as the reader of a field. Pure."""

import re
from collections.abc import Callable
from typing import Any

from quotes.extraction.case import Evidence
from quotes.extraction.reader import Reader

Found = tuple[Any, Evidence]
FieldReader = Callable[[Reader], Found | None]
GROUPS = ("v", "w", "q")  # what of a match is the value; the whole of it where it names none
EDGE = ' ,.;:“”"«»„'


def first_of(*patterns: re.Pattern[str]) -> FieldReader:
    """The first pattern that stands in the body, else in the subject; its words are the value."""

    def read(reader: Reader) -> Found | None:
        for start in (reader.offset, 0):
            for pattern in patterns:
                match = pattern.search(reader.text, start)
                if match:
                    return taken(match, reader)
        return None

    return read


def taken(match: "re.Match[str]", reader: Reader) -> Found:
    """A match's words on one line without marks around them, and their evidence."""
    groups = match.groupdict()
    name = next((name for name in GROUPS if groups.get(name)), None)
    evidence = reader.evidence(*(match.span(name) if name else match.span()))
    return " ".join(evidence.text.split()).strip(EDGE), evidence
