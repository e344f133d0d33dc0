"""Several at once, on PostgreSQL: one touch a person, and a reply that always wins."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from crm.models import Lead, Property
from outreach.models import Enrollment, Message
from outreach.sequences import advance as advancing
from outreach.sequences.advance import advance, advance_batch
from outreach.sequences.enroll import enroll
from outreach.sequences.stop import after_reply
from tests.outreach.sequences.build import make_drip, make_people, make_version
from tests.outreach.sequences.clock import Clock

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WORKERS = 4


def at_once(*acts: Any) -> list[Any]:
    """Run the acts at the same moment, each on a connection of its own."""
    start = threading.Barrier(len(acts))

    def one(act: Any) -> Any:
        try:
            start.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(one, act) for act in acts]]


def test_many_workers_make_each_touch_once(clock: Clock) -> None:
    drip = make_drip()
    enroll(drip, [person.pk for person in make_people(90)], actor="sam")
    counts = at_once(*[lambda: advance(batch=10)] * WORKERS)
    assert sum(found["made"] for found in counts) == Message.objects.count() == 90


def test_two_people_enrolling_the_same_crowd_take_everybody_in_once(clock: Clock) -> None:
    drip = make_drip(contact_budget=25)
    people = [person.pk for person in make_people(30)]
    reports = at_once(*[lambda: enroll(drip, people, actor="sam")] * 2)
    assert sum(report.taken_in for report in reports) == Enrollment.objects.count() == 25


def test_a_reply_that_comes_while_a_touch_is_made_cancels_it(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    drip = make_drip()
    enroll(drip, [person.pk for person in make_people(1)], actor="sam")
    row, written, may_commit = Enrollment.objects.get(), threading.Event(), threading.Event()
    write = advancing._Batch.write

    def write_and_wait(batch: Any) -> None:
        write(batch)
        written.set()
        may_commit.wait(10)

    monkeypatch.setattr(advancing._Batch, "write", write_and_wait)

    def make() -> None:
        advance_batch(clock.now)

    def reply() -> None:
        assert written.wait(10)
        threading.Timer(0.3, may_commit.set).start()  # the reply is waiting for the row by then
        with transaction.atomic():
            after_reply(row, actor="inbound")

    at_once(make, reply)
    row.refresh_from_db()
    assert (row.status, row.next_touch_at) == ("replied", None)
    assert Message.objects.get().status == "cancelled"


def test_two_of_one_house_who_answer_at_once_both_end_it(clock: Clock) -> None:
    drip = make_drip(make_version(reply_stops="property"))
    people = make_people(6)
    parcel = Property.objects.create(parcel_id="1", county="Orange", state="FL")
    for person in people:
        Lead.objects.create(contact=person, property=parcel)
    enroll(drip, [person.pk for person in people], actor="sam")

    def answers(row: Enrollment) -> Callable[[], None]:
        def act() -> None:
            with transaction.atomic():
                after_reply(row, actor="inbound")

        return act

    for _round in range(5):
        Enrollment.objects.update(status="active", stop_reason="")
        at_once(*(answers(row) for row in Enrollment.objects.order_by("pk")))
        assert not Enrollment.objects.filter(status="active").exists()
