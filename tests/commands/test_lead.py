"""`manage.py lead`: list, inspect, move and export."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from compliance.models import AuditEntry
from crm import leads
from crm.models import Company, Contact, ContactPoint, Lead, Property

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(db: None) -> User:
    return User.objects.create_superuser("boss", "boss@desk.example", "pass")


@pytest.fixture
def lead(db: None) -> Lead:
    house = Property.objects.create(
        parcel_id="29-22-28-8850", county="Orange", state="FL", situs_address="=12 Palm Court"
    )
    rosa = Contact.objects.create(name="Rosa Delgado")
    ContactPoint.objects.create(contact=rosa, kind="email", value="rosa@home.example")
    return leads.create(actor="sam", contact=rosa, about=house, score=44.0, tier="A")


def test_leads_are_listed_with_their_owner(run: Any, lead: Lead, boss: User) -> None:
    leads.assign(lead, to=boss, actor="sam")
    (row,) = json.loads(run("lead", "list", "--owner", "boss", "--json").out)
    assert (row["name"], row["owner"], row["tier"]) == ("Rosa Delgado", "boss", "A")
    assert json.loads(run("lead", "list", "--status", "won", "--json").out) == []


@pytest.mark.parametrize("words", ["29-22-28-8850", "Rosa@Home.example", "id"])
def test_a_lead_is_inspected_by_parcel_address_or_id(run: Any, lead: Lead, words: str) -> None:
    found = run("lead", "inspect", str(lead.pk) if words == "id" else words, "--json")
    facts = json.loads(found.out)
    assert facts["parcel_id"] == "29-22-28-8850"
    assert "Made a lead" in facts["happened"][0]


def test_a_lead_is_moved_in_somebodys_name(run: Any, lead: Lead, boss: User) -> None:
    done = run("lead", "move", str(lead.pk), "won", "--value", "350,000", "--user", "boss")
    assert "New → Won" in done.out
    lead.refresh_from_db()
    assert (lead.status, str(lead.deal_value)) == ("won", "350000.00")


@pytest.mark.parametrize(
    ("words", "why"),
    [(["lost"], "why"), (["opted_out"], "wish"), (["won", "--value", "much"], "no amount"),
     (["won", "--user", "nobody"], "no active user")],
)  # fmt: skip
def test_a_refusal_says_why_and_changes_nothing(
    run: Any, lead: Lead, boss: User, words: list[str], why: str
) -> None:
    done = run("lead", "move", str(lead.pk), *words)
    assert done.code
    assert why in done.err
    assert Lead.objects.get(pk=lead.pk).status == "new"


def test_an_unknown_lead_is_said_so(run: Any, db: None) -> None:
    done = run("lead", "inspect", "nobody@home.example")
    assert done.code
    assert "There is no lead" in done.err


def test_an_export_holds_no_formula_and_stands_in_the_ledger(
    run: Any, boss: User, lead: Lead, tmp_path: Path
) -> None:
    file = tmp_path / "leads.csv"
    assert "1 leads" in run("lead", "export", str(file)).err
    entry = AuditEntry.objects.get(action="lead.list_exported")
    assert (entry.actor, entry.data) == ("boss", {"leads": 1})
    with file.open(encoding="utf-8") as read:
        (row,) = csv.DictReader(read)
    assert row["email"] == "rosa@home.example"
    assert not row["situs_address"].startswith("=")


def test_companies_are_narrowed_by_tag_and_status(run: Any, db: None) -> None:
    Company.objects.create(name="Sun Homes", tags=["broker"], status="qualified")
    Company.objects.create(name="Moon Homes", tags=["brokerage", "élite"])
    rows = json.loads(run("company", "list", "--tag", "élite", "--json").out)
    assert [row["name"] for row in rows] == ["Moon Homes"]
    rows = json.loads(run("company", "list", "--tag", "broker", "--json").out)
    assert [row["name"] for row in rows] == ["Sun Homes"]
    rows = json.loads(run("company", "list", "--status", "qualified", "--json").out)
    assert [row["tags"] for row in rows] == [["broker"]]
    facts = json.loads(run("company", "inspect", "Sun Homes", "--json").out)
    assert facts["status"] == "qualified"
