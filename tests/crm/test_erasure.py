"""A person is erased from every room in one transaction; what stays cannot say who it was."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from compliance import audit, gate
from compliance.consent import Given, record
from compliance.gate import Outbound
from compliance.models import AuditEntry, Consent, Suppression
from crm.erasure import ErasedAlreadyError, erase_contact, others_at
from crm.holdings import export_person
from crm.intake import Address, Person, take_in_person
from crm.models import Company, Contact, ContactPoint
from crm.signals import contact_erased
from outreach.models import Attachment, Attempt, Message, ProviderEvent
from quotes.models import Quote
from tests.factories import make_campaign, make_drafts

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
MARKS = ("Quincy", "Harkness", "quincy", "+12015550118", "2015550118", "zebra")


def company() -> Company:
    return Company.objects.get_or_create(name="Jets")[0]


@pytest.fixture
def person() -> Contact:
    """Somebody with two addresses, a thread, a reply with a file, a quote and a consent."""
    contact = take_in_person(
        Person(
            name="Quincy Harkness", role="zebra keeper",
            addresses=[Address("email", "quincy@jets.example"), Address("phone", "+12015550118")],
        ),
        company=company(), source="card", actor="ella",
    )  # fmt: skip
    Contact.objects.filter(pk=contact.pk).update(
        postal_code="zebra", county="zebra", source="zebra", tags=["zebra"],
        ai_research_data={"profile": "zebra"},
    )  # fmt: skip
    sent, draft = make_drafts(make_campaign(status="active"), 2)
    text = {"subject": "zebra", "body": "Dear Quincy", "original": {"body": "Quincy"}}
    thread = sent.enrollment
    assert thread is not None
    thread.contact, thread.notes, thread.facts = contact, "likes a zebra", {"name": "Quincy"}
    thread.save()
    Message.objects.filter(pk=sent.pk).update(
        to_address="quincy@jets.example", status="sent", sent_at=timezone.now(), **text
    )
    Message.objects.filter(pk=draft.pk).update(to_address="quincy@jets.example", **text)
    Attempt.objects.create(
        message=sent, number=1, worker="w", started_at=timezone.now(), detail="250 quincy ok"
    )
    reply = Message.objects.create(
        enrollment=thread, campaign=thread.campaign, direction="inbound", kind="reply",
        status="processed", from_address="quincy@jets.example", from_name="Quincy",
        subject="Re: zebra", body="zebra", body_html="<p>zebra</p>", references="<zebra@mx>",
    )  # fmt: skip
    file = Attachment(message=reply, name="zebra.pdf", size=5)
    file.file.save("zebra.pdf", ContentFile(b"zebra"))
    ProviderEvent.objects.create(
        esp="postmark", kind="inbound", key="k1", message=reply, received_at=timezone.now(),
        payload={"sender": "quincy@jets.example"}, raw=b"From: quincy zebra", detail="zebra",
    )  # fmt: skip
    Quote.objects.create(
        enrollment=thread, message=reply, price="100.00", currency="USD", terms="zebra",
        evidence={"price": {"text": "zebra"}},
    )  # fmt: skip
    record(
        Given("email", "quincy@jets.example", "oral", ("email",), source="fair",
              given_at=timezone.now(), person_name="Quincy"), actor="ella",
    )  # fmt: skip
    return contact


def everything_stored() -> str:
    """Every column of every table, but for consents: they are evidence and stay."""
    found: list[str] = []
    for model in apps.get_models(include_auto_created=True):
        if model is Consent or not model._meta.managed:
            continue
        columns = [one.attname for one in model._meta.concrete_fields]
        for row in model._base_manager.values(*columns):
            found += [_as_text(value) for value in row.values()]
    return "\n".join(found)


def _as_text(value: object) -> str:
    return str(bytes(value) if isinstance(value, memoryview) else value)


def erase(contact: Contact) -> dict[str, int]:
    return erase_contact(contact.pk, actor="ella", reason="letter of 12 May").counts


def test_no_table_knows_the_person_any_more(
    person: Contact, django_capture_on_commit_callbacks: Any
) -> None:
    name = Attachment.objects.get().file.name
    assert all(mark in everything_stored() for mark in MARKS[:2])
    with django_capture_on_commit_callbacks(execute=True):
        counts = erase(person)
    left = everything_stored()
    assert not [mark for mark in MARKS if mark in left]
    assert not default_storage.exists(name)
    assert counts["messages"] == 3
    assert counts["consents kept as evidence"] == 1


def test_what_waits_is_cancelled_and_what_was_sent_stays_provable(person: Contact) -> None:
    erase(person)
    sent = Message.objects.get(status="sent")
    assert sent.sent_at is not None
    assert sent.to_address.startswith("hmac:")
    assert Message.objects.filter(direction="outbound", status="cancelled").count() == 1
    assert Quote.objects.get().price == 100


def test_nobody_writes_to_them_again_even_if_they_are_taken_in_anew(person: Contact) -> None:
    erase(person)
    again = take_in_person(
        Person(name="Q. H.", addresses=[Address("email", "Quincy@jets.example")]),
        company=company(), source="another list", actor="ella",
    )  # fmt: skip
    assert again.pk != person.pk
    verdict = gate.check(
        Outbound(
            channel="email", to="quincy@jets.example", at=timezone.now(), subject="x", body="y"
        )
    )
    assert not verdict.allowed


def test_the_row_stays_empty_and_says_so(person: Contact) -> None:
    erase(person)
    person.refresh_from_db()
    assert str(person) == "Erased person"
    assert not person.history.exists()
    assert not ContactPoint.objects.filter(contact=person).exists()


def test_the_ledger_says_who_erased_and_still_verifies(person: Contact) -> None:
    erase(person)
    entry = AuditEntry.objects.get(action="contact.erased")
    assert (entry.actor, entry.reason) == ("ella", "letter of 12 May")
    while audit.seal():
        pass
    assert audit.verify().broken_at is None


def test_twice_is_refused(person: Contact) -> None:
    erase(person)
    with pytest.raises(ErasedAlreadyError):
        erase(person)


def test_one_room_that_fails_leaves_the_person_whole(person: Contact) -> None:
    def fail(sender: object, **_said: Any) -> None:
        raise RuntimeError("a bug above")

    contact_erased.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            erase(person)
    finally:
        contact_erased.disconnect(fail)
    person.refresh_from_db()
    assert person.name == "Quincy Harkness"
    assert Message.objects.filter(body="Dear Quincy").count() == 2
    assert not Suppression.objects.exists()


def test_other_people_keep_what_is_theirs(person: Contact) -> None:
    other = make_drafts(make_campaign(status="active"), 1)[0]
    erase(person)
    other.refresh_from_db()
    assert other.body.startswith("Hello")
    assert other.status == "ea_review"


def test_who_shares_an_address_is_named_before(person: Contact) -> None:
    other = take_in_person(
        Person(name="Colleague", addresses=[Address("phone", "+12015550118")]),
        company=Company.objects.create(name="Other"), source="x", actor="ella",
    )  # fmt: skip
    assert others_at(person) == [other]


def test_the_export_holds_everything_and_the_files(person: Contact) -> None:
    with export_person(person.pk, actor="sam") as file:
        archive = zipfile.ZipFile(io.BytesIO(file.read()))
    told = json.loads(archive.read("person.json"))
    assert told["contact"][0]["name"] == "Quincy Harkness"
    assert {row["value"] for row in told["addresses"]} == {"quincy@jets.example", "+12015550118"}
    assert {row["body"] for row in told["messages"]} >= {"Dear Quincy", "zebra"}
    assert told["quotes"][0]["terms"] == "zebra"
    assert told["consents"][0]["person_name"] == "Quincy"
    assert any(line["action"] == "contact.created" for line in told["ledger"])
    contents = {archive.read(name) for name in archive.namelist()}
    assert {b"zebra", b"From: quincy zebra"} <= contents
    assert AuditEntry.objects.get(action="contact.exported").actor == "sam"


def test_no_file_name_leads_out_of_the_archive(person: Contact) -> None:
    Attachment.objects.update(name="../../etc/pass:wd")
    with export_person(person.pk, actor="sam") as file:
        names = zipfile.ZipFile(io.BytesIO(file.read())).namelist()
    assert not [name for name in names if ".." in name or ":" in name or name.startswith("/")]


def test_after_erasure_the_export_is_empty_of_them(person: Contact) -> None:
    erase(person)
    with export_person(person.pk, actor="sam") as file:
        text = zipfile.ZipFile(io.BytesIO(file.read())).read("person.json").decode()
    assert not [mark for mark in MARKS if mark in text]


LIST = reverse("admin:crm_contact_changelist")


def test_the_action_asks_first_and_then_erases(person: Contact, admin_client: Client) -> None:
    post = {"action": "erase_people", "_selected_action": [str(person.pk)]}
    asked = admin_client.post(LIST, post)
    assert b"Erase for good" in asked.content
    person.refresh_from_db()
    assert person.erased_at is None
    admin_client.post(LIST, {**post, "confirmed": "yes", "reason": "by phone"}, follow=True)
    person.refresh_from_db()
    assert person.erased_at is not None


def test_only_who_may_erases_and_exports(
    person: Contact, ella: User, sam: User, client_of: ClientOf
) -> None:
    post = {"action": "erase_people", "_selected_action": [str(person.pk)], "confirmed": "yes"}
    client_of(sam).post(LIST, post)
    person.refresh_from_db()
    assert person.erased_at is None
    where = reverse("admin:crm_contact_holdings", args=[person.pk])
    assert client_of(ella).post(where).status_code == 403
    assert client_of(sam).get(where).status_code == 405
    answer = client_of(sam).post(where)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"


def test_the_page_of_the_erased_opens_and_takes_nothing(
    person: Contact, admin_client: Client
) -> None:
    erase(person)
    page = reverse("admin:crm_contact_change", args=[person.pk])
    assert b"Erased person" in admin_client.get(page).content
    assert admin_client.post(page, {"name": "Back again"}).status_code == 403
