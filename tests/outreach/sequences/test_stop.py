"""What ends, holds and resumes a sequence: replies, hand-overs, people; all in one transaction."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from compliance.models import AuditEntry
from crm.models import Contact, Lead, Property
from outreach import approvals
from outreach.errors import NotAllowedNow
from outreach.models import Campaign, Enrollment, Message
from outreach.sequences import stop
from outreach.sequences.enroll import enroll
from outreach.sequences.moving import move, use_version
from outreach.sequences.versions import write_version
from tests.outreach.sequences.build import TWO_MAILS, make_drip, make_people, make_version
from tests.outreach.sequences.clock import Clock, send_due, tick

pytestmark = pytest.mark.django_db
EVERYBODY = Enrollment.objects.all()


def start(count: int = 1, **definition: Any) -> tuple[Campaign, list[Contact]]:
    drip = make_drip(make_version(**definition))
    people = make_people(count)
    enroll(drip, [p.pk for p in people], actor="sam")
    tick()
    return drip, people


def approve(drip: Campaign, approver: User) -> None:
    approvals.approve_all(drip, approver=approver)


def test_a_reply_cancels_what_is_left(clock: Clock, ella: User) -> None:
    drip, _people = start()
    approve(drip, ella)
    assert stop.after_reply(Enrollment.objects.get(), actor="inbound") == 1
    row, message = Enrollment.objects.get(), Message.objects.get()
    assert (row.status, row.next_touch_at) == ("replied", None)
    assert (message.status, message.reason) == ("cancelled", "They replied.")
    assert not message.approvals.filter(voided_at=None).exists()
    clock.turn(days=30)
    assert tick() == {}


def test_a_reply_stops_the_company_where_the_sequence_says_so(clock: Clock) -> None:
    _drip, people = start(3, reply_stops="company")
    company = people[0].company
    Enrollment.objects.filter(contact__in=people[:2]).update(company=company)
    stop.after_reply(Enrollment.objects.get(contact=people[0]), actor="inbound")
    states = {row.contact_id: row.status for row in EVERYBODY.all()}
    assert [states[p.pk] for p in people] == ["replied", "stopped", "pending"]
    reason = Enrollment.objects.get(contact=people[1]).stop_reason
    assert reason == f"{people[0]}, of the same company, replied."
    assert Message.objects.get(enrollment__contact=people[1]).status == "cancelled"
    assert Message.objects.get(enrollment__contact=people[2]).status == "ea_review"


def test_a_reply_stops_who_is_written_to_about_the_same_property(clock: Clock) -> None:
    _drip, people = start(4, reply_stops="property")
    house, other = (
        Property.objects.create(parcel_id=parcel, county="Orange", state="FL") for parcel in "12"
    )
    for person, parcel in zip(people, (house, house, other, None), strict=True):
        Lead.objects.create(contact=person, property=parcel)
    stop.after_reply(Enrollment.objects.get(contact=people[0]), actor="inbound")
    states = {row.contact_id: row.status for row in EVERYBODY.all()}
    assert [states[p.pk] for p in people] == ["replied", "stopped", "pending", "pending"]
    reason = Enrollment.objects.get(contact=people[1]).stop_reason
    assert reason == f"{people[0]}, written to about the same property, replied."
    assert Message.objects.get(enrollment__contact=people[1]).status == "cancelled"


def test_without_a_property_a_reply_stops_only_its_person(clock: Clock) -> None:
    _drip, people = start(2, reply_stops="property")
    for person in people:
        Lead.objects.create(contact=person)
    assert stop.after_reply(Enrollment.objects.get(contact=people[0]), actor="inbound") == 1


def test_a_reply_leaves_colleagues_alone_otherwise(clock: Clock) -> None:
    _drip, people = start(2)
    Enrollment.objects.update(company=people[0].company)
    stop.after_reply(Enrollment.objects.get(contact=people[0]), actor="inbound")
    assert Enrollment.objects.get(contact=people[1]).status == "pending"


def test_a_hand_over_cancels_what_is_left(clock: Clock) -> None:
    start()
    assert stop.hand_over(Enrollment.objects.get(), actor="ella", reason="They want a call.")
    assert Enrollment.objects.get().status == "handed_over"
    assert Message.objects.get().status == "cancelled"


def test_a_later_reply_does_not_take_a_thread_from_its_person(clock: Clock) -> None:
    start()
    stop.hand_over(Enrollment.objects.get(), actor="ella", reason="They want a call.")
    stop.after_reply(Enrollment.objects.get(), actor="inbound")
    assert Enrollment.objects.get().status == "handed_over"


def test_removing_is_for_good(clock: Clock) -> None:
    start()
    assert stop.remove(EVERYBODY.all(), actor="ella", reason="Wrong person") == 1
    assert stop.remove(EVERYBODY.all(), actor="ella") == 0
    row = Enrollment.objects.get()
    assert (row.status, row.stop_reason) == ("stopped", "Wrong person")
    assert stop.resume(EVERYBODY.all(), actor="ella") == 0


def test_pausing_a_person_takes_back_what_was_approved(clock: Clock, ella: User) -> None:
    drip, _people = start()
    approve(drip, ella)
    assert stop.pause(EVERYBODY.all(), actor="ella") == 1
    clock.turn(days=5)
    assert (tick(), send_due(clock.now)) == ({}, [])
    message = Message.objects.get()
    assert (message.status, message.reason) == ("ea_review", "Paused by ella.")
    left = approvals.approve_all(drip, approver=ella).left_behind
    assert left[0].reason == "ella paused this person."


def test_a_resumed_person_goes_on_where_they_stood(clock: Clock, ella: User) -> None:
    drip, _people = start()
    approve(drip, ella)
    send_due(clock.now)
    clock.turn(hours=2)
    send_due(clock.now)
    stop.pause(EVERYBODY.all(), actor="ella")
    clock.turn(days=40)
    assert stop.resume(EVERYBODY.all(), actor="ella") == 1
    tick()
    second = Message.objects.get(step=2)
    assert second.due_at == clock.now, "late, so at the next lawful moment"
    acts = AuditEntry.objects.values_list("action", flat=True)
    assert {"enrollment.paused", "enrollment.resumed"} <= set(acts)


def three_mails() -> dict[str, Any]:
    return {"steps": [*TWO_MAILS, {**TWO_MAILS[1], "subject": "Third"}]}


def test_an_edit_leaves_people_under_way_on_their_version(clock: Clock) -> None:
    drip, people = start()
    version = drip.sequence_version
    assert version is not None
    newer = write_version(version.sequence, three_mails(), actor="sam", note="A third mail")
    assert (newer.number, newer.note) == (2, "A third mail")
    assert write_version(version.sequence, three_mails(), actor="sam") == newer, "nothing changed"
    assert Enrollment.objects.get().version == version
    assert use_version(drip, newer, actor="sam")
    assert not use_version(drip, newer, actor="sam")
    more = make_people(1)
    enroll(drip, [p.pk for p in more], actor="sam")
    assert Enrollment.objects.get(contact=more[0]).version == newer
    assert Enrollment.objects.get(contact=people[0]).version == version


def test_people_move_to_a_new_version_only_on_purpose(clock: Clock, ella: User) -> None:
    drip, _people = start(2)
    finished = Enrollment.objects.order_by("pk")[0]
    Enrollment.objects.filter(pk=finished.pk).update(status="completed", next_touch_at=None)
    version = drip.sequence_version
    assert version is not None
    newer = write_version(version.sequence, three_mails(), actor="sam")
    moved = move(EVERYBODY.all(), newer, actor="sam")
    assert (moved.moved, moved.stayed) == (1, 1)
    finished.refresh_from_db()
    assert (finished.version, finished.next_touch_at) == (version, None)
    tick()
    assert Message.objects.count() == 2, "the touch that was made is not made again"


def test_nobody_moves_into_another_sequence(clock: Clock) -> None:
    start()
    with pytest.raises(NotAllowedNow, match="they cannot go on in"):
        move(EVERYBODY.all(), make_version(), actor="sam")
