"""Runs the month: turns the clock from one due moment to the next, and lets workers die."""

import contextlib
import heapq
import os
import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from unittest import mock

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Min

from outreach.choices import UNDER_WAY
from outreach.inbound import process
from outreach.models import Campaign, Enrollment, Message
from outreach.policy import approve_by_policy, recall_policy_approvals
from outreach.sending import dispatch as room
from outreach.sending import sender, story
from outreach.sending.due import due_messages
from outreach.sending.reconcile import recover_expired
from outreach.sequences import advance as planning
from outreach.sequences.enroll import enroll
from outreach.sequences.versions import definition_of
from tests.cluster import ROOT, database_url
from tests.simulation.clock import TurnedClock
from tests.simulation.happenings import Happenings
from tests.simulation.log import Arrival, LeftOut, Log, Resident
from tests.simulation.people import add_people, make_residents, sign
from tests.simulation.sequences import add_campaigns
from tests.simulation.staff import Staff
from tests.simulation.worker import STEPS

MOST_DAYS = 62
MORTALITY = 0.05
TWICE = 0.025  # of all people, how many a campaign takes from the others
SHARES = {"Mail": 0.3, "Texts": 0.35, "Both": 0.25, "By hand": 0.1}
CRASHES: list[tuple[Any, str, bool]] = [
    # where, what, and whether death comes only after it was done
    (room, "_gate", False), (room, "_gate", True), (sender, "record_sent", False),
    (story, "record_batch", False), (room.ConnectionPool, "give", False),
    (room.touches, "take", True), (planning._Batch, "write", True),
    (planning, "make_touch", True), (process, "_finish", False), (process, "_finish", True),
]  # fmt: skip


class Crash(BaseException):
    """A worker of this process is gone; nothing in the product may catch it."""


@contextlib.contextmanager
def dying(chance: random.Random, counts: Counter[str]) -> Iterator[None]:
    """Whoever comes to a step chosen by chance dies there."""
    where, name, after = chance.choice(CRASHES)
    real = getattr(where, name)

    def die(*args: Any, **options: Any) -> None:
        if after:
            real(*args, **options)
        counts[f"died: {name.strip('_')}"] += 1
        raise Crash(name)

    with mock.patch.object(where, name, die), contextlib.suppress(Crash):
        yield


