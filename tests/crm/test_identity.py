"""Which company facts mean, and what becomes of a number that two companies claim."""

from typing import Any

import pytest

from crm.choices import PointKind
from crm.errors import SharedNumberError
from crm.intake import Address, CompanyFacts, Person, take_in_company
from crm.models import Company

pytestmark = pytest.mark.django_db
NUMBERS = pytest.mark.parametrize("field", ["tin", "registration_number"])


def take_in(name: str, website: str = "", *, mail: str = "", **more: Any) -> Company:
    people = [Person(addresses=[Address(PointKind.EMAIL, mail)])] if mail else []
    facts = CompanyFacts(name=name, website=website, people=people, **more)
    return take_in_company(facts, source="test", actor="sam")


def stands() -> list[tuple[str, str | None]]:
    return list(Company.objects.order_by("name").values_list("name", "domain"))


@NUMBERS
def test_a_number_under_another_website_is_told_and_nothing_changes(field: str) -> None:
    take_in("Sky", "sky.example", **{field: "12-34"})
    label = {"tin": "Tax id", "registration_number": "Registration number"}[field]
    with pytest.raises(SharedNumberError) as refused:
        take_in("West Air", "west.example", mail="b@west.example", **{field: "12-34"})
    assert str(refused.value) == (
        f"{label} 12-34 is that of “Sky” (sky.example) already. If they are one company, give "
        "sky.example as the website; if they are two, correct the number or leave it out."
    )
    assert (refused.value.column, refused.value.value) == (field, "12-34")
    assert stands() == [("Sky", "sky.example")]


def test_what_the_words_advise_works() -> None:
    sky = take_in("Sky", "sky.example", tin="12-34")
    assert take_in("West Air", "sky.example", tin="12-34") == sky
    assert take_in("West Air", "west.example") != sky
    assert stands() == [("Sky", "sky.example"), ("West Air", "west.example")]


@NUMBERS
def test_a_known_company_does_not_get_the_number_of_another(field: str) -> None:
    take_in("Sky", "sky.example", **{field: "12-34"})
    west = take_in("West Air", "west.example")
    with pytest.raises(SharedNumberError, match="merge it with “West Air” first"):
        take_in("West Air", "west.example", **{field: "12-34"})
    west.refresh_from_db()
    assert getattr(west, field) == ""


def test_numbers_of_two_companies_are_not_united() -> None:
    take_in("Sky", "sky.example", tin="1")
    take_in("Lake", "lake.example", registration_number="2")
    with pytest.raises(SharedNumberError, match="Registration number 2 is that of “Lake”"):
        take_in("Air", tin="1", registration_number="2")
    take_in("Hill", tin="3", registration_number="4")
    with pytest.raises(SharedNumberError, match="give it the same name"):
        take_in("Vale", tin="5", registration_number="4")


def test_who_have_had_one_number_since_long_go_on() -> None:
    for name in ("Sky", "West"):
        Company.objects.create(name=name, domain=f"{name.lower()}.example", tin="12-34")
    assert take_in("West", "west.example", tin="12-34", city="Reno").name == "West"
    assert Company.objects.get(name="West").city == "Reno"


def test_one_name_and_one_number_under_a_new_website_is_a_company_that_moved() -> None:
    take_in("Sky", "sky.example", tin="12-34")
    take_in("SKY", "newsky.example", tin="12-34")
    assert stands() == [("Sky", "newsky.example")]


def test_the_host_of_a_mailbox_does_not_replace_a_website() -> None:
    take_in("Sky", "sky.example", tin="12-34")
    take_in("Sky Ltd", mail="pat@skymail.example", tin="12-34")
    assert stands() == [("Sky", "sky.example")]
    assert Company.objects.get().contacts.count() == 1


@NUMBERS
def test_one_number_of_two_countries_is_of_two_companies(field: str) -> None:
    take_in("Sky", "sky.example", country="DE", **{field: "12-34"})
    take_in("Ciel", "ciel.example", country="FR", **{field: "12-34"})
    assert stands() == [("Ciel", "ciel.example"), ("Sky", "sky.example")]
