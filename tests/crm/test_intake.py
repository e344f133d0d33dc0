"""Companies and people enter once, are completed later, and never without an address."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from compliance.models import AuditEntry
from crm.choices import PointKind
from crm.errors import BadAddressError, CrmError, NoAddressError
from crm.intake import (
    Address,
    CompanyFacts,
    Person,
    take_in_company,
    take_in_person,
    take_in_vendor,
)
from crm.models import Company, Contact, ContactPoint

pytestmark = pytest.mark.django_db

MAIL = Address(PointKind.EMAIL, "Charter@HudsonAir.example", preferred=True)
PRIYA = Person(name="Priya Raman", role="Charter sales", addresses=[MAIL])
HUDSON = CompanyFacts(
    name="Hudson Air  Charter",
    categories=["private_jet"],
    regions=["Northeast"],
    country="us",
    people=[PRIYA],
)


def take_in(facts: CompanyFacts) -> Company:
    return take_in_vendor(facts, source="test", actor="Ella")


def test_a_vendor_comes_in_with_person_address_and_category() -> None:
    company = take_in(HUDSON)
    point = ContactPoint.objects.get()
    assert (company.name, company.domain, company.country) == (
        "Hudson Air Charter", "hudsonair.example", "US"
    )  # fmt: skip
    assert (point.value, point.preferred, point.source) == (
        "charter@hudsonair.example", True, "test"
    )  # fmt: skip
    assert point.contact.is_primary
    assert [c.slug for c in company.categories.all()] == ["private_jet"]


def test_the_same_facts_twice_change_nothing() -> None:
    take_in(HUDSON)
    entries = AuditEntry.objects.count()
    take_in(HUDSON)
    counts = [model.objects.count() for model in (Company, Contact, ContactPoint)]
    assert counts == [1, 1, 1]
    assert AuditEntry.objects.count() == entries


def test_the_domain_is_the_identity_whatever_the_name() -> None:
    first = take_in(HUDSON)
    assert take_in(replace(HUDSON, name="Hudson Air Charter LLC")) == first


def test_the_tax_id_is_an_identity_too() -> None:
    first = take_in(replace(HUDSON, tin="12-3456789"))
    moved = CompanyFacts(name="HAC", tin="12-3456789", people=[])
    assert take_in_company(moved, source="test", actor="Ella") == first


def test_the_same_name_under_another_domain_is_another_company() -> None:
    first = take_in(HUDSON)
    other = replace(HUDSON, website="https://hudson-air.example")
    assert take_in(other) != first


def test_later_facts_complete_and_empty_ones_leave_alone() -> None:
    take_in(HUDSON)
    company = take_in(replace(HUDSON, city="Teterboro", regions=[], people=[]))
    company.refresh_from_db()
    assert (company.city, company.regions) == ("Teterboro", ["Northeast"])


def test_a_second_address_joins_the_same_person() -> None:
    take_in(HUDSON)
    phone = Address(PointKind.PHONE, "201-555-0118")
    take_in(replace(HUDSON, people=[replace(PRIYA, addresses=[MAIL, phone])]))
    assert Contact.objects.count() == 1
    assert set(ContactPoint.objects.values_list("value", flat=True)) == {
        "charter@hudsonair.example", "+12015550118"
    }  # fmt: skip


def test_a_new_preferred_address_replaces_the_old_one() -> None:
    take_in(HUDSON)
    newer = Address(PointKind.EMAIL, "priya@hudsonair.example", preferred=True)
    take_in(replace(HUDSON, people=[replace(PRIYA, addresses=[newer])]))
    preferred = ContactPoint.objects.filter(preferred=True)
    assert [point.value for point in preferred] == ["priya@hudsonair.example"]


def test_a_vendor_without_any_address_is_refused_and_nothing_is_stored() -> None:
    with pytest.raises(NoAddressError, match="no e-mail, phone, WhatsApp or web form"):
        take_in(CompanyFacts(name="Silent Air", categories=["private_jet"]))
    assert not Company.objects.exists()


def test_a_bad_address_refuses_the_whole_company() -> None:
    bad = Person(name="Bob", addresses=[Address(PointKind.EMAIL, "not an address")])
    with pytest.raises(BadAddressError):
        take_in(replace(HUDSON, people=[PRIYA, bad]))
    assert not Company.objects.exists()


def test_an_unknown_category_is_refused_by_name() -> None:
    with pytest.raises(CrmError, match="submarines"):
        take_in(replace(HUDSON, categories=["submarines"]))


def test_a_company_without_a_name_is_refused() -> None:
    with pytest.raises(CrmError, match="needs a name"):
        take_in(replace(HUDSON, name="  "))


def test_creating_and_changing_leave_audit_entries() -> None:
    take_in(HUDSON)
    take_in(replace(HUDSON, city="Teterboro"))
    actions = list(AuditEntry.objects.order_by("id").values_list("action", "actor"))
    assert actions == [
        ("company.created", "Ella"), ("contact.created", "Ella"), ("company.changed", "Ella")
    ]  # fmt: skip


def test_a_home_owner_belongs_to_no_company_and_is_known_by_their_number() -> None:
    owner = Person(
        name="Otto Reyes", addresses=[Address("phone", "(561) 555-0123")],
        country="us", state="fl", postal_code="33401",
    )  # fmt: skip
    first = take_in_person(owner, company=None, source="list", actor="test")
    again = take_in_person(owner, company=None, source="list", actor="test")
    assert first == again
    assert (first.country, first.state, first.postal_code) == ("US", "FL", "33401")
    other = Person(name="Otto Reyes", addresses=[Address("phone", "+15615550199")])
    assert take_in_person(other, company=None, source="list", actor="test") != first


def test_where_a_person_is_comes_in_and_is_completed_but_never_replaced() -> None:
    owner = Person(name="Luis Ortega", addresses=[Address("phone", "+13055550142")], state="fl")
    contact = take_in_person(owner, company=None, source="test", actor="Ella")
    told = replace(owner, county="  Miami-Dade   County ", postal_code=" 33101 ")
    assert take_in_person(told, company=None, source="test", actor="Ella") == contact
    take_in_person(replace(owner, county="Orange"), company=None, source="test", actor="Ella")
    contact.refresh_from_db()
    assert (contact.state, contact.county, contact.postal_code) == (
        "FL", "Miami-Dade County", "33101"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("timezone", "America/Nowhere", "not a time zone; one looks like America/New_York"),
        ("timezone", "EST5EDT4", "not a time zone"),
        ("state", "ZZ", "not the postal code of a US state, such as FL"),
    ],
)
def test_a_place_that_calling_hours_cannot_use_is_said_where_it_is_typed(
    field: str, value: str, words: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        Contact(name="Luis Ortega", **{field: value}).full_clean()
    assert list(refused.value.message_dict) == [field]
    assert words in refused.value.message_dict[field][0]


def test_a_state_is_kept_in_capitals_and_another_countrys_is_its_own() -> None:
    here, there = Contact(state="fl", country="us"), Contact(state="ZZ", country="MX")
    here.full_clean()
    there.full_clean()
    assert (here.state, here.country) == ("FL", "US")
