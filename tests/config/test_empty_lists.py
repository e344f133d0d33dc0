"""An empty list says what to do, and a setting of which there is one opens at once."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.html import escape

from compliance.models import AuditEntry
from config.empty_lists import FOR_READERS, WORDS, words_for
from config.navigation import UNFOLD
from outreach.models import HandoffPolicy, OutreachPolicy

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def lists() -> list[str]:
    """The models whose lists the sidebar leads to, such as “crm.contact”."""
    links = [item["link"] for group in UNFOLD["SIDEBAR"]["navigation"] for item in group["items"]]
    names = [resolve(str(link)).url_name or "" for link in links]
    found = [name.removesuffix("_changelist") for name in names if name.endswith("_changelist")]
    return [name.replace("_", ".", 1) for name in found if not name.startswith("auth_")]


def test_every_list_of_the_sidebar_says_what_to_do_while_it_is_empty() -> None:
    assert [label for label in lists() if not words_for(label)] == []


def test_no_words_are_kept_for_a_list_there_is_not() -> None:
    for label in WORDS:
        try:
            reverse(f"admin:{label.replace('.', '_')}_changelist")
        except NoReverseMatch:
            pytest.fail(f"There is no list of {label}.")


def test_an_empty_list_says_what_to_do_and_a_search_that_finds_nothing_says_so(
    sam: User, client_of: ClientOf
) -> None:
    where = reverse("admin:crm_contact_changelist")
    browser = client_of(sam)
    page = browser.get(where).content.decode()
    assert escape(words_for("crm.contact")) in page
    assert "Add contact" in page
    sought = browser.get(where, {"q": "nobody"}).content.decode()
    assert "Nothing fits" in sought
    assert ("Show all" in sought, "Show all" in page) == (True, False)
    assert "Nothing here yet" not in sought


def test_who_may_not_add_is_offered_no_adding(ann: User, client_of: ClientOf) -> None:
    page = client_of(ann).get(reverse("admin:crm_contact_changelist")).content.decode()
    assert "Nothing here yet" in page
    assert "Add contact" not in page


def test_who_only_reads_is_told_of_no_button_they_lack(ann: User, client_of: ClientOf) -> None:
    browser = client_of(ann)
    for label in ("crm.contact", "crm.lead", "crm.importbatch", "compliance.suppression"):
        where = reverse(f"admin:{label.replace('.', '_')}_changelist")
        page = browser.get(where).content.decode()
        assert escape(FOR_READERS[label]) in page
        assert escape(WORDS[label]) not in page


def test_readers_are_asked_to_press_add_or_type_nothing() -> None:
    asks = re.compile(r"\b(?:[Pp]ress|[Aa]dd|[Tt]ype|[Ee]nter|[Ii]mport|manage\.py)\b")
    assert not [words for words in FOR_READERS.values() if asks.search(words)]
    assert FOR_READERS.keys() <= WORDS.keys()


@pytest.mark.parametrize("model", [HandoffPolicy, OutreachPolicy])
def test_a_setting_of_which_there_is_one_opens_at_once(
    sam: User, client_of: ClientOf, model: type[HandoffPolicy | OutreachPolicy]
) -> None:
    name = f"admin:outreach_{model._meta.model_name}"
    browser = client_of(sam)
    model.objects.all().delete()
    assert browser.get(reverse(f"{name}_changelist")).status_code == 200
    row = model.objects.create()
    answer = browser.get(reverse(f"{name}_changelist"))
    assert answer["Location"] == reverse(f"{name}_change", args=[row.pk])


def test_a_change_of_the_policy_is_on_record(sam: User, client_of: ClientOf) -> None:
    row, _made = OutreachPolicy.objects.get_or_create()
    form = {"force_every_message": "on", "soft_bounce_limit": "4", "refusal_limit": "9"}
    where = reverse("admin:outreach_outreachpolicy_change", args=[row.pk])
    assert client_of(sam).post(where, form).status_code == 302
    entry = AuditEntry.objects.get(action="policy.changed")
    assert (entry.actor, "force_every_message" in entry.data["fields"]) == ("sam", True)