@dataclass
class World:
    """The town, the desk and its staff for one seed; `run` lives the month."""

    seed: int
    clock: TurnedClock
    log: Log
    smtp_port: int
    text_api: str
    ella: User
    sam: User
    size: int
    kills: int = 0
    days: int = 31
    pace: float = 1.0  # how much longer than usual the desk sleeps between two looks
    enrolled: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self.order = count()
        self.seen = 0
        self.kills_due = 0
        self.racing: list[Arrival] = []

    def settle(self) -> None:
        """People, their consents, this week's lists, and four campaigns."""
        self.residents = make_residents(self.size, self.chance)
        self.contacts = add_people(self.residents, self.chance)
        self.by_contact = {pk: key for key, pk in self.contacts.items()}
        self.by_address: dict[str, Resident] = {}
        for one in self.residents:
            self.by_address |= dict.fromkeys(filter(None, (one.email, *one.numbers)), one)
        sign(self.residents, self.clock.now())
        self.campaigns = add_campaigns()
        self.happenings = Happenings(
            self.seed, self.clock, self.log, self.by_address, self.schedule
        )
        self.staff = Staff(self.chance, self.clock, self.log, self.schedule, self.campaigns,
                           self.ella, self.sam, self.residents, self.by_contact)  # fmt: skip
        self.staff.plan_the_month(self.days)
        self._invite()
        for _ in range(self.kills):
            hours = self.chance.uniform(8, self.days * 14)
            self.schedule(timedelta(hours=hours), self._owe_a_kill)

    def _owe_a_kill(self) -> None:
        self.kills_due += 1

    def _invite(self) -> None:
        """Everybody into one campaign, some into a second one; half of them some days later."""
        keys = self.chance.sample(range(self.size), self.size)
        start = 0
        for name, share in SHARES.items():
            end = start + round(self.size * share)
            chosen = keys[start:end] + self.chance.sample(keys, round(self.size * TWICE))
            half = len(chosen) // 2
            self._enroll(self.campaigns[name], chosen[:half])
            self.schedule(
                timedelta(days=self.chance.uniform(1, 5)),
                lambda name=name, late=chosen[half:]: self._enroll(self.campaigns[name], late),  # type: ignore[misc]
            )
            start = end

    def _enroll(self, campaign: Campaign, keys: list[int]) -> None:
        campaign.refresh_from_db()
        report = enroll(campaign, [self.contacts[key] for key in dict.fromkeys(keys)], actor="sam")
        self.enrolled["asked"] += len(set(keys))
        self.enrolled["taken in"] += report.taken_in
        assert campaign.sequence_version is not None
        channels = definition_of(campaign.sequence_version).channels
        for one in report.left_out:
            self.enrolled[f"left out: {one.code}"] += 1
            self.log.left_out.append(
                LeftOut(
                    self.by_contact[one.contact_id], campaign.pk, channels, one.code, one.reason
                )
            )

    def schedule(self, later: timedelta, what: Callable[[], None]) -> None:
        heapq.heappush(self.agenda, (self.clock.now() + later, next(self.order), what))

    def run(self) -> None:
        """The month, and what it leaves over."""
        start = self.clock.now()
        while self.clock.now() < start + timedelta(days=MOST_DAYS):
            self._happen()
            self._work()
            self.log.counts["turns"] += 1
            if self.clock.now() > start + timedelta(days=self.days):
                self.staff.clear_the_table()
                if not self._anything_left():
                    break
            self.clock.turn_to(self._next_moment())

    def told(self) -> str:
        """What reached the town, in one line."""
        mails = sum(one.channel == "email" for one in self.log.arrivals)
        silent = len({one.resident for one in self.log.wishes if one.everything})
        texts = len(self.log.arrivals) - mails
        return f"{mails} mails, {texts} texts, {silent} people who opted out"

    def _anything_left(self) -> bool:
        return Enrollment.objects.filter(status__in=UNDER_WAY).exists() or bool(self.racing)

    def _next_moment(self) -> datetime:
        """The next moment at which something is due, a little later than it."""
        now = self.clock.now()
        due = Message.objects.filter(status="approved", due_at__gt=now).aggregate(at=Min("due_at"))
        planned = Enrollment.objects.filter(
            status__in=UNDER_WAY, paused_at=None, next_touch_at__gt=now
        ).aggregate(at=Min("next_touch_at"))
        moments = [one["at"] for one in (due, planned) if one["at"]]
        moments += [self.agenda[0][0]] if self.agenda else []
        soonest = min([*moments, now + timedelta(hours=8)])
        sleep = timedelta(minutes=self.pace * self.chance.uniform(40, 110))
        return max(soonest, now + sleep)

    def _happen(self) -> None:
        while self.agenda and self.agenda[0][0] <= self.clock.now():
            heapq.heappop(self.agenda)[2]()
        self.staff.note_approvals()

    def _work(self) -> None:
        """What the recurring tasks do, with people approving in between."""
        recover_expired(self.clock.now())
        self._mortal(lambda: planning.advance(clock=self.clock.now))
        self.staff.do_by_hand()
        if self.chance.random() < 0.85:
            self.staff.approve()
        recall_policy_approvals()
        approve_by_policy(limit=2000)
        self.staff.note_approvals()
        self._race()
        if self.kills_due and due_messages(self.clock.now()).count() >= min(12, self.size // 20):
            self._kill()
        self._mortal(lambda: room.dispatch(clock=self.clock.now))
        self._mortal(lambda: process.process_open(self.clock.now()))
        if self._all_heard():
            self.happenings.worked_on()
        self.staff.look_at_uncertain({one.mark for one in self.log.arrivals})
        for arrival in self.log.arrivals[self.seen :]:
            self.happenings.react(arrival)
        self.seen = len(self.log.arrivals)

    def _all_heard(self) -> bool:
        return not process._open_events(self.clock.now() + timedelta(hours=1)).exists()

    def _mortal(self, work: Callable[[], object]) -> None:
        """Some workers die at their work."""
        if self.chance.random() < MORTALITY:
            with dying(self.chance, self.log.counts):
                work()
            return
        work()

    def _race(self) -> None:
        """Somebody with mail on its way has the unsubscribe page of an older one open."""
        due = set(
            due_messages(self.clock.now())
            .filter(channel="email")
            .values_list("to_address", flat=True)
        )
        known = [one for one in self.log.arrivals if one.to in due and one.unsubscribe]
        self.racing = [self.chance.choice(known)] if known and self.chance.random() < 0.15 else []

    def meanwhile(self) -> None:
        """Called by the mail server while mail is arriving: somebody presses the button now."""
        if self.racing:
            presses = threading.Thread(target=self._press, args=(self.racing.pop(),))
            presses.start()
            presses.join()

    def _press(self, arrival: Arrival) -> None:
        try:
            self.log.counts["link, racing"] += 1
            self.happenings.unsubscribe(arrival)
        finally:
            connection.close()

    def _kill(self) -> None:
        """A worker in a process of its own begins, and is killed at some step."""
        self.kills_due -= 1
        step = self.chance.choice(STEPS)
        arguments = [
            step,
            str(self.clock.ahead.total_seconds()),
            str(self.smtp_port),
            self.text_api,
        ]
        command = [sys.executable, "-W", "ignore", "-m", "tests.simulation.worker", *arguments]
        environment = {**os.environ, "DATABASE_URL": database_url(), "PYTHONPATH": str(ROOT)}
        worker = subprocess.run(command, cwd=ROOT, env=environment, timeout=90, capture_output=True)
        if worker.returncode == -9:
            self.log.counts["kills"] += 1
            self.log.counts[f"killed: {step}"] += 1
        else:
            assert worker.returncode == 0, worker.stderr.decode()[-2000:]
            self.kills_due += 1  # it never came to that step: another one, another time
