"""Who was in it and why is told as it was, whatever became of people, fields and the segment."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.erasure import erase_contact
from crm.holdings import export_person
from crm.models import Company, Contact, SegmentMember, SegmentSnapshot, SegmentVersion
from crm.segments import registry, versions
from crm.segments.snapshots import compare, freeze, told
from tests.crm.segments.conftest import NOW, person, row

pytestmark = pytest.mark.django_db
ASKED = {
    "conditions": [row("contact.role", "word", "CTO"), row("company.country", "one_of", ["RU"])]
}


@pytest.fixture
def version(town: dict[str, Contact]) -> SegmentVersion:
    return versions.newest(versions.create_segment("CTOs", ASKED, actor="sam"))


@pytest.fixture
def frozen(version: SegmentVersion) -> SegmentSnapshot:
    return freeze(version, actor="sam", now=NOW)


def cells(snapshot: SegmentSnapshot) -> dict[str, list[tuple[str, str | None]]]:
    members = list(snapshot.members.select_related("contact"))
    return {
        one.member.contact.name: [(cell.then, cell.now) for cell in one.cells]
        for one in told(snapshot, members)
    }


def test_members_stand_with_what_they_were_chosen_by(frozen: SegmentSnapshot) -> None:
    assert frozen.size == 1
    assert frozen.words == "Position has the word “CTO”, and company’s country is “Russia”"
    member = frozen.members.get()
    assert member.values == {"contact.role": "CTO", "company.country": "Russia"}
    assert [one["label"] for one in frozen.fields] == ["position", "company’s country"]


def test_what_changed_since(frozen: SegmentSnapshot, town: dict[str, Contact]) -> None:
    Contact.objects.filter(name="Olga").update(role="CEO")
    Contact.objects.filter(name="Ivan").update(role="CTO")
    since = compare(frozen)
    assert (since.gone, since.come, since.changed, since.compared) == (1, 1, 1, 1)
    assert cells(frozen) == {"Olga": [("CTO", "CEO"), ("Russia", None)]}


def test_a_new_version_changes_no_snapshot(frozen: SegmentSnapshot) -> None:
    versions.write_version(frozen.version.segment, {"conditions": []}, actor="sam")
    frozen.refresh_from_db()
    assert frozen.version.number == 1
    assert (compare(frozen).gone, compare(frozen).come) == (0, 0)


def test_a_field_that_is_gone_leaves_the_words(
    frozen: SegmentSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(registry._fields, "contact.role")
    assert "cannot be told" in compare(frozen).problem
    assert cells(frozen) == {"Olga": [("CTO", None), ("Russia", None)]}


def test_erasing_a_person_takes_their_values_along(
    frozen: SegmentSnapshot, town: dict[str, Contact]
) -> None:
    SegmentMember.objects.update(outcome="suppressed", reason="olga@example.org is suppressed.")
    erase_contact(town["olga"].pk, actor="ada")
    member = frozen.members.get()
    assert (member.values, member.reason, member.outcome) == ({}, "", "suppressed")
    assert str(member.contact) == "Erased person"
    assert cells(frozen) == {"": [("", None), ("", None)]}


def test_what_is_held_about_a_person_names_the_segments(
    frozen: SegmentSnapshot, town: dict[str, Contact]
) -> None:
    import json
    import zipfile

    with zipfile.ZipFile(export_person(town["olga"].pk, actor="ada")) as archive:
        told = json.loads(archive.read("person.json"))
    assert told["segments"][0]["values"]["contact.role"] == "CTO"


def test_many_are_frozen_with_few_queries(town: dict[str, Contact]) -> None:
    acme = Company.objects.create(name="Acme", country="RU")
    for number in range(40):
        person(f"P {number}", acme, role="CTO")
    version = versions.newest(versions.create_segment("Many", ASKED, actor="sam"))
    with CaptureQueriesContext(connection) as queries:
        snapshot = freeze(version, actor="sam")
    assert snapshot.members.count() == 41
    assert len(queries) <= 9
