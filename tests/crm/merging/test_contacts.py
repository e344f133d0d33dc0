"""Two records of one person become one: addresses, wishes, leads, history, and the way back."""

import pytest
from django.utils import timezone

from compliance import suppression
from compliance.dnc.internal import add_internal
from compliance.models import AuditEntry, InternalDncNumber, Suppression
from compliance.opt_outs import opt_out
from crm.erasure import erase_contact
from crm.merge import CannotMergeError, merge_contacts, standing_ids, unmerge
from crm.models import Contact, ContactPoint, Lead, MergeRecord, Property
from tests.crm.merging.people import person, state_of, values_of

pytestmark = pytest.mark.django_db


def test_the_survivor_holds_every_address_and_the_merged_one_leaves_every_list() -> None:
    jon = person("Jon Smith", "jon@one.example", phone="+12015550101")
    john = person("John Smith", "john@two.example")
    merge_contacts(jon.pk, john.pk, actor="sam")
    assert values_of(jon) == ["+12015550101", "john@two.example", "jon@one.example"]
    assert list(Contact.objects.all()) == [jon]
    assert Contact.everybody.get(pk=john.pk).standing == jon
    assert standing_ids(Contact, [jon.pk, john.pk]) == {jon.pk: jon.pk, john.pk: jon.pk}


def test_an_address_of_both_stays_once_with_what_was_found_out_about_it() -> None:
    one, other = person("Jon", "jon@one.example"), person("John", "x@two.example")
    ContactPoint.objects.create(
        contact=other, kind="email", value="jon@one.example", state="undeliverable"
    )
    merge_contacts(one.pk, other.pk, actor="sam")
    point = ContactPoint.objects.get(contact=one, value="jon@one.example")
    assert point.state == "undeliverable"


def test_only_one_address_of_a_kind_is_preferred() -> None:
    one, other = person("Jon", "a@one.example"), person("John", "b@two.example")
    ContactPoint.objects.update(preferred=True)
    merge_contacts(one.pk, other.pk, actor="sam")
    preferred = ContactPoint.objects.get(contact=one, preferred=True)
    assert preferred.value == "a@one.example"


def test_empty_fields_are_filled_and_others_are_the_survivor_s_unless_chosen() -> None:
    one, other = person("Jon", "a@one.example"), person("Jonathan", "b@two.example")
    Contact.objects.filter(pk=one.pk).update(state="FL", tags=["a"])
    Contact.objects.filter(pk=other.pk).update(role="Owner", state="GA", tags=["b", "a"])
    merge_contacts(one.pk, other.pk, actor="sam")
    one.refresh_from_db()
    assert (one.name, one.role, one.state, one.tags) == ("Jon", "Owner", "FL", ["a", "b"])


def test_a_person_chooses_which_value_stays() -> None:
    one, other = person("Jon", "a@one.example"), person("Jonathan", "b@two.example")
    merge_contacts(one.pk, other.pk, actor="sam", take={"name"})
    one.refresh_from_db()
    assert one.name == "Jonathan"


@pytest.mark.parametrize("asked", ["a@one.example", "b@two.example"])
def test_a_stop_of_either_holds_for_every_address_of_both(asked: str) -> None:
    one = person("Jon", "a@one.example", phone="+12015550101")
    other = person("John", "b@two.example")
    opt_out([("email", asked)], words="stop", source="reply", received_at=timezone.now(), actor="x")
    merge_contacts(one.pk, other.pk, actor="sam")
    pairs = [("email", "a@one.example"), ("email", "b@two.example"), ("phone", "+12015550101")]
    assert set(suppression.find(pairs, channel="email")) == {value for _kind, value in pairs}


def test_a_stop_on_one_channel_stays_one_of_that_channel() -> None:
    one, other = person("Jon", phone="+12015550101"), person("John", phone="+12015550102")
    opt_out(
        [("phone", "+12015550101")], words="stop", source="reply", received_at=timezone.now(),
        actor="x", scope="sms",
    )  # fmt: skip
    merge_contacts(one.pk, other.pk, actor="sam")
    assert set(Suppression.objects.values_list("address", "scope")) == {
        ("+12015550101", "sms"), ("+12015550102", "sms"),
    }  # fmt: skip


def test_a_bounce_says_nothing_of_the_other_address() -> None:
    one, other = person("Jon", "a@one.example"), person("John", "b@two.example")
    suppression.suppress(
        "email", "b@two.example", reason="hard_bounce", source="x", received_at=timezone.now()
    )
    merge_contacts(one.pk, other.pk, actor="sam")
    assert Suppression.objects.count() == 1


def test_who_asked_not_to_be_called_is_called_on_no_other_number() -> None:
    one, other = person("Jon", phone="+12015550101"), person("John", phone="+12015550102")
    add_internal("+12015550102", actor="sam", reason="asked by phone")
    merge_contacts(one.pk, other.pk, actor="sam")
    assert InternalDncNumber.objects.filter(phone=12015550101, lifted_at=None).exists()


def test_two_leads_about_one_house_become_one_with_what_both_knew() -> None:
    house = Property.objects.create(parcel_id="1", county="Orange", state="FL")
    one, other = person("Jon", "a@one.example"), person("John", "b@two.example")
    kept = Lead.objects.create(contact=one, property=house, score=4, notes="calls back")
    gone = Lead.objects.create(
        contact=other, property=house, score=9, status="interested", deal_value=1000
    )
    record = merge_contacts(one.pk, other.pk, actor="sam")
    lead = Lead.objects.get()
    assert (lead.pk, lead.score, lead.status, lead.deal_value) == (kept.pk, 9, "interested", 1000)
    unmerge(record.pk, actor="sam")
    assert Lead.objects.get(pk=gone.pk).contact == other
    kept.refresh_from_db()
    assert (kept.score, kept.status, kept.deal_value) == (4, "new", None)


