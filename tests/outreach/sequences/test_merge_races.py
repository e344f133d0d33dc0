"""Merging while something else happens to the same people, on PostgreSQL."""

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from compliance import suppression
from compliance.opt_outs import opt_out
from crm.merge import CannotMergeError, merge_contacts, unmerge
from crm.merging.strays import gather_strays
from crm.models import Contact, ContactPoint, MergeRecord
from outreach.models import Enrollment, Message
from outreach.sequences.advance import advance
from outreach.sequences.enroll import enroll
from outreach.sequences.stop import after_reply
from tests.outreach.sequences.build import make_drip, make_people
from tests.outreach.sequences.clock import Clock
from tests.outreach.sequences.test_races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 5


def attempt(act: Any) -> Any:
    try:
        return act()
    except CannotMergeError as refusal:
        return str(refusal)


def test_two_who_merge_the_same_pair_either_way_merge_it_once(clock: Clock) -> None:
    for _ in range(ROUNDS):
        one, other = make_people(2)
        found = at_once(
            lambda pair=(one.pk, other.pk): attempt(lambda: merge_contacts(*pair, actor="a")),
            lambda pair=(other.pk, one.pk): attempt(lambda: merge_contacts(*pair, actor="b")),
        )
        assert sum(isinstance(done, MergeRecord) for done in found) == 1
        assert any("already" in str(done) for done in found)


def test_a_merge_is_undone_once(clock: Clock) -> None:
    one, other = make_people(2)
    record = merge_contacts(one.pk, other.pk, actor="a")
    found = at_once(*[lambda: attempt(lambda: unmerge(record.pk, actor="b"))] * 2)
    assert sum(isinstance(done, MergeRecord) for done in found) == 1
    assert Contact.objects.count() == 2


def test_a_stop_that_comes_with_the_merge_reaches_every_address(clock: Clock) -> None:
    for _ in range(ROUNDS):
        one, other = make_people(2)
        values = list(ContactPoint.objects.filter(contact__in=[one, other]).values_list("value"))
        pairs = [("email", value) for (value,) in values]
        at_once(
            lambda one=one, other=other: merge_contacts(one.pk, other.pk, actor="a"),
            lambda pair=pairs[1]: opt_out([pair], words="stop", source="reply",
                                          received_at=timezone.now(), actor="inbound"),
        )  # fmt: skip
        assert set(suppression.find(pairs, channel="email")) == {value for (value,) in values}


def test_a_reply_that_comes_with_the_merge_ends_the_touches(clock: Clock) -> None:
    for _ in range(ROUNDS):
        one, other = make_people(2)
        drip = make_drip()
        enroll(drip, [one.pk, other.pk], actor="sam")
        row = Enrollment.objects.get(campaign=drip, contact=other)
        at_once(
            lambda one=one, other=other: merge_contacts(one.pk, other.pk, actor="a"),
            lambda row=row: reply_to(row),
        )
        kept = Enrollment.objects.get(campaign=drip, duplicate_of=None)
        ended = Enrollment.objects.get(campaign=drip, duplicate_of=kept)
        assert ended.contact_id == kept.contact_id == one.pk
        assert ended.status in {"replied", "stopped"}
        # Whichever came first: who answered in one thread hears no more in the other.
        assert kept.status == "replied"


def reply_to(row: Enrollment) -> None:
    with transaction.atomic():
        fresh = Enrollment.objects.select_for_update().get(pk=row.pk)
        after_reply(fresh, actor="inbound")


def test_who_is_enrolled_while_merged_is_gathered_and_hears_one_thread(clock: Clock) -> None:
    for _ in range(ROUNDS):
        one, other = make_people(2)
        drip = make_drip()
        enroll(drip, [one.pk], actor="sam")
        at_once(
            lambda one=one, other=other: merge_contacts(one.pk, other.pk, actor="a"),
            lambda drip=drip, other=other: enroll(drip, [other.pk], actor="sam"),
        )
        advance()
        gather_strays()
        threads = Enrollment.objects.filter(campaign=drip)
        assert set(threads.values_list("contact", flat=True)) == {one.pk}
        assert threads.filter(duplicate_of=None).count() == 1
        waiting = Message.objects.filter(campaign=drip).exclude(status="cancelled")
        assert waiting.count() == 1
