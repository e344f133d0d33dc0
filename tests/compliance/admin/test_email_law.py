"""The page of the laws on cold e-mail: read by everybody, changed by staff as new versions."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from compliance.models import AuditEntry, EmailLawVersion

pytestmark = pytest.mark.usefixtures("live_rules")
ClientOf = Callable[[User], Client]
LIST = reverse("admin:compliance_emaillawversion_changelist")
ADD = reverse("admin:compliance_emaillawversion_add")


def france() -> EmailLawVersion:
    return EmailLawVersion.objects.get(jurisdiction="FR", superseded=False)


def page_of(law: EmailLawVersion) -> str:
    return reverse("admin:compliance_emaillawversion_change", args=[law.pk])


def typed(**changes: Any) -> dict[str, Any]:
    law = france()
    return {
        "jurisdiction": "FR", "basis": law.basis, "citation": law.citation,
        "source": law.source, "confidence": law.confidence, "note": law.note,
        "effective_from": f"{timezone.localdate():%Y-%m-%d}", "why": "counsel’s letter", **changes,
    }  # fmt: skip


def shown(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_list_says_what_each_law_asks_where_it_stands_and_since_when(
    ann: User, client_of: ClientOf
) -> None:
    page = shown(client_of(ann).get(LIST))
    for words in (
        "Canada", "Needs consent, given or implied", "an inquiry in the last 6 months",
        "Refused until they agree", "S.C. 2010, c. 23", "since 01 Jul 2014",
        "Allowed until they say no", "A country that is not in this list is closed",
    ):  # fmt: skip
        assert words in page


@pytest.mark.parametrize("sought", ["Germany", "germ", "DE", "UWG"])
def test_a_country_is_found_by_name_code_or_law(
    sought: str, ann: User, client_of: ClientOf
) -> None:
    found = client_of(ann).get(LIST, {"q": sought}).context["cl"].queryset
    assert "DE" in [law.jurisdiction for law in found]


def test_an_edit_becomes_a_new_version_and_the_old_one_stays(
    sam: User, client_of: ClientOf
) -> None:
    old = france()
    answer = client_of(sam).post(page_of(old), typed(basis="companies", confidence="counsel"))
    assert answer.status_code == 302
    old.refresh_from_db()
    assert (old.superseded, old.effective_to, old.basis) == (True, timezone.localdate(), "opt_in")
    assert (france().version, france().basis, france().changed_by) == (2, "companies", "sam")
    assert AuditEntry.objects.get(action="rule.revised").actor == "sam"
    page = shown(client_of(sam).get(page_of(france())))
    assert "<del>Refused until they agree</del>" in page


def test_a_country_can_be_opened(sam: User, client_of: ClientOf) -> None:
    form = typed(jurisdiction="BR", basis="opt_in", citation="LGPD, art. 7")
    assert client_of(sam).post(ADD, form).status_code == 302
    assert EmailLawVersion.objects.get(jurisdiction="BR").changed_by == "sam"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"jurisdiction": "QX"}, "There is no country “QX”"),
        ({"jurisdiction": "US-FL"}, "There is no country “US-FL”"),
        ({"jurisdiction": "br"}, "Write a country"),
        ({"jurisdiction": "FR"}, "entered already: edit that one"),
        ({"jurisdiction": "BR", "citation": ""}, "This field is required"),
        ({"jurisdiction": "BR", "basis": "implied"}, "name months or a published address"),
        ({"jurisdiction": "BR", "inquiry_months": "6"}, "and with that alone"),
        (
            {"jurisdiction": "BR", "basis": "implied", "inquiry_months": "0"},
            "greater than or equal",
        ),
        ({"jurisdiction": "BR", "basis": "implied", "inquiry_months": "x"}, "whole number"),
        ({"jurisdiction": "BR", "basis": "maybe"}, "Select a valid choice"),
        ({"jurisdiction": "BR", "effective_to": "2001-01-01"}, "before it begins"),
    ],
)
def test_what_cannot_be_is_refused_on_the_form(
    changes: dict[str, Any], says: str, sam: User, client_of: ClientOf
) -> None:
    before = EmailLawVersion.objects.count()
    assert says in shown(client_of(sam).post(ADD, typed(**changes)))
    assert EmailLawVersion.objects.count() == before


@pytest.mark.parametrize("who", ["ann", "ella"])
def test_who_is_not_staff_reads_only(
    who: str, request: pytest.FixtureRequest, client_of: ClientOf
) -> None:
    browser = client_of(request.getfixturevalue(who))
    assert browser.get(page_of(france())).status_code == 200
    assert browser.post(page_of(france()), typed(basis="opt_out")).status_code == 403
    assert browser.post(ADD, typed(jurisdiction="BR")).status_code == 403


def test_the_list_asks_the_same_questions_however_long(admin_client: Client) -> None:
    admin_client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        admin_client.get(LIST, {"q": "CASL"})
    with CaptureQueriesContext(connection) as all_of_them:
        admin_client.get(LIST)
    assert len(all_of_them) == len(one)
