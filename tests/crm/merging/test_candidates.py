"""Pairs to decide: kept once, decided once, back only when something changed; strays go home."""

from typing import Any

import pytest
from django_q.models import OrmQ, Schedule

from compliance.models import AuditEntry
from crm import tasks
from crm.errors import CrmError
from crm.merge import merge_companies, merge_contacts, unmerge
from crm.merging import candidates
from crm.merging.candidates import (
    dismiss,
    open_candidates,
    put_off,
    search_companies,
    search_people,
)
from crm.merging.strays import gather_strays
from crm.models import Company, Contact, ContactPoint, Lead, MergeCandidate, Property
from crm.schedules import TASKS, ensure_schedules, look_after_import
from tests.crm.merging.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def twins() -> tuple[Contact, Contact]:
    firm = Company.objects.create(name="Jets")
    return (
        person("Katherine Lee", "k@one.example", company=firm),
        person("Katharine Lee", "kate@two.example", company=firm),
    )


def test_a_pair_is_found_once_however_often_it_is_looked_for(twins: Any) -> None:
    assert (search_people().new, search_people().new) == (1, 0)
    row = open_candidates().get()
    assert {row.first, row.second} == {one.pk for one in twins}
    assert "alike at one company." in row.reasons[0]


def test_a_dismissed_pair_stays_dismissed(twins: Any) -> None:
    search_people()
    dismiss(MergeCandidate.objects.get().pk, actor="sam")
    assert search_people().reopened == 0
    assert not open_candidates().exists()
    assert AuditEntry.objects.filter(action="merge.dismissed", actor="sam").exists()


def test_a_dismissed_pair_comes_back_when_what_was_compared_changes(twins: Any) -> None:
    search_people()
    dismiss(MergeCandidate.objects.get().pk, actor="sam")
    for one in twins:
        ContactPoint.objects.create(contact=one, kind="phone", value="+12015550100")
    assert search_people().reopened == 1
    row = open_candidates().get()
    assert "sam told them apart before; something changed since." in row.reasons
    assert "They share a phone number." in row.reasons


def test_a_pair_that_is_alike_no_more_goes(twins: Any) -> None:
    search_people()
    Contact.objects.filter(pk=twins[0].pk).update(name="Somebody Else")
    assert search_people().gone == 1
    assert not MergeCandidate.objects.exists()


def test_a_decision_is_made_once(twins: Any) -> None:
    search_people()
    pk = MergeCandidate.objects.get().pk
    dismiss(pk, actor="sam")
    with pytest.raises(CrmError, match="sam decided already"):
        dismiss(pk, actor="ella")


def test_what_was_put_off_comes_last(twins: Any) -> None:
    firm = Company.objects.create(name="Yachts")
    for name in ("Oliver Stone", "Olivier Stone"):
        person(name, f"{name.split()[0]}@x.example", company=firm)
    search_people()
    first = open_candidates()[0]
    put_off(first.pk, actor="sam")
    assert open_candidates()[1].pk == first.pk


def test_merging_closes_the_pair_and_undoing_dismisses_it(twins: Any) -> None:
    search_people()
    record = merge_contacts(twins[0].pk, twins[1].pk, actor="sam")
    assert MergeCandidate.objects.get().state == "merged"
    assert search_people().new == 0
    unmerge(record.pk, actor="sam")
    assert MergeCandidate.objects.get().state == "dismissed"


def test_companies_are_found_by_number_and_name() -> None:
    for name, tin in (
        ("Sky LLC", "12-3"),
        ("Heaven", "123"),
        ("Meridian Jets", ""),
        ("Meridien Jets", ""),
    ):
        Company.objects.create(name=name, tin=tin)
    assert search_companies().new == 2


def test_what_was_written_to_a_merged_one_goes_to_whom_they_are_today(twins: Any) -> None:
    kept, gone = twins
    merge_contacts(kept.pk, gone.pk, actor="sam")
    Lead.objects.create(contact=gone, status="won")
    ContactPoint.objects.create(contact=gone, kind="phone", value="+12015550111")
    assert gather_strays() == 2
    assert Lead.objects.get().contact == kept
    assert gather_strays() == 0


def test_a_stray_of_a_merged_company_goes_home_too() -> None:
    one, other = (Company.objects.create(name=name) for name in ("One", "Other"))
    merge_companies(one.pk, other.pk, actor="sam")
    Contact.objects.create(name="Late", company=other)
    assert gather_strays() == 1
    assert Contact.objects.get().company == one


def owner(name: str, parcel: str, address: str, county: str = "Orange") -> Contact:
    """Somebody with a property there, and nothing else known of them."""
    contact = Contact.objects.create(name=name)
    place = Property.objects.create(
        parcel_id=parcel, county=county, state="FL", situs_address=address
    )
    Lead.objects.create(contact=contact, property=place)
    return contact


def test_owners_of_one_name_at_one_address_under_two_parcels_may_be_one() -> None:
    owner("Ann Fox", "1", "12 N Main Street")
    owner("Fox, Ann", "2", "12 north main st.")
    assert search_people().found == 1
    assert MergeCandidate.objects.get().reasons == ["The same name at one street address."]


def test_neighbours_other_names_and_other_counties_are_not() -> None:
    owner("Ann Fox", "1", "12 N Main Street")
    owner("Bob Harper", "2", "12 N Main Street")
    owner("Ann Fox", "3", "14 N Main Street")
    owner("Ann Fox", "4", "12 N Main Street", county="Polk")
    assert search_people().found == 0


def test_of_very_many_pairs_the_surest_are_opened_and_the_rest_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sky = Company.objects.create(name="Sky")
    for name in ("Ann Fox", "Anna Fox", "Anne Fox"):
        person(name, f"{name[:4].strip()}@x.example", company=sky)
    monkeypatch.setattr(candidates, "MOST_NEW", 1)
    first = search_people()
    assert (first.new, first.held_back) == (1, first.found - 1)
    assert candidates.held_back() == {"contact": first.found - 1}
    again = search_people()  # what is open stays, and the next surest comes
    assert (again.new, again.gone, again.held_back) == (1, 0, first.found - 2)


def test_one_search_at_a_time(twins: Any) -> None:
    from django.core.cache import cache

    cache.add(tasks.SEARCHING, 1, 60)
    tasks.look_for_duplicates()
    assert not MergeCandidate.objects.exists()
    cache.delete(tasks.SEARCHING)
    tasks.look_for_duplicates()
    assert MergeCandidate.objects.count() == 1


def test_the_search_runs_every_night_and_after_an_import() -> None:
    ensure_schedules()
    assert set(TASKS) <= set(Schedule.objects.values_list("name", flat=True))
    nightly = Schedule.objects.get(name="crm: duplicates")
    before = nightly.next_run
    ensure_schedules()
    nightly.refresh_from_db()
    assert nightly.next_run == before
    look_after_import()
    assert OrmQ.objects.count() >= 1
