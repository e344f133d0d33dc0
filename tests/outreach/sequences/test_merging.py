"""Two who were written to turn out to be one: their threads go over, and nobody hears it twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from compliance.opt_outs import opt_out
from crm.erasure import erase_contact
from crm.merge import merge_companies, merge_contacts, unmerge
from crm.models import Company, Contact, ContactPoint
from outreach import approvals
from outreach.models import Campaign, DraftOrder, Enrollment, MarketingTouch, Message
from outreach.sequences import stop
from outreach.sequences.enroll import enroll
from tests.factories import make_approved, make_campaign, make_drafts
from tests.outreach.sequences.build import make_drip, make_people, make_version
from tests.outreach.sequences.clock import Clock, tick

pytestmark = pytest.mark.django_db


def drip(people: list[Contact], **values: Any) -> Campaign:
    made = make_drip(make_version(), **values)
    enroll(made, [one.pk for one in people], actor="sam")
    tick()
    return made


def thread(contact: Contact, campaign: Campaign | None = None) -> Enrollment:
    rows = Enrollment.objects.filter(contact=contact, duplicate_of=None)
    return (rows.filter(campaign=campaign) if campaign else rows).get()


def touches_of(campaign: Campaign) -> list[str]:
    rows = Message.objects.filter(campaign=campaign, direction="outbound")
    return sorted(rows.values_list("status", flat=True))


def test_threads_go_over_with_token_and_messages(clock: Clock) -> None:
    one, other = make_people(2)
    made = drip([other])
    before = thread(other)
    merge_contacts(one.pk, other.pk, actor="sam")
    after = thread(one, made)
    assert (after.pk, after.token, after.status) == (before.pk, before.token, before.status)
    assert after.messages.count() == 1


def test_of_two_threads_in_one_campaign_the_survivor_s_goes_on(clock: Clock, ella: User) -> None:
    one, other = make_people(2)
    made = drip([one, other])
    approvals.approve_all(made, approver=ella)
    kept, ended = thread(one), thread(other)
    merge_contacts(one.pk, other.pk, actor="sam")
    ended.refresh_from_db()
    assert (ended.contact_id, ended.duplicate_of_id, ended.status) == (one.pk, kept.pk, "stopped")
    assert ended.stop_reason.endswith("Their other thread in this campaign goes on.")
    assert touches_of(made) == ["approved", "cancelled"]
    assert Message.objects.get(enrollment=ended).reason == ended.stop_reason
    assert Message.objects.get(enrollment=kept).status == "approved"


def test_what_the_ended_thread_said_is_not_said_again(clock: Clock, ella: User) -> None:
    one, other = make_people(2)
    made = drip([one, other])
    Message.objects.filter(enrollment__contact=other).update(
        status="sent", sent_at=clock.now, hand_over_at=clock.now
    )
    Enrollment.objects.filter(contact=other).update(last_outbound_at=clock.now)
    approvals.approve_all(made, approver=ella)
    merge_contacts(one.pk, other.pk, actor="sam")
    assert touches_of(made) == ["cancelled", "sent"]
    kept = thread(one)
    assert (kept.step, kept.status) == (1, "pending")
    clock.turn(days=5)
    tick()
    assert list(kept.messages.order_by("step").values_list("step", "status")) == [
        (1, "cancelled"), (2, "ea_review"),
    ]  # fmt: skip


def test_a_touch_a_worker_holds_does_not_leave(clock: Clock, ella: User) -> None:
    one, other = make_people(2)
    made = drip([one, other])
    approvals.approve_all(made, approver=ella)
    Message.objects.filter(enrollment__contact=other).update(status="sending", claimed_by="w")
    merge_contacts(one.pk, other.pk, actor="sam")
    assert touches_of(made) == ["approved", "cancelled"]


def test_one_that_is_being_handed_over_counts_as_said(clock: Clock, ella: User) -> None:
    one, other = make_people(2)
    made = drip([one, other])
    approvals.approve_all(made, approver=ella)
    Message.objects.filter(enrollment__contact=other).update(
        status="sending", claimed_by="w", hand_over_at=clock.now
    )
    merge_contacts(one.pk, other.pk, actor="sam")
    assert touches_of(made) == ["cancelled", "sending"]


@pytest.mark.parametrize("state", ["replied", "handed_over", "stopped"])
def test_who_answered_in_one_thread_hears_no_more_in_the_other(clock: Clock, state: str) -> None:
    one, other = make_people(2)
    made = drip([one, other])
    Enrollment.objects.filter(contact=other).update(status=state, stop_reason="They replied.")
    merge_contacts(one.pk, other.pk, actor="sam")
    assert thread(one).status == state
    assert touches_of(made) == ["cancelled", "cancelled"]


def test_an_answer_to_the_ended_thread_stops_the_one_that_goes_on(clock: Clock) -> None:
    one, other = make_people(2)
    drip([one, other])
    ended = thread(other)
    merge_contacts(one.pk, other.pk, actor="sam")
    stop.after_reply(Enrollment.objects.get(pk=ended.pk), actor="inbound")
    assert thread(one).status == "replied"


def test_an_answer_being_drafted_in_the_ended_thread_stays(clock: Clock) -> None:
    one, other = make_people(2)
    drip([one, other])
    row = thread(other)
    answer = Message.objects.create(
        enrollment=row, campaign=row.campaign, direction="outbound", kind="answer",
        status="ea_review", body="We do.",
    )  # fmt: skip
    merge_contacts(one.pk, other.pk, actor="sam")
    answer.refresh_from_db()
    assert answer.status == "ea_review"


def test_an_exclusive_campaign_has_them_alone(clock: Clock) -> None:
    one, other = make_people(2)
    drip([one], exclusive=True)
    second = drip([other], exclusive=False)
    merge_contacts(one.pk, other.pk, actor="sam")
    assert Enrollment.objects.get(campaign=second).status == "stopped"


def test_a_stop_of_either_ends_every_thread(clock: Clock, ella: User) -> None:
    one, other = make_people(2)
    made, second = drip([one]), drip([other])
    approvals.approve_all(made, approver=ella)
    address = ContactPoint.objects.filter(contact=other).first()
    assert address is not None
    Enrollment.objects.filter(contact=other).update(status="stopped")
    opt_out([("email", address.value)], words="stop", source="reply",
            received_at=timezone.now(), actor="x")  # fmt: skip
    merge_contacts(one.pk, other.pk, actor="sam")
    assert thread(one, made).status == "stopped"
    assert touches_of(made) == ["cancelled"]
    assert touches_of(second) == ["cancelled"]


def test_the_later_day_of_either_is_the_day_of_both(clock: Clock) -> None:
    one, other = make_people(2)
    earlier = clock.now - timedelta(hours=3)
    MarketingTouch.objects.create(contact=one, at=earlier)
    theirs = MarketingTouch.objects.create(contact=other, at=clock.now)
    merge_contacts(one.pk, other.pk, actor="sam")
    day = MarketingTouch.objects.get()
    assert (day.contact_id, day.at, day.message_id) == (one.pk, clock.now, theirs.message_id)


def test_undoing_gives_each_their_thread_back_and_begins_nothing(clock: Clock, ella: User) -> None:
    one, other = make_people(2)
    made = drip([one, other])
    approvals.approve_all(made, approver=ella)
    theirs = thread(other)
    record = merge_contacts(one.pk, other.pk, actor="sam")
    unmerge(record.pk, actor="sam")
    theirs.refresh_from_db()
    assert (theirs.contact_id, theirs.duplicate_of_id, theirs.status) == (other.pk, None, "stopped")
    assert touches_of(made) == ["approved", "cancelled"]


def test_the_id_of_old_enrolls_whom_they_are_today(clock: Clock) -> None:
    one, other = make_people(2)
    merge_contacts(one.pk, other.pk, actor="sam")
    made = drip([other])
    assert thread(one, made)
    assert enroll(made, [other.pk, one.pk], actor="sam").taken_in == 0


def test_erasing_reaches_both_threads(clock: Clock) -> None:
    one, other = make_people(2)
    drip([one, other])
    merge_contacts(one.pk, other.pk, actor="sam")
    erase_contact(one.pk, actor="sam")
    assert not Message.objects.exclude(body="").exists()


def test_one_vendor_is_asked_once(ella: User) -> None:
    made = make_approved(2, ella)
    one, other = Company.objects.order_by("name")
    merge_companies(one.pk, other.pk, actor="sam")
    assert touches_of(made) == ["approved", "cancelled"]
    assert set(Enrollment.objects.values_list("company", flat=True)) == {one.pk}


def test_a_vendor_who_was_asked_already_is_not_asked_by_the_other(ella: User) -> None:
    made = make_approved(2, ella)
    one, other = Company.objects.order_by("name")
    Message.objects.filter(enrollment__company=other).update(
        status="sent", sent_at=timezone.now(), hand_over_at=timezone.now()
    )
    merge_companies(one.pk, other.pk, actor="sam")
    assert touches_of(made) == ["cancelled", "sent"]


def test_two_orders_of_one_draft_become_one() -> None:
    made = make_campaign()
    make_drafts(made, 2)
    for contact in Contact.objects.all():
        DraftOrder.objects.create(
            campaign=made, company=contact.company, contact=contact, actor="x"
        )
    one, other = Company.objects.order_by("name")
    record = merge_companies(one.pk, other.pk, actor="sam")
    assert DraftOrder.objects.get().company == one
    unmerge(record.pk, actor="sam")
    assert set(DraftOrder.objects.values_list("company", flat=True)) == {one.pk, other.pk}
