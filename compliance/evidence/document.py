"""The evidence as values: questions, the records that answer them, and the ledger's lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from compliance.audit_words import words_for


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the evidence is about: (kind, address) pairs, and the row of the person, if known.

    `row` is (model label in lower case, primary key). `put_away`: whoever asks may see the consents
    of erased people, which others only learn the number of.
    """

    addresses: tuple[tuple[str, str], ...]
    name: str = ""
    row: tuple[str, str] | None = None
    put_away: bool = False

    @property
    def values(self) -> list[str]:
        """The bare addresses."""
        return [address for _kind, address in self.addresses]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that will be asked: `basis` is the law that asks it, where there is one."""

    field: str
    asks: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that happened, with its answers by field of `questions.toml`.

    `section` is where it belongs, `source` the row it was read from.
    """

    section: str
    at: datetime
    title: str
    answers: Mapping[str, str]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of record with its questions; `nothing` is said when there is no record.

    Records that are `mixed` answer different questions each; none of them lacks the others'.
    """

    key: str
    title: str
    nothing: str
    questions: tuple[Question, ...]
    records: tuple[Record, ...] = ()
    mixed: bool = False

    def answered(self, record: Record) -> list[tuple[Question, str]]:
        """What this record answers, in the order of the questions."""
        given = record.answers
        return [(one, given[one.field]) for one in self.questions if given.get(one.field)]

    def left_open(self, record: Record) -> list[Question]:
        """What other records here answer and this one does not."""
        if self.mixed:
            return []
        never = set(self.not_recorded)
        return [
            one for one in self.questions if one not in never and not record.answers.get(one.field)
        ]

    @property
    def not_recorded(self) -> list[Question]:
        """What no record of this section answers: said openly, never guessed."""
        known = {name for record in self.records for name, text in record.answers.items() if text}
        return [one for one in self.questions if one.field not in known]


@dataclass(frozen=True, slots=True)
class Line:
    """One ledger entry; `problem` says in words what does not fit the chain."""

    pk: int
    at: datetime
    actor: str
    action: str
    subject: tuple[str, str]
    reason: str
    data: Mapping[str, Any]
    digest: str
    position: int | None = None
    chain_hash: str = ""
    problem: str = ""

    @property
    def said(self) -> str:
        """The act in words."""
        return words_for(self.action)


@dataclass(frozen=True, slots=True)
class Evidence:
    """All sections and ledger lines in time order, as of `gathered_at` (UTC)."""

    person: Person
    gathered_at: datetime
    sections: tuple[Section, ...]
    lines: tuple[Line, ...] = field(default=())

    @property
    def broken(self) -> list[Line]:
        """The ledger lines that were changed after they were written."""
        return [line for line in self.lines if line.problem]


def fill(sections: Iterable[Section], records: Iterable[Record]) -> tuple[Section, ...]:
    """The sections with their records in time order.

    Raises ValueError for a record of no section and an answer nobody asks for: slips of the room.
    """
    by_key: dict[str, list[Record]] = {}
    for record in sorted(records, key=lambda record: record.at):
        by_key.setdefault(record.section, []).append(record)
    filled = tuple(_filled(section, by_key.pop(section.key, [])) for section in sections)
    if by_key:
        raise ValueError(f"There is no section “{next(iter(by_key))}” in questions.toml")
    return filled


def _filled(section: Section, records: list[Record]) -> Section:
    known = {one.field for one in section.questions}
    for record in records:
        if stray := sorted(set(record.answers) - known):
            raise ValueError(f"“{record.title}” answers {stray[0]}, which {section.key} never asks")
    return replace(section, records=tuple(records))
