"""Whatever is written or deleted by hand on a page stands in the ledger."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models
from django.test import Client, RequestFactory
from django.urls import reverse
from model_bakery import baker

from compliance.admin.recorded import Recorded
from compliance.audit_words import WORDS
from compliance.models import (
    AuditEntry,
    BlackoutDay,
    Consent,
    InternalDncNumber,
    LegalRule,
    Suppression,
)
from config.people_admin import OnRecord
from crm.models import Contact, ContactPoint, Lead
from outreach.models import ApiKey, Campaign, Mailbox
from quotes.models import Quote
from tests.architecture.tree import PACKAGES

# Their pages write through a room that keeps the ledger itself.
BY_ROOM = (ApiKey, BlackoutDay, Campaign, Consent, InternalDncNumber, LegalRule, Suppression)
NOT_BY_HAND = (Quote,)  # its page leads on to the review


@pytest.fixture
def boss(db: None) -> User:
    return User.objects.create_superuser("boss", "boss@desk.example", "pass")


@pytest.fixture
def browser(boss: User) -> Client:
    client = Client()
    client.force_login(boss)
    return client


def pages() -> Iterator[tuple[type[models.Model], Any]]:
    """Every model of ours, and people's accounts, with the page it has in the admin."""
    for model, page in admin.site._registry.items():
        if type(page).__module__.split(".")[0] in PACKAGES:
            yield model, page


def asked_by(person: User) -> Any:
    request = RequestFactory().get("/")
    request.user = person
    return request


def test_every_page_that_writes_keeps_the_ledger(boss: User) -> None:
    request, silent = asked_by(boss), []
    for model, page in pages():
        writes = page.has_add_permission(request) or page.has_change_permission(request)
        known = isinstance(page, Recorded | OnRecord) or issubclass(model, BY_ROOM + NOT_BY_HAND)
        if writes and not known:
            silent.append(model._meta.label)
    assert not silent


def test_every_act_of_a_page_has_words() -> None:
    for _model, page in pages():
        if isinstance(page, Recorded):
            made = [page.act_of(what) for what in (page.made, "changed")]
            assert not set(made) - WORDS.keys()


# What a row of these cannot be without.
SOUND: dict[Any, dict[str, Any]] = {
    Lead: {"contact__name": "Rosa"},
    Mailbox: {"from_email": "desk@jets.example"},
}


def deletable(boss: User) -> list[tuple[type[models.Model], Any]]:
    request = asked_by(boss)
    return [
        (model, page) for model, page in pages()
        if page.has_delete_permission(request) and page.has_view_permission(request)
    ]  # fmt: skip


def test_a_row_that_is_deleted_leaves_its_line(boss: User, browser: Client) -> None:
    silent, wordless = [], []
    for model, _page in deletable(boss):
        row = baker.make(model, **SOUND.get(model, {}))
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_delete"
        answer = browser.post(reverse(name, args=[row.pk]), {"post": "yes"})
        if answer.status_code != 302:
            continue  # this one may not go, such as a day that is past
        entry = AuditEntry.objects.filter(subject_id=str(row.pk), actor="boss").last()
        if entry is None:
            silent.append(model._meta.label)
        elif entry.action not in WORDS:
            wordless.append(entry.action)
    assert not silent
    assert not wordless
    assert AuditEntry.objects.filter(action__endswith=".deleted").count() >= 10


def test_so_do_those_that_are_marked_in_a_list(browser: Client) -> None:
    rows = baker.make(Contact, _quantity=2)
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in rows], "post": 1}
    browser.post(reverse("admin:crm_contact_changelist"), chosen)
    assert not Contact.objects.filter(pk__in=[row.pk for row in rows]).exists()
    assert AuditEntry.objects.filter(action="contact.deleted").count() == 2


def test_a_change_names_its_fields_and_no_value(browser: Client) -> None:
    mailbox = baker.make(Mailbox, name="Desk", from_email="desk@jets.example", from_number="")
    page = reverse("admin:outreach_mailbox_change", args=[mailbox.pk])
    form = browser.get(page).context["adminform"].form
    sent = {name: "" if (v := form.initial.get(name)) is None else v for name in form.fields}
    answer = browser.post(page, {**sent, "daily_cap": 7})
    assert answer.status_code == 302
    entry = AuditEntry.objects.get(action="mailbox.changed")
    assert (entry.subject_id, entry.data) == (str(mailbox.pk), {"fields": ["daily_cap"]})


def test_an_address_changed_below_a_person_is_their_change(browser: Client) -> None:
    rosa = baker.make(Contact, name="Rosa", language="en")
    point = ContactPoint.objects.create(contact=rosa, kind="email", value="rosa@home.example")
    page = reverse("admin:crm_contact_change", args=[rosa.pk])
    opened = browser.get(page).context
    below = opened["inline_admin_formsets"][0].formset
    sent: dict[str, Any] = {}
    for form in (opened["adminform"].form, below.management_form, *below.forms):
        for bound in form:
            value = bound.value()
            sent[bound.html_name] = "" if value is None or value is False else value
    sent[f"{below.prefix}-0-value"] = "rosa@work.example"
    answer = browser.post(page, sent)
    assert answer.status_code == 302, answer.context["errors"]
    point.refresh_from_db()
    assert point.value == "rosa@work.example"
    told = [entry.data for entry in AuditEntry.objects.filter(action="contact.changed")]
    assert {"fields": ["contactpoint"]} in told
