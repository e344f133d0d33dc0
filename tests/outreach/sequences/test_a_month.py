"""A month of a drip with answers, opt-outs, pauses, edits and dead workers: nothing twice, late, or
after a stop, and nobody forgotten. MONTH_SEED repeats the run of a seed that failed."""

import contextlib
import os
import random
from collections import defaultdict
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from compliance import suppression
from compliance.rulebook import current
from compliance.rules import calling_window
from compliance.timing import TIMED
from outreach import approvals
from outreach.models import Campaign, Enrollment, Mailbox, Message
from outreach.policy import approve_by_policy
from outreach.sequences import stop
from outreach.sequences.advance import advance, advance_batch
from outreach.sequences.enroll import enroll
from outreach.sequences.moving import move
from outreach.sequences.people import load_people
from outreach.sequences.versions import write_version
from outreach.stopping import stop_enrollments
from tests.outreach.sequences.build import TWO_MAILS, make_drip, make_people, make_version
from tests.outreach.sequences.clock import Clock, send_due

ZONES = ["America/New_York", "America/Chicago", "America/Los_Angeles", "Pacific/Honolulu"]
STEPS: list[dict[str, Any]] = [
    TWO_MAILS[0],
    {"channel": "sms", "after_days": 2, "at": "11:00", "body": "Hi {{ greeting }}"},
    {**TWO_MAILS[1], "after_business_days": 2, "after_days": None},
    {**TWO_MAILS[1], "after_days": 4, "weekdays": ["tue", "thu"], "only_if": "not_opened"},
]
OVER = {"completed", "replied", "stopped", "handed_over"}


class Crash(Exception):
    """A worker is killed."""


@pytest.mark.django_db
def test_a_month_keeps_every_promise(clock: Clock, ella: User, texts_allowed: None) -> None:
    seed = int(os.environ.get("MONTH_SEED") or random.randrange(10**6))
    chance = random.Random(seed)
    drip = _begin(chance)
    ended: dict[Any, Any] = {}  # contact → when they answered or asked us to stop
    sent: dict[Any, list[Message]] = defaultdict(list)
    for turn in range(8 * 36):
        _work(chance, clock)
        approvals.approve_all(drip, approver=ella)
        approve_by_policy()
        for message in send_due(clock.now):
            contact = message.enrollment.contact_id  # type: ignore[union-attr]
            assert contact not in ended, f"seed {seed}: after a stop"
            sent[contact].append(message)
        if turn % 2 == 0:
            _happen(chance, drip, ended, clock)
        clock.turn(hours=3)
    _check(seed, sent)


def _begin(chance: random.Random) -> Campaign:
    number = Mailbox.objects.create(
        name="Texts", channel="sms", from_name="Ella", from_number="+13055550100"
    )
    drip = make_drip(make_version(STEPS), text_mailbox=number)
    people = [
        person for zone in ZONES for person in make_people(4, zone=zone, points=("email", "phone"))
    ]
    report = enroll(drip, [person.pk for person in people], actor="sam")
    assert report.taken_in == len(people)
    return drip


def _work(chance: random.Random, clock: Clock) -> None:
    """A tick; one in ten workers dies before its batch is committed."""
    if chance.random() < 0.1:
        with contextlib.suppress(Crash), transaction.atomic():
            advance_batch(clock.now)
            raise Crash
    elif chance.random() < 0.9:
        advance(batch=7)


def _happen(chance: random.Random, drip: Campaign, ended: dict[Any, Any], clock: Clock) -> None:
    """Something happens to somebody."""
    row = chance.choice(list(Enrollment.objects.select_related("version")))
    alone = Enrollment.objects.filter(pk=row.pk)
    what = chance.choice(["reply", "opt out", "pause", "resume", "resume", "edit", "open", "skip"])
    if what == "reply" and chance.random() < 0.3:
        stop.after_reply(row, actor="inbound")
        ended[row.contact_id] = clock.now
    elif what == "opt out" and chance.random() < 0.3:
        email = f"{row.point.value}" if row.point and "@" in row.point.value else ""
        if email:
            suppression.suppress(
                "email", email, reason="opt_out", source="test", received_at=clock.now
            )
            stop_enrollments(alone, actor="inbound", reason="Opted out.")
            ended[row.contact_id] = clock.now
    elif what == "pause":
        stop.pause(alone, actor="ella")
    elif what == "resume":
        stop.resume(Enrollment.objects.all(), actor="ella")
    elif what == "edit" and row.version:
        steps = [*STEPS[:3], {**STEPS[3], "subject": f"Version {chance.random()}"}]
        move(alone, write_version(row.version.sequence, {"steps": steps}, actor="sam"), actor="sam")
    elif what == "open":
        Message.objects.filter(enrollment=row, status="sent").update(opened_at=clock.now)
    elif what == "skip":
        approvals.skip(approvals.waiting(drip).filter(enrollment=row), actor="ella")


def _check(seed: int, sent: dict[Any, list[Message]]) -> None:
    people = load_people(list(sent), frozenset({"email", "sms"}), now=timezone.now())
    for contact, messages in sent.items():
        for message in messages:
            message.refresh_from_db()
        zone = ZoneInfo(people[contact].zone)
        days = [m.sent_at.astimezone(zone).date() for m in messages if m.sent_at]
        assert len(days) == len(set(days)), f"seed {seed}: two on one day"
        steps = [message.step for message in messages]
        assert steps == sorted(set(steps)), f"seed {seed}: twice, or out of order"  # type: ignore[type-var]
    texts = [m for all_of_one in sent.values() for m in all_of_one if m.channel in TIMED]
    assert texts, f"seed {seed}: no texts at all"
    stuck = Enrollment.objects.exclude(status__in=OVER)
    assert not list(stuck), f"seed {seed}: never came to an end"
    for message in texts:
        where = people[message.enrollment.contact_id].where  # type: ignore[union-attr]
        assert message.sent_at is not None
        answer = calling_window.judge(message.sent_at, where, current(message.sent_at))
        assert answer.allowed, f"seed {seed}: left outside the hours"
