"""Leads, companies and people by program: made once, changed field by field, moved in order."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance.models import AuditEntry, Suppression
from crm.models import Company, Contact, Lead, Property
from outreach.models import Message
from tests.api.conftest import Program
from tests.factories import make_campaign, make_drafts

pytestmark = pytest.mark.django_db
ROSA: dict[str, Any] = {
    "name": "Rosa Delgado", "state": "fl", "country": "us", "county": "Orange",
    "addresses": [{"kind": "email", "value": "Rosa@Home.example", "preferred": True},
                  {"kind": "phone", "value": "(305) 555-0111", "line_type": "mobile"}],
}  # fmt: skip


@pytest.fixture
def rosa(program: Program) -> dict[str, Any]:
    answer = program.post("/api/contacts", ROSA)
    assert answer.status_code == 201, answer.content
    return answer.json()  # type: ignore[attr-defined]


@pytest.fixture
def lead(program: Program, rosa: dict[str, Any]) -> dict[str, Any]:
    answer = program.post("/api/leads", {"contact_id": rosa["id"], "score": 44, "tier": "A"})
    assert answer.status_code == 201, answer.content
    return answer.json()  # type: ignore[attr-defined]


def test_who_opted_out_is_not_won_back_by_program(
    program: Program, rosa: dict[str, Any], lead: dict[str, Any]
) -> None:
    program.post(f"/api/contacts/{rosa['id']}/opt-out", {"words": "stop"})
    for path, body in (
        (f"/api/leads/{lead['id']}/move", {"to": "new"}),
        ("/api/leads", {"contact_id": rosa["id"]}),
    ):
        refused = program.post(path, body)
        assert refused.status_code == 422, refused.content
        assert "They asked us to stop" in refused.json()["detail"]
    assert Lead.objects.get().status == "opted_out"


def test_a_person_is_stored_with_their_addresses_as_they_are_used(rosa: dict[str, Any]) -> None:
    assert {one["value"] for one in rosa["addresses"]} == {"rosa@home.example", "+13055550111"}
    assert (rosa["state"], rosa["country"], rosa["county"]) == ("FL", "US", "Orange")
    assert AuditEntry.objects.filter(action="contact.created", actor="boss").exists()


def test_the_same_person_twice_is_one(program: Program, rosa: dict[str, Any]) -> None:
    assert program.post("/api/contacts", ROSA).json()["id"] == rosa["id"]
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [{}, {"name": "  "}, {"name": "R", "company_id": "00000000-0000-4000-8000-000000000000"},
     {"name": "R", "addresses": [{"kind": "email", "value": "nobody"}]},
     {"name": "R", "state": "Florida"}],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_kept(program: Program, body: Any) -> None:
    answer = program.post("/api/contacts", body)
    assert answer.status_code == 422
    assert answer.json()["detail"]
    assert not Contact.objects.exists()


def test_a_person_is_changed_field_by_field(program: Program, rosa: dict[str, Any]) -> None:
    path = f"/api/contacts/{rosa['id']}"
    more = {"kind": "email", "value": "rosa@work.example"}
    changed = program.patch(path, {"role": "Owner", "tags": ["vip"], "addresses": [more]}).json()
    assert (changed["role"], changed["tags"], changed["name"]) == ("Owner", ["vip"], ROSA["name"])
    assert len(changed["addresses"]) == 3
    told = AuditEntry.objects.filter(action="contact.changed").count()
    program.patch(path, {"role": "Owner"})
    assert AuditEntry.objects.filter(action="contact.changed").count() == told


def test_a_wish_to_stop_reaches_everything_at_once(program: Program) -> None:
    draft, neighbour = make_drafts(make_campaign(status="active"), 2)
    contact = draft.enrollment.contact  # type: ignore[union-attr]
    lead = Lead.objects.create(contact=contact)
    answer = program.post(f"/api/contacts/{contact.pk}/opt-out", {"words": "no more"}).json()
    assert answer == {"suppressed": [draft.to_address], "cancelled": 1}
    assert Message.objects.get(pk=draft.pk).status == "cancelled"
    assert Message.objects.get(pk=neighbour.pk).status == "ea_review"
    assert Lead.objects.get(pk=lead.pk).status == "opted_out"
    assert Suppression.objects.get().address == draft.to_address


def test_a_tax_id_of_another_company_is_told_to_programs(program: Program) -> None:
    program.post("/api/companies", {"name": "Sky", "domain": "sky.example", "tin": "12-34"})
    facts = {"name": "West Air", "domain": "west.example", "tin": "12-34"}
    refused = program.post("/api/companies", facts)
    assert refused.status_code == 422
    assert "Tax id 12-34 is that of “Sky” (sky.example) already" in refused.json()["detail"]
    assert Company.objects.get().domain == "sky.example"


def test_companies_are_made_completed_and_changed(program: Program) -> None:
    facts = {"name": "Hudson Air", "domain": "https://www.hudson.example/about", "tags": ["jets"],
             "employees": 12}  # fmt: skip
    made = program.post("/api/companies", facts)
    assert made.status_code == 201, made.content
    company = made.json()
    assert (company["domain"], company["employees"], company["tags"]) == (
        "hudson.example",
        12,
        ["jets"],
    )
    assert program.post("/api/companies", facts).json()["id"] == company["id"]
    other = program.post("/api/companies", {"name": "Other"}).json()
    taken = program.patch(f"/api/companies/{other['id']}", {"domain": "hudson.example"})
    assert (taken.status_code, "Hudson Air" in taken.json()["detail"]) == (422, True)
    path = f"/api/companies/{company['id']}"
    answer = program.patch(path, {"street": "1 Sky Way", "city": "Newark"}).json()
    assert (answer["employees"], answer["street"]) == (12, "1 Sky Way")
    assert len(program.get("/api/companies", q="newark").json()["items"]) == 1
    assert Company.objects.count() == 2


def test_a_lead_is_moved_and_who_is_slower_hears_where_it_stands(
    program: Program, lead: dict[str, Any]
) -> None:
    path = f"/api/leads/{lead['id']}/move"
    assert program.post(path, {"to": "interested", "seen": "new"}).json()["status"] == "interested"
    late = program.post(path, {"to": "contacted", "seen": "new"})
    assert (late.status_code, late.json()["stands"]) == (409, "interested")
    assert program.post(path, {"to": "lost"}).status_code == 422
    assert program.post(path, {"to": "opted_out"}).status_code == 422
    won = program.post(path, {"to": "won", "deal_value": "350000.00"}).json()
    assert (won["status"], won["deal_value"]) == ("won", "350000.00")


def test_a_lead_is_changed_and_given_to_somebody(
    program: Program, lead: dict[str, Any], ella: User
) -> None:
    path = f"/api/leads/{lead['id']}"
    changed = program.patch(path, {"owner": "ella", "notes": "Rosa wants to move.", "score": 51.5})
    assert (changed.json()["owner"], changed.json()["score"]) == ("ella", 51.5)
    assert program.patch(path, {"owner": "nobody"}).status_code == 422
    assert program.patch(path, {"owner": ""}).json()["owner"] == ""
    assert "Rosa" not in str(list(AuditEntry.objects.values_list("data", "reason")))


def test_the_same_lead_twice_is_a_conflict_that_names_it(
    program: Program, lead: dict[str, Any]
) -> None:
    again = program.post("/api/leads", {"contact_id": lead["contact_id"]})
    assert (again.status_code, again.json()["lead"]) == (409, lead["id"])
    assert program.post("/api/leads", {}).status_code == 422


@pytest.mark.parametrize(
    ("query", "count"),
    [({"status": "new"}, 1), ({"status": "won"}, 0), ({"tier": "A"}, 1), ({"min_score": "45"}, 0),
     ({"owner": "none"}, 1), ({"owner": "ella"}, 0), ({"q": "delgado"}, 1), ({"q": "x"}, 0)],
)  # fmt: skip
def test_leads_are_narrowed(
    program: Program, lead: dict[str, Any], query: dict[str, str], count: int
) -> None:
    assert len(program.get("/api/leads", **query).json()["items"]) == count


def test_the_board_counts_and_adds_up(program: Program, lead: dict[str, Any]) -> None:
    program.patch(f"/api/leads/{lead['id']}", {"deal_value": "1000.50", "currency": "eur"})
    columns = {one["status"]: one for one in program.get("/api/leads/board").json()["columns"]}
    assert next(iter(columns)) == "new"
    assert columns["new"]["count"] == 1
    assert columns["new"]["worth"] == [{"currency": "EUR", "total": "1000.50"}]


def test_lists_cost_the_same_however_long(program: Program) -> None:
    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert program.get(path, limit=100).status_code == 200
        return len(queries)

    paths = ("/api/leads", "/api/contacts", "/api/companies")
    counts = []
    program.get(paths[0])  # the key notes its first use
    for start in (0, 30):
        for n in range(start, start + 3 if start == 0 else 60):
            company = Company.objects.create(name=f"C{n}")
            contact = Contact.objects.create(name=f"P{n}", company=company)
            house = Property.objects.create(parcel_id=str(n), county="Orange", state="FL")
            Lead.objects.create(contact=contact, company=company, property=house)
        counts.append([cost(path) for path in paths])
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [("get", "/api/leads", "contacts:read"), ("get", "/api/contacts", "leads:read"),
     ("get", "/api/companies", "leads:read"), ("post", "/api/leads", "leads:read"),
     ("post", "/api/contacts", "contacts:read"), ("post", "/api/companies", "companies:read")],
)  # fmt: skip
def test_a_key_without_the_scope_is_refused(
    boss: User, program_with: Any, method: str, path: str, scope: str
) -> None:
    assert getattr(program_with(boss, scope), method)(path).status_code == 403


def test_the_analysts_key_changes_nothing(ann: User, program_with: Any) -> None:
    program = program_with(ann, "leads:read", "leads:write", "contacts:write", "companies:write")
    assert program.get("/api/leads").status_code == 200
    for path in ("/api/leads", "/api/contacts", "/api/companies"):
        assert program.post(path, {"name": "x"}).status_code == 403


def test_a_call_repeated_with_its_key_acts_once(program: Program, rosa: dict[str, Any]) -> None:
    key = {"Idempotency_Key": "k1"}
    first = program.post("/api/leads", {"contact_id": rosa["id"]}, **key)
    again = program.post("/api/leads", {"contact_id": rosa["id"]}, **key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
