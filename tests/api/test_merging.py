"""Merging by program: pairs that wait, merging, undoing, and ids of old that lead on."""

import pytest
from django.contrib.auth.models import User

from crm.merging.candidates import search_people
from crm.models import Company, Contact
from tests.api.conftest import Program
from tests.crm.merging.people import person, values_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def twins() -> tuple[Contact, Contact]:
    firm = Company.objects.create(name="Jets")
    return (
        person("Katherine Lee", "k@one.example", company=firm),
        person("Katharine Lee", "kate@two.example", company=firm),
    )


def test_pairs_are_listed_merged_and_undone(
    program: Program, twins: tuple[Contact, Contact]
) -> None:
    search_people()
    (pair,) = program.get("/api/merge-candidates", kind="contact").json()["items"]  # type: ignore[attr-defined]
    assert {pair["first"], pair["second"]} == {str(one.pk) for one in twins}
    kept, gone = twins
    body = {"survivor_id": str(kept.pk), "merged_id": str(gone.pk), "take": ["name"]}
    merged = program.post("/api/contacts/merge", body)
    assert merged.status_code == 200, merged.content
    assert merged.json()["moved"]["ContactPoint"] == 1  # type: ignore[attr-defined]
    assert program.get("/api/merge-candidates").json()["items"] == []  # type: ignore[attr-defined]
    old = program.get(f"/api/contacts/{gone.pk}").json()  # type: ignore[attr-defined]
    assert (old["id"], old["name"]) == (str(kept.pk), "Katharine Lee")
    assert program.post("/api/contacts/merge", body).status_code == 409
    undone = program.post(f"/api/merges/{merged.json()['merge']}/undo")  # type: ignore[attr-defined]
    assert undone.status_code == 200
    assert values_of(gone) == ["kate@two.example"]


def test_companies_are_merged(program: Program) -> None:
    kept, gone = (Company.objects.create(name=name) for name in ("Jets", "Jets Inc"))
    body = {"survivor_id": str(kept.pk), "merged_id": str(gone.pk)}
    assert program.post("/api/companies/merge", body).status_code == 200
    old = program.get(f"/api/companies/{gone.pk}").json()  # type: ignore[attr-defined]
    assert old["id"] == str(kept.pk)


def test_what_is_written_by_an_id_of_old_is_written_of_whom_it_means_today(
    program: Program, twins: tuple[Contact, Contact]
) -> None:
    kept, gone = twins
    body = {"survivor_id": str(kept.pk), "merged_id": str(gone.pk)}
    assert program.post("/api/contacts/merge", body).status_code == 200
    lead = program.post("/api/leads", {"contact_id": str(gone.pk)})
    assert lead.status_code == 201, lead.content
    assert lead.json()["contact_id"] == str(kept.pk)  # type: ignore[attr-defined]
    firm, old = (Company.objects.create(name=name) for name in ("Jets One", "Jets Two"))
    body = {"survivor_id": str(firm.pk), "merged_id": str(old.pk)}
    assert program.post("/api/companies/merge", body).status_code == 200
    made = program.post("/api/contacts", {"name": "Pat", "company_id": str(old.pk)})
    assert made.status_code == 201, made.content
    assert made.json()["company_id"] == str(firm.pk)  # type: ignore[attr-defined]


def test_an_unknown_field_is_refused_by_name(
    program: Program, twins: tuple[Contact, Contact]
) -> None:
    body = {"survivor_id": str(twins[0].pk), "merged_id": str(twins[1].pk), "take": ["soul"]}
    answer = program.post("/api/contacts/merge", body)
    assert answer.status_code == 422
    assert "no field “soul”" in answer.json()["detail"]  # type: ignore[attr-defined]


def test_an_assistant_s_key_may_not_merge(
    key_for: object, ella: User, twins: tuple[Contact, Contact]
) -> None:
    program = Program(key_for(ella, "contacts:write"))  # type: ignore[operator]
    body = {"survivor_id": str(twins[0].pk), "merged_id": str(twins[1].pk)}
    assert program.post("/api/contacts/merge", body).status_code == 403
