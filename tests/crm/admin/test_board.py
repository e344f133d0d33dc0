"""The lead board as people use it: who sees it, what it costs, and moves that meet others."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm import leads
from crm.choices import LeadStatus
from crm.models import Company, Contact, Lead, Property
from crm.pipeline import board, finding

pytestmark = pytest.mark.django_db
BOARD = reverse("admin:crm_lead_board")
COLUMNS = reverse("admin:crm_lead_columns")
ClientOf = Callable[[User], Client]


def make_leads(count: int, **facts: Any) -> list[Lead]:
    start = Contact.objects.count()
    people = Contact.objects.bulk_create(Contact(name=f"Owner {start + n}") for n in range(count))
    houses = Property.objects.bulk_create(
        Property(parcel_id=f"p{start + n}", county="Orange", state="FL",
                 situs_address=f"{start + n} Palm Court")
        for n in range(count)
    )  # fmt: skip
    return Lead.objects.bulk_create(
        Lead(contact=person, property=house, score=n, **facts)
        for n, (person, house) in enumerate(zip(people, houses, strict=True))
    )


def drag(browser: Client, lead: Lead, to: str, **form: str) -> str:
    where = reverse("admin:crm_lead_move", args=[lead.pk])
    form = {"to": to, "seen": lead.status, **form}
    return browser.post(where, form, headers={"HX-Request": "true"}).content.decode()


def test_the_board_shows_each_stage_with_its_number_and_worth(
    ella: User, client_of: ClientOf
) -> None:
    make_leads(3, deal_value=Decimal("100000"))
    make_leads(1, status="won", deal_value=Decimal("250000"), market="Orange County, FL")
    page = client_of(ella).get(BOARD).content.decode()
    assert "USD 300,000" in page
    assert "USD 250,000" in page
    assert "2 Palm Court" in page
    for status in LeadStatus:
        assert status.label in page


def test_it_costs_the_same_however_many_leads(
    ella: User, client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    browser = client_of(ella)
    for status in LeadStatus:
        make_leads(2, status=status, owner=ella)
    with CaptureQueriesContext(connection) as few:
        browser.get(COLUMNS)
    for status in LeadStatus:
        make_leads(60, status=status, owner=ella)
    with CaptureQueriesContext(connection) as many:
        browser.get(COLUMNS)
    assert len(many) == len(few)


def test_a_column_shows_the_best_and_more_on_request(ella: User, client_of: ClientOf) -> None:
    make_leads(board.FIRST + 5)
    browser = client_of(ella)
    first = browser.get(COLUMNS).content.decode()
    assert first.count('class="ld-card"') == board.FIRST
    assert "Show more" in first
    assert "Owner 0<" not in first
    rest = browser.get(COLUMNS, {"n-new": "40"}).content.decode()
    assert rest.count('class="ld-card"') == board.FIRST + 5


@pytest.mark.parametrize("asked", ["-1", "1e9", "99999999999999999999", "²", "\x00", "two"])
def test_a_wild_number_of_cards_is_none(asked: str, ella: User, client_of: ClientOf) -> None:
    assert client_of(ella).get(COLUMNS, {"n-new": asked}).status_code == 200


@pytest.mark.parametrize(
    "wanted",
    [{"owner": "me"}, {"tier": "A"}, {"market": "Orlando"}, {"county": "Gulf"}, {"q": "sunny"}],
)
def test_filters_narrow_the_board(wanted: dict[str, str], ella: User, client_of: ClientOf) -> None:
    make_leads(3)
    (chosen,) = make_leads(1, owner=ella, tier="A", market="Orlando")
    Property.objects.filter(pk=chosen.property_id).update(
        county="Gulf", situs_address="1 Sunny Lane"
    )
    page = client_of(ella).get(COLUMNS, wanted).content.decode()
    assert page.count('class="ld-card"') == 1
    assert str(chosen.pk) in page


@pytest.mark.parametrize("most", [finding.MOST_LOOKED_UP, 1])
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("palm court", 3), ("court  PALM", 3), ("OWNER 1", 1), ("p2", 1), ("homes ltd", 2),
        ("100%", 0), ("owner palm", 3), ("ltd court", 2), ("homes grove", 0), ("orange", 1),
    ],
)  # fmt: skip
def test_words_are_found_in_names_addresses_and_parcels_few_or_many(
    words: str, found: int, most: int, ella: User, client_of: ClientOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(finding, "MOST_LOOKED_UP", most)
    made = make_leads(3)
    company = Company.objects.create(name="Homes Ltd")
    Lead.objects.filter(pk__in=[one.pk for one in made[:2]]).update(company=company)
    Lead.objects.filter(pk=made[0].pk).update(market="Orange County")
    rows = board.narrow(board.Chosen(q=words), ella)
    assert rows.count() == found
    assert sum(column.shown for column in board.columns(rows, {})) == found
    listed = client_of(ella).get(reverse("admin:crm_lead_changelist"), {"q": words})
    assert listed.context["cl"].result_count == found


def test_an_empty_board_says_what_brings_leads(ella: User, client_of: ClientOf) -> None:
    page = client_of(ella).get(BOARD).content.decode()
    assert "Leads you import or add begin here." in page


def test_a_card_is_dragged_to_another_stage(ella: User, client_of: ClientOf) -> None:
    (lead,) = make_leads(1)
    assert "interested" in drag(client_of(ella), lead, "interested")
    assert Lead.objects.get(pk=lead.pk).status == "interested"


def test_who_drags_what_somebody_else_has_moved_hears_of_it(
    ella: User, client_of: ClientOf
) -> None:
    (lead,) = make_leads(1)
    leads.move(Lead.objects.get(pk=lead.pk), "negotiating", actor="sam")
    assert "Somebody else has moved it" in drag(client_of(ella), lead, "contacted")
    assert Lead.objects.get(pk=lead.pk).status == "negotiating"


def test_won_keeps_what_it_is_worth_and_lost_why(ella: User, client_of: ClientOf) -> None:
    browser = client_of(ella)
    (lead,) = make_leads(1)
    assert "Say why" in drag(browser, lead, "lost")
    assert "no amount" in drag(browser, lead, "won", deal_value="a lot")
    drag(browser, lead, "won", deal_value="350,000.00")
    lead.refresh_from_db()
    assert (lead.status, lead.deal_value) == ("won", Decimal("350000"))


def test_without_a_script_the_form_moves_and_comes_back(ella: User, client_of: ClientOf) -> None:
    (lead,) = make_leads(1)
    where = reverse("admin:crm_lead_move", args=[lead.pk])
    answer = client_of(ella).post(where, {"to": "contacted", "next": "https://evil.example/"})
    assert answer.headers["Location"] == BOARD
    assert Lead.objects.get(pk=lead.pk).status == "contacted"


def test_the_analyst_reads_and_moves_nothing(ann: User, client_of: ClientOf) -> None:
    (lead,) = make_leads(1)
    browser = client_of(ann)
    page = browser.get(BOARD).content.decode()
    assert "Owner 0" in page
    assert "ld-move" not in page
    assert "x-sort" not in page
    where = reverse("admin:crm_lead_move", args=[lead.pk])
    assert browser.post(where, {"to": "won"}).status_code == 403
    assert client_of(ann).get(where).status_code == 405


def test_hostile_names_are_words(ella: User, client_of: ClientOf) -> None:
    contact = Contact.objects.create(name='"><script>alert(1)</script>')
    leads.create(actor="ella", contact=contact)
    assert "<script>alert(1)" not in client_of(ella).get(BOARD).content.decode()
