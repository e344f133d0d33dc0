"""Lists of people and companies: said of many at once, found by tag, tags typed as words."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from compliance.models import AuditEntry
from crm.models import Company, Contact

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
COMPANIES = reverse("admin:crm_company_changelist")
CONTACTS = reverse("admin:crm_contact_changelist")


def act(browser: Client, where: str, rows: list[Any], action: str = "mark", **typed: str) -> str:
    chosen = {"action": action, "_selected_action": [str(row.pk) for row in rows], **typed}
    return browser.post(where, chosen, follow=True).content.decode()


def test_chosen_companies_are_asked_about_and_then_changed(sam: User, client_of: ClientOf) -> None:
    firms = [Company.objects.create(name=f"Firm {n}") for n in range(3)]
    browser = client_of(sam)
    asked = act(browser, COMPANIES, firms[:2])
    assert "Change 2" in asked
    assert "Firm 0" in asked
    assert not AuditEntry.objects.exists(), "asking writes nothing"
    typed = {"confirmed": "yes", "add": "vip, Miami", "status": "qualified", "active": "no"}
    assert "2 companies changed" in act(browser, COMPANIES, firms[:2], **typed)
    told = [(row.tags, row.status, row.active) for row in Company.objects.order_by("name")]
    assert told == [(["vip", "Miami"], "qualified", False)] * 2 + [([], "new", True)]
    assert AuditEntry.objects.filter(action="company.changed", actor="sam").count() == 2


def test_people_are_tagged_and_have_no_use_to_set(ella: User, client_of: ClientOf) -> None:
    kim = Contact.objects.create(name="Kim")
    browser = client_of(ella)
    assert "In use" not in act(browser, CONTACTS, [kim])
    act(browser, CONTACTS, [kim], confirmed="yes", add="vip", active="no")
    kim.refresh_from_db()
    assert kim.tags == ["vip"]


def test_what_was_typed_stands_when_it_is_refused(sam: User, client_of: ClientOf) -> None:
    firm = Company.objects.create(name="Firm", tags=[f"t{n}" for n in range(30)])
    page = act(client_of(sam), COMPANIES, [firm], confirmed="yes", add="one too many")
    assert "more than 30 tags" in page
    assert 'value="one too many"' in page


def test_companies_are_taken_out_of_use_and_back(sam: User, client_of: ClientOf) -> None:
    firm = Company.objects.create(name="Firm")
    browser = client_of(sam)
    act(browser, COMPANIES, [firm], "deactivate")
    firm.refresh_from_db()
    assert not firm.active
    act(browser, COMPANIES, [firm], "activate")
    firm.refresh_from_db()
    assert firm.active


@pytest.mark.parametrize("action", ["mark", "activate", "deactivate"])
def test_who_only_reads_changes_nothing_and_sees_no_action(
    ann: User, client_of: ClientOf, action: str
) -> None:
    firm = Company.objects.create(name="Firm", active=action == "deactivate")
    browser = client_of(ann)
    act(browser, COMPANIES, [firm], action, confirmed="yes", add="vip")
    assert not AuditEntry.objects.exists()
    assert "Tag or qualify" not in browser.get(COMPANIES).content.decode()


@pytest.mark.parametrize("tag", ["vip", "второй дом", 'say "so"'])
def test_a_list_is_filtered_by_tag(sam: User, client_of: ClientOf, tag: str) -> None:
    Company.objects.create(name="Tagged Ltd", tags=["other", tag])
    Company.objects.create(name="Plain Ltd", tags=[f"{tag} not"])
    page = client_of(sam).get(COMPANIES, {"tag": tag}).content.decode()
    assert "Tagged Ltd" in page
    assert "Plain Ltd" not in page


def test_tags_are_typed_as_words(sam: User, client_of: ClientOf) -> None:
    form = {
        "name": "Firm", "kind": "vendor", "status": "new", "preferred_channel": "email",
        "tags": "vip, Miami ; vip", "regions": "Florida, Bahamas", "is_sme": "unknown",
        "contacts-TOTAL_FORMS": "0", "contacts-INITIAL_FORMS": "0",
    }  # fmt: skip
    answer = client_of(sam).post(reverse("admin:crm_company_add"), form)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    firm = Company.objects.get()
    assert (firm.tags, firm.regions) == (["vip", "Miami"], ["Florida", "Bahamas"])
    page = client_of(sam).get(reverse("admin:crm_company_change", args=[firm.pk])).content.decode()
    assert 'value="vip, Miami"' in page
    entry = AuditEntry.objects.get(action="company.created")
    assert (entry.actor, "tags" in entry.data["fields"]) == ("sam", True)


def test_a_contact_shows_where_a_number_was_given_out(ann: User, client_of: ClientOf) -> None:
    contact = Contact.objects.create(name="Pat")
    contact.points.create(kind="phone", value="+13055551234")
    page = client_of(ann).get(reverse("admin:crm_contact_change", args=[contact.pk]))
    assert "Florida, United States · America/New_York" in page.content.decode()
