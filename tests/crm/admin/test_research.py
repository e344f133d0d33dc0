"""Research on a contact's page: read as lines, changed as lines or as JSON."""

import json
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from crm.admin.research import ResearchWidget
from crm.models import Company, Contact

pytestmark = pytest.mark.django_db
FOUND = {"imported": {"net_worth": 12, "Boat": "Sea <b>Ray</b>"}}
NAME = "ai_research_data"


@pytest.fixture
def vera() -> Contact:
    return Contact.objects.create(name="Vera", ai_research_data=FOUND)


def page_of(contact: Contact) -> str:
    return reverse("admin:crm_contact_change", args=[contact.pk])


def form(**changes: Any) -> dict[str, Any]:
    """The page as a browser posts it back."""
    return {
        "name": "Vera", "role": "", "company": "", "status": "new", "language": "en", "tags": "",
        "country": "", "state": "", "county": "", "postal_code": "", "timezone": "", "source": "",
        "points-TOTAL_FORMS": "0", "points-INITIAL_FORMS": "0",
        f"{NAME}-was": json.dumps(FOUND), NAME: json.dumps(FOUND, indent=2).replace("\n", "\r\n"),
        f"{NAME}-path": ['["imported", "net_worth"]', '["imported", "Boat"]'],
        f"{NAME}-value": ["12", "Sea <b>Ray</b>"], **changes,
    }  # fmt: skip


def kept(vera: Contact, browser: Client, **changes: Any) -> Any:
    done = browser.post(page_of(vera), form(**changes))
    assert done.status_code == 302, done.context["adminform"].form.errors
    vera.refresh_from_db()
    return vera.ai_research_data


def test_it_reads_as_lines_and_the_json_waits_behind_a_button(
    vera: Contact, sam: User, client_of: Callable[[User], Client]
) -> None:
    page = client_of(sam).get(page_of(vera)).content.decode()
    assert "<dt>Net worth</dt>" in page
    assert "Sea &lt;b&gt;Ray&lt;/b&gt;" in page
    assert "Sea <b>Ray" not in page
    before, _, rest = page.partition('<summary class="at-button is-small">As JSON</summary>')
    assert rest
    assert '"imported": {' in unescape(rest)
    assert before.rstrip().endswith("<details>")


def test_a_line_is_changed_emptied_and_added(
    vera: Contact, sam: User, client_of: Callable[[User], Client]
) -> None:
    told = kept(
        vera, client_of(sam),
        **{f"{NAME}-value": ["", "Bayliner\r\n19 feet"], f"{NAME}-new-name": "Dog",
           f"{NAME}-new-value": "Rex"},
    )  # fmt: skip
    assert told == {"imported": {"Boat": "Bayliner\n19 feet"}, "by hand": {"Dog": "Rex"}}


def test_nothing_changes_where_nothing_was_changed(
    vera: Contact, sam: User, client_of: Callable[[User], Client]
) -> None:
    assert kept(vera, client_of(sam)) == FOUND
    assert vera.history.count() <= 2


def test_what_was_typed_as_json_holds(
    vera: Contact, sam: User, client_of: Callable[[User], Client]
) -> None:
    told = kept(vera, client_of(sam), **{NAME: '{"boat": "none"}', f"{NAME}-value": ["1", "2"]})
    assert told == {"boat": "none"}
    assert kept(vera, client_of(sam), **{NAME: ""}) == {}


def test_json_that_is_none_comes_back_with_its_words(
    vera: Contact, sam: User, client_of: Callable[[User], Client]
) -> None:
    page = client_of(sam).post(page_of(vera), form(**{NAME: "{boat"})).content.decode()
    assert "{boat</textarea>" in page
    assert "<details open>" in page
    vera.refresh_from_db()
    assert vera.ai_research_data == FOUND


@pytest.mark.parametrize("path", ["7", '["imported", "plane"]', "{", '["imported"]'])
def test_lines_of_another_page_change_nothing(path: str) -> None:
    data = QueryDict(mutable=True)
    data.update({NAME: json.dumps(FOUND), f"{NAME}-was": json.dumps(FOUND)})
    data.setlist(f"{NAME}-path", [path])
    data.setlist(f"{NAME}-value", ["x"])
    assert json.loads(ResearchWidget().value_from_datadict(data, {}, NAME)) == FOUND


def test_who_only_reads_sees_lines_and_no_json(
    vera: Contact, ann: User, client_of: Callable[[User], Client]
) -> None:
    page = client_of(ann).get(page_of(vera)).content.decode()
    assert "<dt>Net worth</dt>" in page
    assert "As JSON" not in page
    assert "&quot;imported&quot;" not in page


def test_a_company_s_findings_are_read_and_changed_as_a_person_s_are(
    sam: User, ann: User, client_of: Callable[[User], Client]
) -> None:
    sky = Company.objects.create(name="Sky", ai_research_data=FOUND)
    where = reverse("admin:crm_company_change", args=[sky.pk])
    read = client_of(ann).get(where).content.decode()
    assert "Sea &lt;b&gt;Ray&lt;/b&gt;" in read
    assert "&quot;imported&quot;" not in read
    posted = {
        "name": "Sky", "kind": "vendor", "status": "new", "preferred_channel": "email",
        "contacts-TOTAL_FORMS": "0", "contacts-INITIAL_FORMS": "0",
        **{key: value for key, value in form().items() if key.startswith(NAME)},
        f"{NAME}-value": ["12", "Boston Whaler"],
    }  # fmt: skip
    done = client_of(sam).post(where, posted)
    assert done.status_code == 302, done.context["adminform"].form.errors
    sky.refresh_from_db()
    assert sky.ai_research_data == {"imported": {"net_worth": 12, "Boat": "Boston Whaler"}}


@pytest.mark.parametrize("noun", ["contact", "company"])
def test_how_far_somebody_looked_into_them_is_called_qualification(
    noun: str, sam: User, client_of: Callable[[User], Client]
) -> None:
    page = client_of(sam).get(reverse(f"admin:crm_{noun}_add")).content.decode()
    label, _, _ = page.partition('name="status"')
    assert "Qualification" in label
    assert "Status" not in label
    Contact.objects.create(name="Vera", company=Company.objects.create(name="Sky"))
    listed = client_of(sam).get(reverse(f"admin:crm_{noun}_changelist")).content.decode()
    assert "Qualification" in listed
