"""Evidence as values: records in time order, and what is missing said openly."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from compliance.evidence.document import Question, Record, Section, fill
from compliance.evidence.questions import empty_sections

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
QUESTIONS = tuple(Question(name, f"{name}?") for name in ("who", "when", "where"))


def section() -> Section:
    return Section("consent", "Consent", "None.", QUESTIONS)


def record(hours: int = 0, **answers: str) -> Record:
    return Record("consent", NOON + timedelta(hours=hours), f"at {hours}", answers)


def fields(questions: list[Question]) -> list[str]:
    return [question.field for question in questions]


def test_records_stand_in_time_order() -> None:
    (filled,) = fill([section()], [record(2), record(0), record(1)])
    assert [one.title for one in filled.records] == ["at 0", "at 1", "at 2"]


def test_what_nobody_answers_is_not_recorded() -> None:
    (filled,) = fill([section()], [record(who="Pat"), record(1, when="noon", where="")])
    assert fields(filled.not_recorded) == ["where"]


def test_what_one_record_leaves_open_and_others_answer_is_told_beside_it() -> None:
    (filled,) = fill([section()], [record(who="Pat"), record(1, when="noon")])
    assert fields(filled.left_open(filled.records[0])) == ["when"]
    assert [(q.field, text) for q, text in filled.answered(filled.records[0])] == [("who", "Pat")]


def test_records_that_answer_different_questions_lack_nothing_of_each_other() -> None:
    mixed = replace(section(), mixed=True)
    (filled,) = fill([mixed], [record(who="Pat"), record(1, when="noon")])
    assert filled.left_open(filled.records[0]) == []
    assert fields(filled.not_recorded) == ["where"]


def test_without_records_everything_is_open() -> None:
    assert fields(section().not_recorded) == ["who", "when", "where"]


def test_an_answer_nobody_asks_for_is_refused() -> None:
    with pytest.raises(ValueError, match="answers shoe_size, which consent never asks"):
        fill([section()], [record(shoe_size="44")])


def test_a_record_of_an_unknown_section_is_refused() -> None:
    with pytest.raises(ValueError, match="no section “gossip”"):
        fill([section()], [Record("gossip", NOON, "heard", {})])


def test_every_question_is_asked_once_and_in_words() -> None:
    for one in empty_sections():
        names = fields(list(one.questions))
        assert len(names) == len(set(names))
        assert all(question.asks.endswith("?") for question in one.questions)
    assert [one.key for one in empty_sections()] == [
        "consent", "gate_decision", "message", "delivery", "opt_out", "program",
    ]  # fmt: skip
