"""Contacts as rows: found by parts, and harmless in a spreadsheet."""

import pytest

from crm.contact_list import as_row, find_contacts
from crm.models import Company, Contact, ContactPoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def pat() -> Contact:
    sky = Company.objects.create(name="Sky", domain="sky.example")
    pat = Contact.objects.create(company=sky, name="Pat Doe", role="Sales")
    ContactPoint.objects.create(contact=pat, kind="phone", value="+12015550123")
    ContactPoint.objects.create(contact=pat, kind="phone", value="+12015550124")
    return pat


@pytest.mark.parametrize("search", ["pat", "sales", "5550124", ""])
def test_a_contact_is_found_once_by_any_part(pat: Contact, search: str) -> None:
    assert list(find_contacts(search=search)) == [pat]


def test_several_addresses_share_a_cell(pat: Contact) -> None:
    assert as_row(pat)["phone"] == "+12015550123; +12015550124"


def test_a_row_tells_the_company_apart_and_the_country(pat: Contact) -> None:
    Contact.objects.update(country="US")
    row = as_row(Contact.objects.get())
    assert (row["company"], row["domain"], row["country"]) == ("Sky", "sky.example", "US")


def test_a_list_asks_few_questions(pat: Contact, django_assert_num_queries: object) -> None:
    for n in range(5):
        Contact.objects.create(company=pat.company, name=f"P{n}")
    with django_assert_num_queries(2):  # type: ignore[operator]  contacts with company, addresses
        assert len([as_row(contact) for contact in find_contacts()]) == 6


def test_the_lines_stand_in_the_order_of_the_numbers(pat: Contact) -> None:
    assert as_row(pat)["line_type"] == ""
    ContactPoint.objects.filter(value="+12015550124").update(line_type="landline")
    assert as_row(Contact.objects.get())["line_type"] == "unknown; landline"
