"""Old versions: who reads cannot put one back, and what no form may change is never put back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from compliance.models import AuditEntry
from crm import leads
from crm.choices import LeadStatus
from crm.models import Contact, Lead

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def lead() -> Lead:
    """New with a note, then contacted without one."""
    made = leads.create(actor="sam", contact=Contact.objects.create(name="Rosa Delgado"))
    made.notes = "first words"
    made.save()
    made.notes, made.status = "", LeadStatus.CONTACTED
    made.save()
    return made


def version(lead: Lead) -> str:
    """The page of the version with the note."""
    old = lead.history.filter(notes="first words").get()  # type: ignore[attr-defined]
    return reverse("admin:crm_lead_simple_history", args=[lead.pk, old.pk])


def posted(lead: Lead) -> dict[str, Any]:
    return {"contact": lead.contact_id, "currency": "USD", "notes": "first words"}


def test_who_only_reads_sees_it_and_puts_nothing_back(
    lead: Lead, ann: User, client_of: ClientOf
) -> None:
    client = client_of(ann)
    page = client.get(version(lead))
    assert page.status_code == 200
    assert "An old version." in page.content.decode()
    assert "Revert" not in page.content.decode()

    assert client.post(version(lead), posted(lead)).status_code == 403

    lead.refresh_from_db()
    assert lead.notes == ""


def test_the_fields_come_back_and_the_stage_stays(
    lead: Lead, ella: User, client_of: ClientOf
) -> None:
    client = client_of(ella)
    page = client.get(version(lead)).content.decode()
    assert "Revert" in page
    assert "actionDropdownOpen" not in page, "a dead button that breaks the page's script"

    assert client.post(version(lead), posted(lead)).status_code == 302

    lead.refresh_from_db()
    assert (lead.notes, lead.status) == ("first words", LeadStatus.CONTACTED)
    entry = AuditEntry.objects.get(action="lead.changed")
    assert (entry.actor, entry.data["fields"]) == ("ella", ["notes"])


def test_what_is_wrong_now_is_said_and_nothing_is_written(
    lead: Lead, ella: User, client_of: ClientOf
) -> None:
    answer = client_of(ella).post(version(lead), {**posted(lead), "currency": ""}, follow=True)

    assert "This version cannot be put back" in answer.content.decode()
    lead.refresh_from_db()
    assert lead.notes == ""


def test_what_is_gone_is_not_made_again(lead: Lead, admin_user: User, client_of: ClientOf) -> None:
    where, values = version(lead), posted(lead)
    lead.delete()
    assert client_of(admin_user).post(where, values).status_code == 404
    assert not Lead.objects.exists()


def test_an_old_version_tells_nothing_of_today(lead: Lead, ella: User, client_of: ClientOf) -> None:
    browser = client_of(ella)
    today = browser.get(reverse("admin:crm_lead_change", args=[lead.pk])).content.decode()
    old = browser.get(version(lead)).content.decode()
    assert "What happened" in today
    assert "What happened" not in old
    assert "Nothing yet" not in old
    assert "first words" in old
