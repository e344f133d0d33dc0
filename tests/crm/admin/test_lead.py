"""The lead's page: who, what happened, and moving it from there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from compliance.models import AuditEntry
from compliance.suppression import suppress
from crm import leads
from crm.models import Contact, ContactPoint, Lead, Property
from outreach.models import Message
from tests.factories import make_campaign, make_drafts

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def lead() -> Lead:
    house = Property.objects.create(
        parcel_id="29-22-28", county="Orange", state="FL", situs_address="12 Palm Court",
        distress_reason="tax delinquency",
    )  # fmt: skip
    rosa = Contact.objects.create(name="Rosa Delgado")
    ContactPoint.objects.create(contact=rosa, kind="email", value="rosa@home.example")
    return leads.create(actor="sam", contact=rosa, about=house)


def page_of(lead: Lead) -> str:
    return reverse("admin:crm_lead_change", args=[lead.pk])


def test_the_page_says_who_what_and_how_it_came(
    lead: Lead, ella: User, client_of: ClientOf
) -> None:
    leads.move(lead, "interested", actor="ella", reason="They rang.")
    page = client_of(ella).get(page_of(lead)).content.decode()
    for words in ("Rosa Delgado", "rosa@home.example", "tax delinquency", "They rang.",
                  "New → Interested", "Made a lead"):  # fmt: skip
        assert words in page


def test_what_was_said_stands_in_the_timeline(ella: User, client_of: ClientOf) -> None:
    draft, unsent = make_drafts(make_campaign(), 2)
    Message.objects.filter(pk=draft.pk).update(status="sent", sent_at=timezone.now())
    Message.objects.filter(pk=unsent.pk).update(
        enrollment=draft.enrollment, kind="follow_up", subject="Not yet"
    )
    lead = leads.create(actor="sam", contact=draft.enrollment.contact)  # type: ignore[union-attr]
    page = client_of(ella).get(page_of(lead)).content.decode()
    assert "We wrote by e-mail" in page
    assert draft.subject in page
    assert "Not yet" not in page
    assert reverse("admin:outreach_thread", args=[draft.enrollment_id]) in page


def test_a_long_story_costs_no_more(lead: Lead, ella: User, client_of: ClientOf) -> None:
    browser = client_of(ella)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(page_of(lead))
        return len(queries)

    cost()
    few = cost()
    for n in range(20):
        leads.move(lead, "contacted" if n % 2 else "replied", actor="ella")
    assert cost() == few


def test_it_is_moved_from_its_page_and_one_comes_back_to_it(
    lead: Lead, ella: User, client_of: ClientOf
) -> None:
    where = reverse("admin:crm_lead_move", args=[lead.pk])
    form = {"to": "contacted", "seen": "new", "next": page_of(lead)}
    assert client_of(ella).post(where, form).headers["Location"] == page_of(lead)
    assert Lead.objects.get(pk=lead.pk).status == "contacted"


def test_the_form_writes_what_changed_into_the_ledger_and_never_the_stage(
    lead: Lead, ella: User, client_of: ClientOf
) -> None:
    form: dict[str, Any] = {
        "contact": lead.contact_id, "property": lead.property_id, "market": "Orlando",
        "currency": "USD", "deal_value": "1000", "owner": ella.pk, "status": "won", "notes": "",
    }  # fmt: skip
    assert client_of(ella).post(page_of(lead), form).status_code == 302
    lead.refresh_from_db()
    assert (lead.market, lead.owner, lead.status) == ("Orlando", ella, "new")
    entry = AuditEntry.objects.get(action="lead.changed")
    assert set(entry.data["fields"]) == {"market", "owner", "deal_value"}


def test_a_second_lead_about_the_same_house_is_refused_in_words(
    lead: Lead, ella: User, client_of: ClientOf
) -> None:
    form = {"contact": lead.contact_id, "property": lead.property_id, "currency": "USD"}
    answer = client_of(ella).post(reverse("admin:crm_lead_add"), form)
    assert answer.status_code == 200
    assert Lead.objects.count() == 1


def test_who_asked_us_to_stop_becomes_no_lead_by_the_form(
    lead: Lead, ella: User, client_of: ClientOf
) -> None:
    kim = Contact.objects.create(name="Kim")
    ContactPoint.objects.create(contact=kim, kind="email", value="kim@home.example")
    suppress(
        "email", "kim@home.example", reason="opt_out", source="mail", received_at=timezone.now()
    )
    form = {"contact": kim.pk, "currency": "USD"}
    for where in (reverse("admin:crm_lead_add"), page_of(lead)):
        answer = client_of(ella).post(where, form)
        assert answer.status_code == 200
        assert "They asked us to stop" in answer.content.decode()
    assert str(Lead.objects.get().contact) == "Rosa Delgado"


def test_the_analyst_looks(lead: Lead, ann: User, client_of: ClientOf) -> None:
    browser = client_of(ann)
    page = browser.get(page_of(lead)).content.decode()
    assert "Rosa Delgado" in page
    assert reverse("admin:crm_lead_move", args=[lead.pk]) not in page
    assert browser.post(page_of(lead), {"market": "x"}).status_code == 403


def test_a_property_shows_its_leads(lead: Lead, ella: User, client_of: ClientOf) -> None:
    where = reverse("admin:crm_property_change", args=[lead.property_id])
    assert "Rosa Delgado" in client_of(ella).get(where).content.decode()
