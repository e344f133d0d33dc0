"""The questions evidence must answer, read from `questions.toml`."""

import tomllib
from functools import cache
from pathlib import Path

from compliance.evidence.document import Question, Section

FILE = Path(__file__).with_name("questions.toml")


@cache
def empty_sections() -> tuple[Section, ...]:
    """Every section without records, in the order in which they are shown."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        Section(
            key=key,
            title=section["title"],
            nothing=section["nothing"],
            mixed=section.get("mixed", False),
            questions=tuple(Question(*row) for row in section["questions"]),
        )
        for key, section in table.items()
    )
