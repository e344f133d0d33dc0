"""What cannot be asked is refused, each fault with its place and what to do."""

from typing import Any

import pytest

from crm.segments.definition import DefinitionError, as_data, parse, read_text
from crm.segments.where import read_lines
from tests.crm.segments.conftest import row

pytestmark = pytest.mark.django_db


def faults(data: Any) -> list[str]:
    with pytest.raises(DefinitionError) as refused:
        parse(data)
    return [one.text for one in refused.value.problems]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (row("contact.shoe_size", "is", "9"), "there is no field “contact.shoe_size” any more"),
        (row("contact.company__notes", "is", "9"), "there is no field"),
        (row("", "is", "9"), "choose a field"),
        (row("contact.role", "at_least", "9"), "position cannot be asked “at_least”"),
        (row("contact.role", "is"), "fill in what to look for"),
        (row("contact.role", "is", " \n "), "fill in what to look for"),
        (row("contact.role", "is", 7), "write a text, not “7”"),
        (row("contact.role", "is", {"sql": "1"}), "write a text"),
        (row("contact.role", "one_of", []), "choose or write at least one"),
        (row("contact.role", "one_of", [[]]), "write a text"),
        (row("contact.role", "is", "x" * 201), "is longer than 200 characters"),
        (row("contact.role", "one_of", ["x"] * 501), "501 values are too many"),
        (row("contact.role", "word", ["x"] * 51), "51 values are too many; 50 is the most"),
        (row("contact.role", "empty", "x"), "takes no value"),
        (row("contact.country", "is", "Atlantis"), "there is no “Atlantis”"),
        (row("company.employees", "is", "many"), "write a number such as 50"),
        (row("company.employees", "is", "NaN"), "no number that can be compared"),
        (row("company.employees", "is", "1e400"), "no number that can be compared"),
        (row("company.employees", "is", True), "write a number"),
        (row("contact.added", "in_last", 0), "write how many days, 1 to 3650"),
        (row("contact.added", "in_last", "99999999999"), "write how many days"),
        (row("contact.added", "in_last", "²"), "write how many days"),
        (row("contact.added", "before", "soon"), "write a date such as 2026-01-31"),
        (row("contact.added", "before", "2026-02-30"), "write a date"),
        (row("company.sme", "is", "perhaps"), "choose yes or no"),
        ({**row("contact.role", "is", "x"), "raw": "1=1"}, "no “raw”"),
        ("contact.role is CTO", "is no object"),
        (row("contact.role", ["is"], "x"), "cannot be asked"),
        ({"field": ["contact.role"], "op": "is"}, "there is no field"),
        ({"match": "most", "conditions": []}, "A group matches all, any or none"),
        ({"match": "all", "conditions": {}}, "The conditions of a group are a list."),
        ({"match": "all", "having": 1}, "no “having”"),
    ],
)
def test_a_fault_says_what_to_do(asked: Any, said: str) -> None:
    told = faults({"match": "all", "conditions": [asked]})
    assert said in told[0]


def test_every_fault_is_told_with_its_place() -> None:
    inner = {"match": "any", "conditions": [row("contact.role", "is", "CTO"), row("x", "is")]}
    with pytest.raises(DefinitionError) as refused:
        parse({"match": "all", "conditions": [row("contact.added", "in_last", "x"), inner]})
    assert [one.path for one in refused.value.problems] == [(0,), (1, 1)]
    assert refused.value.problems[1].text.startswith("Condition 3: ")


def test_a_thousand_conditions_are_refused_in_one_sentence() -> None:
    told = faults({"match": "any", "conditions": [row("contact.role", "is", "x")] * 1000})
    assert told == [
        "1000 conditions are too many; 100 is the most. Use “is one of” for a list of values."
    ]


def test_groups_stand_only_so_deep() -> None:
    data: dict[str, Any] = row("contact.role", "is", "x")
    for _ in range(2000):
        data = {"match": "all", "conditions": [data]}
    assert any("deep at most" in text or "stored" in text for text in faults(data))


@pytest.mark.parametrize("text", ["{", "nonsense", "[" * 100_000, '"' * 300_000, "\ufeff{}"])
def test_nonsense_is_no_json(text: str) -> None:
    with pytest.raises(DefinitionError):
        parse(read_text(text))


@pytest.mark.parametrize("data", [None, 7, "x", [], [row("contact.role", "is", "x")]])
def test_a_definition_is_an_object(data: Any) -> None:
    assert "A definition is an object" in faults(data)[0]


@pytest.mark.parametrize("bad", ["a\x00b", "\ud800"])
def test_what_cannot_be_stored_is_refused(bad: str) -> None:
    assert "cannot be stored" in faults({"conditions": [row("contact.role", "is", bad)]})[0]


def test_it_is_stored_in_one_form() -> None:
    loose = {"conditions": [row("contact.country", "is", "russia"),
                            row("contact.role", "contains", "  Head   of IT "),
                            row("contact.added", "in_last", "60"),
                            row("company.employees", "at_least", "50.0")]}  # fmt: skip
    strict = as_data(parse(loose))
    assert strict == {"match": "all", "conditions": [
        row("contact.country", "is", "RU"), row("contact.role", "contains", ["Head of IT"]),
        row("contact.added", "in_last", 60), row("company.employees", "at_least", 50)]}  # fmt: skip
    assert as_data(parse(strict)) == strict


def test_lines_are_read_as_conditions() -> None:
    data = read_lines(["contact.role contains CTO; Head of IT", "contact.added not_in_last 60",
                       "company.sme yes", "contact.role filled"])  # fmt: skip
    assert as_data(parse(data))["conditions"] == [
        row("contact.role", "contains", ["CTO", "Head of IT"]),
        row("contact.added", "not_in_last", 60), row("company.sme", "is", True),
        row("contact.role", "filled")]  # fmt: skip


def test_a_line_that_names_no_field_is_refused() -> None:
    with pytest.raises(DefinitionError, match="there is no field “role”"):
        read_lines(["role is CTO"])
