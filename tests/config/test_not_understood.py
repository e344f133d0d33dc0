"""What an address asks for in vain is left out and said, on our own pages and on every list."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from crm.choices import LeadStatus
from crm.models import Contact, Lead

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def browser(boss: User, client_of: ClientOf) -> Client:
    return client_of(boss)


@pytest.fixture
def boss() -> User:
    return User.objects.create_superuser("boss", "boss@desk.example", "pass")


def page_of(browser: Client, place: str, query: str) -> str:
    answer = browser.get(f"{reverse(f'admin:{place}')}?{query}", follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("place", "query", "choices"),
    [
        ("outreach_inbox", "show=bogus", "Hot, Mine, Questions, Open"),
        ("outreach_heard", "show=bogus", "Needs attention, Unread"),
        ("outreach_people", "state=bogus", "Paused"),
        ("outreach_people", "campaign=bogus", "Choose one of the list"),
        ("crm_lead_board", "owner=bogus", "me, none"),
        ("crm_merge", "kind=bogus", "contact, company"),
        ("crm_segments", "show=bogus", "archived"),
        ("outreach_sequences", "voice=bogus", "Home owner"),
        ("outreach_calendar", "week=bogus", "such as 2026-03-09"),
        ("outreach_prioritise", "kind=bogus", "People, Open leads"),
        ("outreach_prioritise", "percent=bogus", "from 0 to 100"),
        ("outreach_prioritise", "limit=bogus", "20, 50, 100, 200"),
        ("outreach_prospect_segments", "segment=bogus", "none"),
    ],
)
def test_a_value_no_page_knows_is_named_with_what_there_is(
    place: str, query: str, choices: str, browser: Client
) -> None:
    page = page_of(browser, place, query)
    assert page.count("“bogus” is nothing this page knows for") == 1
    assert choices in page.split("“bogus” is nothing this page knows for")[1][:400]
    assert "nothing this page knows" not in page_of(browser, place, "q=&show=")


@pytest.mark.parametrize(
    "place",
    ["outreach_inbox", "outreach_heard", "outreach_people", "crm_lead_board", "crm_segments",
     "crm_merge", "outreach_sequences", "outreach_calendar", "outreach_prioritise"],
)  # fmt: skip
def test_a_filter_no_page_has_is_named(place: str, browser: Client) -> None:
    page = page_of(browser, place, "colour=%3Cb%3Ered")
    assert "This page knows no filter “colour”" in page
    assert "<b>red" not in page
    assert "It can be asked for" in page


def test_a_piece_of_a_page_says_nothing(browser: Client) -> None:
    piece = reverse("admin:outreach_inbox_list") + "?show=bogus"
    browser.get(piece, headers={"HX-Request": "true"})
    assert "bogus" not in page_of(browser, "outreach_heard", "")


@pytest.mark.parametrize("query", ["voice=home_owner", "voice=", ""])
def test_what_a_page_knows_needs_no_word(query: str, browser: Client) -> None:
    assert "left out" not in page_of(browser, "outreach_sequences", query)


def test_a_stage_no_lead_can_have_shows_every_lead(browser: Client) -> None:
    Lead.objects.create(contact=Contact.objects.create(name="Rosa Lind"), status=LeadStatus.NEW)
    page = page_of(browser, "crm_lead_changelist", "status__exact=bogus&q=rosa")
    assert "This list does not know “status__exact=bogus”" in page
    assert "Choose the status among All, New, Contacted" in page
    assert "Rosa Lind" in page


def test_a_stage_that_holds_nobody_is_understood(browser: Client) -> None:
    page = page_of(browser, "crm_lead_changelist", "status__exact=won")
    assert "does not know" not in page


@pytest.mark.parametrize(
    "query", ["colour=red", "company__colour=red", "batch=no-key", "status__colour=1"]
)
def test_what_a_list_cannot_be_asked_is_named_and_the_rest_is_kept(
    query: str, browser: Client
) -> None:
    Contact.objects.create(name="Rosa Lind")
    Contact.objects.create(name="Otto Berg")
    page = page_of(browser, "crm_contact_changelist", f"{query}&q=rosa")
    assert f"This list does not know “{query}”" in page
    assert "Rosa Lind" in page
    assert "Otto Berg" not in page


def test_a_tag_and_a_country_nobody_has_find_nobody(browser: Client) -> None:
    Contact.objects.create(name="Rosa Lind")
    for query in ("tag=nobody-has-it", "country=ZZ"):
        page = page_of(browser, "crm_contact_changelist", query)
        assert "does not know" not in page
        assert "Rosa Lind" not in page