def test_undoing_restores_both_to_the_last_column() -> None:
    one = person("Jon", "a@one.example", phone="+12015550101")
    other = person("Jonathan", "b@two.example")
    ContactPoint.objects.create(contact=other, kind="phone", value="+12015550101")
    ContactPoint.objects.update(preferred=True)
    Contact.objects.filter(pk=other.pk).update(role="Owner", tags=["x"])
    before = [state_of(row) for row in (one, other, *ContactPoint.objects.order_by("pk"))]
    record = merge_contacts(one.pk, other.pk, actor="sam", take={"name"})
    unmerge(record.pk, actor="ella")
    after = [state_of(row) for row in (one, other, *ContactPoint.objects.order_by("pk"))]
    assert after == before
    record.refresh_from_db()
    assert record.undone_by == "ella"
    acts = list(AuditEntry.objects.values_list("action", flat=True))
    assert acts.count("contact.unmerged") == 2


def test_undoing_leaves_what_somebody_changed_since_and_says_so() -> None:
    one, other = person("Jon", "a@one.example"), person("Jonathan", "b@two.example")
    record = merge_contacts(one.pk, other.pk, actor="sam", take={"name"})
    Contact.objects.filter(pk=one.pk).update(name="Johnny")
    told = unmerge(record.pk, actor="sam").told
    one.refresh_from_db()
    assert one.name == "Johnny"
    assert "Name was changed since and stays." in told


def test_undoing_lifts_no_wish_to_stop() -> None:
    one, other = person("Jon", "a@one.example"), person("John", "b@two.example")
    opt_out([("email", "a@one.example")], words="stop", source="reply",
            received_at=timezone.now(), actor="x")  # fmt: skip
    record = merge_contacts(one.pk, other.pk, actor="sam")
    unmerge(record.pk, actor="sam")
    assert suppression.find([("email", "b@two.example")], channel="email")


def stop(address: str) -> None:
    opt_out([("email", address)], words="stop", source="reply", received_at=timezone.now(),
            actor="inbound")  # fmt: skip


def test_a_lead_merged_into_who_asked_us_to_stop_ends() -> None:
    """The other has no address a wish could spread to."""
    one, other = person("Jon", "a@one.example"), Contact.objects.create(name="John")
    stop("a@one.example")
    lead = Lead.objects.create(contact=other)
    merge_contacts(one.pk, other.pk, actor="sam")
    lead.refresh_from_db()
    assert (lead.contact, lead.status) == (one, "opted_out")


def test_a_lead_that_comes_back_with_an_undone_merge_is_none_against_a_wish_since() -> None:
    one, other = person("Jon", "a@one.example"), person("John", "b@two.example")
    for each in (one, other):
        Lead.objects.create(contact=each)
    record = merge_contacts(one.pk, other.pk, actor="sam")
    stop("a@one.example")
    unmerge(record.pk, actor="sam")
    assert list(Lead.objects.values_list("status", flat=True)) == ["opted_out"] * 2
    assert set(Lead.objects.values_list("contact", flat=True)) == {one.pk, other.pk}


def test_a_chain_is_undone_from_its_end() -> None:
    a, b, c = (person(name, f"{name}@x.example") for name in "abc")
    first = merge_contacts(b.pk, a.pk, actor="sam")
    second = merge_contacts(c.pk, b.pk, actor="sam")
    assert Contact.everybody.get(pk=a.pk).standing == c
    with pytest.raises(CannotMergeError, match="undo that merge first"):
        unmerge(first.pk, actor="sam")
    unmerge(second.pk, actor="sam")
    unmerge(first.pk, actor="sam")
    assert [values_of(one) for one in (a, b, c)] == [["a@x.example"], ["b@x.example"],
                                                     ["c@x.example"]]  # fmt: skip


def test_nobody_is_merged_with_themselves_twice_or_after_erasure() -> None:
    one, other, third = (person(name, f"{name}@x.example") for name in "abc")
    with pytest.raises(CannotMergeError, match="one and the same"):
        merge_contacts(one.pk, one.pk, actor="sam")
    merge_contacts(one.pk, other.pk, actor="sam")
    with pytest.raises(CannotMergeError, match="already"):
        merge_contacts(third.pk, other.pk, actor="sam")
    erase_contact(third.pk, actor="sam")
    with pytest.raises(CannotMergeError, match="erased"):
        merge_contacts(one.pk, third.pk, actor="sam")


def test_erasing_the_survivor_erases_whom_they_absorbed_and_what_the_merge_remembers() -> None:
    one, other = person("Jon", "a@one.example"), person("Jonathan", "b@two.example")
    record = merge_contacts(one.pk, other.pk, actor="sam")
    erase_contact(other.pk, actor="sam")
    record.refresh_from_db()
    assert record.story == {}
    for row in Contact.everybody.all():
        assert (row.name, row.history.count()) == ("", 0)
        assert row.erased_at
    with pytest.raises(CannotMergeError, match="erased since"):
        unmerge(record.pk, actor="sam")
    assert MergeRecord.objects.count() == 1
