"""Companies that may be one: by number, by name in another form; not where facts contradict."""

from uuid import uuid4

import pytest

from crm.dedupe import Known, find_duplicates, known_companies, list_duplicates, name_key
from crm.models import Company


def known(name: str, **values: str) -> Known:
    return Known(uuid4(), name, **values)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sky LLC", "SKY, L.L.C."),
        ("Sky Inc.", "sky"),
        ("ООО «Ромашка»", "Ромашка"),
        ("Peñalara S.A.", "Penalara"),
        ("Größe & Söhne GmbH", "größe and söhne"),
    ],
)
def test_a_name_is_one_in_all_its_forms(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


def test_names_that_are_nothing_but_a_form_suspect_nobody() -> None:
    assert find_duplicates([known("The Company"), known("LLC")]) == []


def test_a_tax_id_shared_by_two_domains_is_shown_with_both() -> None:
    pair = [
        known("Sky", domain="sky.example", tin="77-12"),
        known("Lake", domain="l.example", tin="7712"),
    ]
    (found,) = find_duplicates(pair)
    assert (found.reason, found.shared, list(found.companies)) == ("tax id", "7712", pair)


@pytest.mark.parametrize("field", ["tin", "country"])
def test_facts_that_contradict_acquit(field: str) -> None:
    assert find_duplicates([known("Sky", **{field: "US"}), known("Sky", **{field: "GB"})]) == []


def test_a_group_is_told_once_however_much_it_shares() -> None:
    assert len(find_duplicates([known("Sky", tin="1"), known("Sky Ltd", tin="1")])) == 1


@pytest.mark.django_db
def test_our_companies_are_compared_with_one_question(django_assert_num_queries: object) -> None:
    for name in ("Sky", "Sky Ltd", "Lake"):
        Company.objects.create(name=name)
    with django_assert_num_queries(1):  # type: ignore[operator]
        (found,) = list_duplicates()
    assert [one.name for one in found.companies] == ["Sky", "Sky Ltd"]


@pytest.mark.django_db
def test_a_street_is_compared_in_one_spelling_with_its_city() -> None:
    for name, street, city in (
        ("A", "123 N. Main Street, Suite 4", "Miami"), ("B", "123 north main st #4", " MIAMI "),
        ("C", "123 N Main St #4", "Tampa"), ("D", "Somewhere", "Miami"),
    ):  # fmt: skip
        Company.objects.create(name=name, street=street, city=city, country="US")
    places = {one.name: one.place for one in known_companies()}
    assert places["A"] == places["B"] != places["C"]
    assert places["D"] == ""
