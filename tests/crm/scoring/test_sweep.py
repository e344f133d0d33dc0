"""What changes is scored again by the minute's sweep: once, and nothing else is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.intake import Address, add_address
from crm.models import Company, Contact, ContactScore, Lead, LeadScore, Property
from crm.scoring import changes, sweep
from tests.crm.scoring.small import make_leads

pytestmark = pytest.mark.django_db


@pytest.fixture
def scored_keys(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The keys each sweep stores, in the order it does."""
    keys: list[Any] = []
    from crm.scoring import portion

    real = portion.store

    def store(subject: Any, given: Any, **values: Any) -> None:
        keys.extend(one.key for one in given)
        real(subject, given, **values)

    monkeypatch.setattr(portion, "store", store)
    return keys


def settle() -> None:
    """Everybody is scored, and that was long ago."""
    sweep.tend()
    long_ago = timezone.now() - timedelta(hours=1)
    for model in (Lead, Contact, Property):
        model.objects.update(updated_at=long_ago)


def change_property(lead: Lead) -> None:
    assert lead.property
    lead.property.distress_reason = ""
    lead.property.save()


def change_contact(lead: Lead) -> None:
    assert lead.contact
    lead.contact.role = "tenant"
    lead.contact.save()


def change_company(lead: Lead) -> None:
    assert lead.contact
    company = Company.objects.create(name="Brand new")
    Contact.objects.filter(pk=lead.contact.pk).update(company=company)


def change_address(lead: Lead) -> None:
    assert lead.contact
    add_address(lead.contact, Address("email", "o@own.example"), source="x", actor="ella")


def change_lead(lead: Lead) -> None:
    lead.notes = "urgent"
    lead.save()


@pytest.mark.parametrize(
    "change", [change_property, change_contact, change_company, change_address, change_lead]
)
def test_what_changes_is_scored_again(
    change: Callable[[Lead], None], scored_keys: list[Any]
) -> None:
    lead, other = make_leads(2)
    settle()
    scored_keys.clear()
    change(lead)
    sweep.tend()
    assert lead.pk in scored_keys
    assert other.pk not in scored_keys
    assert scored_keys.count(lead.pk) <= 2  # the row and what it belongs to, each once
    assert LeadScore.objects.get(lead=lead).seen_until > timezone.now() - timedelta(minutes=2)


def test_a_tier_follows_from_a_change() -> None:
    (lead,) = make_leads(1)
    sweep.tend()
    change_contact(lead)
    change_property(lead)
    sweep.tend()
    lead.refresh_from_db()
    assert lead.tier == "B"


def test_it_comes_to_rest(scored_keys: list[Any]) -> None:
    make_leads(2)
    settle()
    scored_keys.clear()
    for _ in range(3):
        sweep.tend()
    assert scored_keys == []


def test_a_change_costs_no_count_of_everybody() -> None:
    make_leads(2)
    settle()
    sweep.tend()
    change_contact(Lead.objects.all()[0])
    with CaptureQueriesContext(connection) as asked:
        sweep.tend()
    assert not [one["sql"] for one in asked if "GROUP BY" in str(one["sql"])]


def test_new_people_are_scored_by_the_next_sweep() -> None:
    sweep.tend()
    (lead,) = make_leads(1)
    sweep.tend()
    assert LeadScore.objects.filter(lead=lead).exists()
    assert ContactScore.objects.filter(contact=lead.contact).exists()


def test_thousands_of_stale_rows_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "PORTION", 2)
    sweep.tend()
    make_leads(5)
    assert sweep.tend() is False
    assert LeadScore.objects.count() == 5
