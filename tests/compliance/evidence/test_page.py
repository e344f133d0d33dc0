"""The evidence page: found from the contact or by address, for those who may, exports by button."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from compliance.consent import Given, record
from compliance.erasure import erase_addresses
from compliance.models import AuditEntry
from crm.models import Contact
from tests.desk import add_vendor

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
LOOK_UP = "/admin/compliance/evidence/"
EXPORT = "/admin/compliance/evidence/export/"


@pytest.fixture
def pat() -> Contact:
    company = add_vendor("Jets", value="pat@jets.example")
    return Contact.objects.get(company=company)


def page_of(contact: Contact) -> str:
    return reverse("admin:compliance_evidence_person", args=["contact", contact.pk])


def test_the_contact_s_page_leads_to_the_evidence(
    pat: Contact, ella: User, client_of: ClientOf
) -> None:
    shown = client_of(ella).get(reverse("admin:crm_contact_change", args=[pat.pk])).content.decode()
    assert page_of(pat) in shown


def test_who_may_not_sees_no_link(pat: Contact, ann: User, client_of: ClientOf) -> None:
    shown = client_of(ann).get(reverse("admin:crm_contact_change", args=[pat.pk])).content.decode()
    assert page_of(pat) not in shown


def test_the_page_shows_addresses_sections_and_the_ledger(
    pat: Contact, sam: User, client_of: ClientOf
) -> None:
    shown = client_of(sam).get(page_of(pat)).content.decode()
    assert "pat@jets.example" in shown
    assert "No consent of this person is recorded." in shown
    assert "contact.created" in shown


@pytest.mark.parametrize("url", [LOOK_UP, EXPORT])
def test_analysts_are_refused(url: str, pat: Contact, ann: User, client_of: ClientOf) -> None:
    client = client_of(ann)
    assert client.get(page_of(pat)).status_code == 403
    assert client.post(url, {"address": "pat@jets.example", "form": "json"}).status_code == 403
    assert not AuditEntry.objects.filter(action="evidence.exported").exists()


def test_an_export_comes_as_a_file_and_is_written_down(
    pat: Contact, ella: User, client_of: ClientOf
) -> None:
    sent = {"kind": "contact", "key": pat.pk, "form": "json", "reason": "for counsel"}
    answer = client_of(ella).post(EXPORT, sent)
    assert answer["Content-Disposition"].startswith('attachment; filename="evidence-pat-doe-jets')
    assert json.loads(answer.content)["person"]["name"] == "Pat Doe, Jets"
    entry = AuditEntry.objects.get(action="evidence.exported")
    assert (entry.actor, entry.reason) == ("ella", "for counsel")
    assert (entry.subject_type, entry.subject_id) == ("crm.contact", str(pat.pk))


def test_an_export_needs_the_button(pat: Contact, ella: User, client_of: ClientOf) -> None:
    assert client_of(ella).get(EXPORT).status_code == 405


def test_an_address_nobody_is_known_by_can_be_asked_for(ella: User, client_of: ClientOf) -> None:
    shown = client_of(ella).post(LOOK_UP, {"address": "+1 201 555 0123, Who@Where.example"})
    assert b"+12015550123" in shown.content
    assert b"who@where.example" in shown.content
    assert b"The ledger has no entry about this person." in shown.content


def test_an_empty_look_up_asks_for_an_address(ella: User, client_of: ClientOf) -> None:
    shown = client_of(ella).post(LOOK_UP, {"address": " , "})
    assert "Type an e-mail address" in shown.content.decode()


@pytest.mark.parametrize("kind", ["contact", "stranger"])
def test_an_unknown_row_is_not_found(kind: str, ella: User, client_of: ClientOf) -> None:
    key = "00000000-0000-0000-0000-000000000000"
    url = reverse("admin:compliance_evidence_person", args=[kind, key])
    assert client_of(ella).get(url).status_code == 404


def test_a_person_without_an_address_can_be_looked_at_but_not_exported(
    ella: User, client_of: ClientOf
) -> None:
    nobody = Contact.objects.create(name="Nobody")
    client = client_of(ella)
    assert b"No address is on file" in client.get(page_of(nobody)).content
    sent = {"kind": "contact", "key": nobody.pk, "form": "json"}
    assert client.post(EXPORT, sent).status_code == 302
    assert not AuditEntry.objects.filter(action="evidence.exported").exists()


def test_a_consent_put_away_is_told_to_few_and_its_number_to_all(
    ella: User, client_of: ClientOf, admin_client: Client
) -> None:
    told = Given(
        "email", "gone@x.example", "oral", ("email",), source="the fair", ip="198.51.100.9",
        given_at=timezone.now() - timedelta(days=2), person_name="Gone Girl",
    )  # fmt: skip
    consent = record(told, actor="sam")
    erase_addresses([("email", "gone@x.example")], actor="sam")
    for url, sent in ((LOOK_UP, {}), (EXPORT, {"form": "json", "reason": "x"})):
        asked = {"address": "gone@x.example", **sent}
        hidden = client_of(ella).post(url, asked).content.decode()
        assert str(consent.pk) in hidden
        assert "was put away when its person was erased" in hidden
        assert "198.51.100.9" not in hidden
        assert "Gone Girl" not in hidden
        assert "198.51.100.9" in admin_client.post(url, asked).content.decode()
