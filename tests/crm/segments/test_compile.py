"""Who is found: every kind of field and operator, groups in groups, rows behind people."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.models import Contact, Lead, Property
from crm.segments import compile as compiler
from crm.segments.definition import parse
from tests.crm.segments.conftest import NOW, row

Find = Callable[..., set[str]]
EVERYONE = {"Olga", "Ivan", "Dan", "Beth", "Cher"}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (row("contact.role", "is", "cto"), {"Olga"}),
        (row("contact.role", "is_not", "CTO"), EVERYONE - {"Olga"}),
        (row("contact.role", "contains", "cto"), {"Olga", "Beth", "Dan"}),
        (row("contact.role", "contains_not", ["cto", "head"]), {"Cher"}),
        (row("contact.role", "word", "cto"), {"Olga", "Beth"}),
        (row("contact.role", "word", ["CTO", "head of it"]), {"Olga", "Beth", "Ivan"}),
        (row("contact.role", "starts", "d"), {"Dan", "Beth"}),
        (row("contact.role", "one_of", ["CTO", "Head of IT"]), {"Olga", "Ivan"}),
        (row("contact.role", "none_of", ["CTO", "Head of IT"]), {"Dan", "Beth", "Cher"}),
        (row("contact.role", "empty"), {"Cher"}),
        (row("contact.role", "filled"), EVERYONE - {"Cher"}),
        (row("company.industry", "is", "FINTECH"), {"Olga", "Ivan", "Dan"}),
        (row("company.industry", "is_not", "fintech"), {"Beth", "Cher"}),
        (row("company.industry", "empty"), {"Cher"}),
        (row("company.employees", "at_least", 40), {"Olga", "Ivan", "Dan", "Beth"}),
        (row("company.employees", "at_most", "100"), {"Olga", "Ivan", "Dan"}),
        (row("company.employees", "is_not", 900), EVERYONE - {"Beth"}),
        (row("company.sme", "is", True), {"Olga", "Ivan", "Dan"}),
        (row("company.country", "is", "Russia"), {"Olga", "Ivan", "Dan"}),
        (row("company.country", "none_of", ["RU"]), {"Beth", "Cher"}),
        (row("contact.tags", "has", ["vip"]), {"Olga"}),
        (row("company.tags", "has_any", ["q1", "q2"]), {"Olga", "Ivan", "Dan"}),
        (row("company.tags", "has", ["q1", "q2"]), set()),
        (row("company.tags", "has_none", ["hot"]), {"Beth", "Cher"}),
        (row("contact.tags", "empty"), EVERYONE - {"Olga"}),
        (row("contact.email", "is", True), EVERYONE),
        (row("contact.phone", "is", True), set()),
        (row("contact.phone", "is", False), EVERYONE),
        (row("lead.any", "is", False), EVERYONE),
    ],
)
def test_an_operator_finds_whom_it_says(find: Find, asked: Any, found: set[str]) -> None:
    assert find(asked) == found


def test_days_are_counted_back_from_now(find: Find, town: dict[str, Contact]) -> None:
    Contact.objects.update(created_at=NOW - timedelta(days=90))
    Contact.objects.filter(name="Dan").update(created_at=NOW - timedelta(days=3))
    assert find(row("contact.added", "in_last", 60)) == {"Dan"}
    assert find(row("contact.added", "not_in_last", 60)) == EVERYONE - {"Dan"}
    assert find(row("contact.added", "before", "2026-06-01")) == EVERYONE - {"Dan"}
    assert find(row("contact.added", "after", "2026-06-01")) == {"Dan"}


def test_groups_stand_in_groups(find: Find) -> None:
    either = {
        "match": "any",
        "conditions": [
            row("contact.role", "word", "CTO"),
            {"match": "all", "conditions": [row("company.sme", "is", True),
                                            row("contact.role", "starts", "Dir")]},
        ],
    }  # fmt: skip
    assert find(either) == {"Olga", "Beth", "Dan"}
    assert find(either, row("company.country", "is", "US")) == {"Beth"}
    assert find(either, match="none") == {"Ivan", "Cher"}
    assert find(row("contact.role", "word", "CTO"), {"match": "none", "conditions": [
        row("company.country", "is", "US")]}) == {"Olga"}  # fmt: skip


def test_no_condition_means_everyone(find: Find) -> None:
    assert find() == EVERYONE
    assert find({"match": "any", "conditions": []}) == EVERYONE


def test_an_erased_person_is_never_found(find: Find, town: dict[str, Contact]) -> None:
    Contact.objects.filter(name="Dan").update(erased_at=NOW)
    assert find() == EVERYONE - {"Dan"}


def lead_of(contact: Contact, number: int, **changes: Any) -> Lead:
    about = Property.objects.create(parcel_id=str(number), county="Gulf", state="FL")
    return Lead.objects.create(contact=contact, property=about, **changes)


def test_conditions_side_by_side_speak_of_one_lead(find: Find, town: dict[str, Contact]) -> None:
    lead_of(town["olga"], 1, status="new", score=10)
    lead_of(town["olga"], 2, status="won", score=90)
    lead_of(town["ivan"], 3, status="new", score=90)
    new, high = row("lead.status", "is", "new"), row("lead.score", "at_least", 50)
    assert find(new, high) == {"Ivan"}
    assert find(new, high, row("property.county", "is", "gulf")) == {"Ivan"}
    assert find(new, {"match": "all", "conditions": [high]}) == {"Olga", "Ivan"}
    assert find(new, high, match="any") == {"Olga", "Ivan"}
    assert find({"match": "none", "conditions": [new]}) == EVERYONE - {"Olga", "Ivan"}


def test_nobody_is_found_twice_and_it_is_one_query(find: Find, town: dict[str, Contact]) -> None:
    for number in range(5):
        lead_of(town["olga"], number, score=90)
    group = parse({"match": "any", "conditions": [
        row("lead.score", "at_least", 50), row("property.state", "is", "FL"),
        row("company.industry", "is", "fintech"), row("company.tags", "has", ["hot"]),
    ]})  # fmt: skip
    with CaptureQueriesContext(connection) as queries:
        names = list(compiler.find(group, now=NOW).values_list("name", flat=True))
    assert sorted(names) == ["Dan", "Ivan", "Olga"]
    assert len(queries) == 1


def test_capitals_make_no_difference_in_any_alphabet(find: Find, town: dict[str, Contact]) -> None:
    Contact.objects.filter(name="Ivan").update(role="Технический Директор")
    for op in ("word", "contains", "starts"):
        assert find(row("contact.role", op, ["технический"])) == {"Ivan"}, op
    assert find(row("contact.role", "is", "технический директор")) == {"Ivan"}


HOSTILE = [
    "' OR 1=1 --", "%", "_", "\\", "\\'", "(", "[a-z]+", ".*", '"; DROP TABLE crm_contact; --',
    "{0}", "%s", "%(x)s", "$1", "\\y", "*", "a' UNION SELECT 1 --", "'||'", "\u202e", "😀",
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("op", ["is", "contains", "word", "starts", "one_of"])
def test_a_value_is_only_ever_a_value(find: Find, op: str, value: str) -> None:
    assert find(row("contact.role", op, value)) == set()
    assert find(row("company.tags", "has_any", [value])) == set()
    assert Contact.objects.count() == 5


def test_what_looks_like_a_pattern_is_looked_for_as_it_stands(
    find: Find, town: dict[str, Contact]
) -> None:
    Contact.objects.filter(name="Dan").update(role="C++ (100%) lead_dev")
    for value in ("C++", "(100%)", "lead_dev"):
        assert find(row("contact.role", "contains", value)) == {"Dan"}
        assert find(row("contact.role", "word", value)) == {"Dan"}
