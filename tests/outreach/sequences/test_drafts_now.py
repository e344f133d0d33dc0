"""Drafts sooner than the minute's look: who came in, who is asked for, and who is left alone."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from compliance.models import AuditEntry
from crm.segments.versions import create_segment, newest
from outreach import approvals
from outreach.models import Campaign, Message
from outreach.sequences import drafts_now
from outreach.sequences.enroll import enroll, rehearse
from outreach.sequences.from_segment import start_from_segment, take_in
from tests.factories import make_mailbox
from tests.outreach.sequences.build import TWO_MAILS, make_drip, make_people, make_version
from tests.outreach.sequences.clock import Clock, send_due, tick

pytestmark = pytest.mark.django_db
MONDAYS = [{**TWO_MAILS[0], "weekdays": ["mon"]}, TWO_MAILS[1]]


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr("compliance.waking.async_task", found.append)
    return found


def test_taking_people_in_wakes_a_worker_once(
    woken: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    drip, people = make_drip(), [person.pk for person in make_people(3)]
    with django_capture_on_commit_callbacks(execute=True):
        rehearse(drip, people)
    assert woken == []
    with django_capture_on_commit_callbacks(execute=True):
        enroll(drip, people, actor="sam")
    assert woken == ["outreach.tasks.advance_sequences"]
    with django_capture_on_commit_callbacks(execute=True):
        enroll(drip, people, actor="sam")
    assert len(woken) == 1, "nobody came in"


def test_an_audience_of_several_portions_wakes_a_worker_once(
    woken: list[str],
    ella: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    monkeypatch.setattr("outreach.sequences.from_segment.CHUNK", 2)
    make_mailbox()
    make_people(5)
    everyone = newest(create_segment("Everyone", {"conditions": []}, actor="ella"))
    drip = start_from_segment(everyone, make_version(), name="All", actor=ella, everyone=True)
    with django_capture_on_commit_callbacks(execute=True):
        assert take_in(drip, actor="ella").taken_in == 5
    assert len(woken) == 1


def test_who_is_asked_for_is_drafted_once_and_leaves_at_the_same_hour(
    clock: Clock, woken: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    clock.turn(days=3)
    drip = friday(2)
    with django_capture_on_commit_callbacks(execute=True):
        assert drafts_now.draft_now(drip, actor="ella") == 2
    assert woken
    assert tick()["made"] == 2
    assert drafts_now.draft_now(drip, actor="ella") == 0
    assert AuditEntry.objects.filter(action="campaign.drafts_wanted").count() == 1
    clock.turn(days=2)
    tick()
    assert Message.objects.filter(campaign=drip).count() == 2


def test_a_follow_up_is_never_drafted_before_its_day(clock: Clock, ella: User) -> None:
    drip = make_drip()
    enroll(drip, [person.pk for person in make_people(1)], actor="sam")
    tick()
    approvals.approve_all(drip, approver=ella)
    clock.turn(hours=2)
    send_due(clock.now)
    tick()
    Campaign.objects.update(first_drafts_until=clock.now + drafts_now.REACH)
    assert drafts_now.coming(drip).later == 0
    assert drafts_now.draft_now(drip, actor="ella") == 0
    clock.turn(hours=8)
    tick()
    assert list(Message.objects.values_list("step", flat=True)) == [1]


def test_who_is_beyond_the_coming_week_is_left_alone(clock: Clock) -> None:
    drip = make_drip(make_version([{**TWO_MAILS[0], "after_days": 12}]))
    enroll(drip, [person.pk for person in make_people(1)], actor="sam")
    assert drafts_now.draft_now(drip, actor="ella") == 0
    assert drafts_now.coming(drip).later == 0


def friday(count: int) -> Campaign:
    """People who came in on a Friday and are written to on Monday."""
    drip = make_drip(make_version(MONDAYS))
    enroll(drip, [person.pk for person in make_people(count)], actor="sam")
    assert tick() == {}
    return drip
