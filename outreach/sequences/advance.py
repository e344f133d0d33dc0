"""Moves everybody on who is due: makes the next touch, plans the one after, ends what is over."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from compliance import audit
from outreach.choices import UNDER_WAY, CampaignStatus, EnrollmentStatus
from outreach.models import Campaign, Enrollment, Message, OutreachPolicy, SequenceVersion
from outreach.sequences.calendars import act_at, calendar_for
from outreach.sequences.making import make_touch
from outreach.sequences.people import Person, load_people
from outreach.sequences.planning import (
    Calendar,
    Done,
    Finished,
    Standing,
    State,
    Touch,
    Waiting,
    next_touch,
    was_due,
)
from outreach.sequences.standing import Made, load_made, standing_of
from outreach.sequences.versions import definition_of
from outreach.stopping import stop_enrollments

BATCH = 500
ACTOR = "sequences"
# What waits for a person, or for its message to leave, is looked at again; less than the least
# delay of a day, so that nothing comes late for it.
AGAIN = timedelta(hours=6)
SETTLE = timedelta(days=1)  # after the last touch, before the person counts as done
# Without an address that may be used a person is looked at less and less often, and not for ever.
SELDOM = timedelta(days=3)
PATIENCE = timedelta(days=30)


def due(now: datetime) -> QuerySet[Enrollment]:
    """Who must be looked at now, the longest waiting first."""
    return Enrollment.objects.filter(
        next_touch_at__lte=now,
        paused_at=None,
        status__in=sorted(UNDER_WAY),
        needs_person=False,
        version__isnull=False,
        campaign__status__in=[CampaignStatus.DRAFT, CampaignStatus.ACTIVE],
        campaign__paused_at=None,
    ).order_by("next_touch_at")


def advance(
    *,
    clock: Callable[[], datetime] = timezone.now,
    seconds: float = 60.0,
    batch: int = BATCH,
) -> Counter[str]:
    """Look at everybody who is due, a batch a transaction, until nobody is or time is up.

    Any number of workers may run: a batch is locked while it is worked on and passed over by the
    others; a worker that dies leaves its batch as it found it. Returns what was done, by word.
    """
    counts: Counter[str] = Counter()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = advance_batch(clock(), size=batch)
        counts += found.counts
        if found.seen < batch:
            break
    return counts


@dataclass(slots=True)
class Advanced:
    """What one batch did: how many were looked at, and what came of it."""

    seen: int = 0
    counts: Counter[str] = field(default_factory=Counter)


@transaction.atomic
def advance_batch(now: datetime, *, size: int = BATCH) -> Advanced:
    """One batch of those who are due; see `advance`."""
    if OutreachPolicy.load().paused:
        return Advanced()
    rows = list(_lock(due(now))[:size])
    batch = _Batch(rows, now)
    for row in rows:
        batch.look_at(row)
    batch.write()
    return Advanced(len(rows), batch.counts)


def _lock(rows: QuerySet[Enrollment]) -> QuerySet[Enrollment]:
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(of=("self",), skip_locked=True)
    return rows  # SQLite: the whole transaction is the lock


class _Batch:
    """A batch with all that is known of it, loaded at once, and what is to be written."""

    def __init__(self, rows: list[Enrollment], now: datetime) -> None:
        self.now, self.rows = now, rows
        self.counts: Counter[str] = Counter()
        self.messages: list[Message] = []
        self.moved: list[Enrollment] = []
        self.points = {row.pk: row.point_id for row in rows}
        self.acts: list[audit.Act] = []
        self.campaigns = Campaign.objects.select_related("mailbox", "text_mailbox").in_bulk(
            {row.campaign_id for row in rows}
        )
        self.versions = SequenceVersion.objects.select_related("sequence").in_bulk(
            {row.version_id for row in rows if row.version_id}
        )
        channels = [definition_of(version).channels for version in self.versions.values()]
        self.people = load_people(
            {row.contact_id for row in rows}, frozenset().union(*channels), now=now
        ) if rows else {}  # fmt: skip
        self.made = load_made([row.pk for row in rows]) if rows else {}

    def look_at(self, row: Enrollment) -> None:
        """Decide what becomes of one enrollment."""
        person = self.people[row.contact_id]
        if person.barred:
            rows = Enrollment.objects.filter(pk=row.pk)
            stop_enrollments(rows, actor=ACTOR, reason=person.barred)
            self.counts["stopped"] += 1
            return
        steps = definition_of(self.versions[row.version_id]).steps  # type: ignore[index]
        made = self.made.get(row.pk, Made())
        standing = standing_of(row, made, person.reachable, person.away_until)
        calendar = calendar_for(person, zone=row.zone)
        if not person.points:
            self._without_address(row, person, was_due(steps, standing, calendar))
            return
        found = next_touch(steps, standing, calendar, self.now)
        wanted = None if made.done else self.campaigns[row.campaign_id].first_drafts_until
        if (
            isinstance(found, Touch)
            and act_at(found.step, found.at, wanted_until=wanted) <= self.now
        ):
            self._make(row, person, found, made)
            found = self._after(row, standing, calendar, found)
            self.counts["made"] += 1
        self._plan(row, found)

    def _without_address(
        self, row: Enrollment, person: Person, wished: datetime | Finished | Waiting
    ) -> None:
        """What the gate refuses today it may allow another day, until nobody believes in it."""
        if not isinstance(wished, datetime):
            self._plan(row, wished)
            return
        waited = self.now - wished
        if waited < PATIENCE:
            row.next_touch_at = self.now + min(max(waited, AGAIN), SELDOM)
            self.counts["waiting"] += 1
            self.moved.append(row)
            return
        reason = f"Not to be reached for {PATIENCE.days} days: {person.why_unreachable}"
        rows = Enrollment.objects.filter(pk=row.pk)
        stop_enrollments(rows, actor=ACTOR, reason=reason[:300])
        self.counts["stopped"] += 1

    def _make(self, row: Enrollment, person: Person, touch: Touch, made: Made) -> None:
        version = self.versions[row.version_id]  # type: ignore[index]
        message = make_touch(
            row, self.campaigns[row.campaign_id], person, touch,
            steps=len(definition_of(version).steps),
            engine=f"{version.sequence.slug} v{version.number}"[:40],
            answers=made.thread, now=self.now,
        )  # fmt: skip
        self.messages.append(message)
        row.step, row.channel = touch.step.number, touch.step.channel
        row.point = person.points[touch.step.channel]
        data = {"step": touch.step.number, "variant": message.variant, "due_at": message.due_at}
        self.acts.append(
            audit.Act("message.drafted", message, message.reason, row.campaign_id, data)
        )

    def _after(
        self, row: Enrollment, standing: Standing, calendar: Calendar, touch: Touch
    ) -> Touch | Finished | Waiting:
        """What comes next if this touch leaves on time; when it did, it is looked at again."""
        steps = definition_of(self.versions[row.version_id]).steps  # type: ignore[index]
        left = Done(touch.step.number, State.SENT, max(touch.at, self.now))
        ahead = replace(standing, done=(*standing.done, left))
        found = next_touch(steps, ahead, calendar, self.now)
        return Waiting("Its last touch has not left yet.") if isinstance(found, Finished) else found

    def _plan(self, row: Enrollment, found: Touch | Finished | Waiting) -> None:
        if isinstance(found, Finished):
            self._finish(row)
        elif isinstance(found, Waiting):
            row.next_touch_at = self.now + AGAIN
            self.counts["waiting"] += 1
        else:
            row.next_touch_at = max(act_at(found.step, found.at), self.now + timedelta(minutes=1))
            self.counts["planned"] += 1
        self.moved.append(row)

    def _finish(self, row: Enrollment) -> None:
        """Over a day after the last touch left, so that a late bounce or answer still counts."""
        made = self.made.get(row.pk, Made()).done
        last = max((one.at for one in made), default=row.created_at)
        if made and self.now < last + SETTLE:
            row.next_touch_at = last + SETTLE
            return
        row.status, row.next_touch_at = EnrollmentStatus.COMPLETED, None
        self.acts.append(audit.Act("enrollment.completed", row, "", row.campaign_id))
        self.counts["completed"] += 1

    def write(self) -> None:
        """Everything decided, in a few statements."""
        Message.objects.bulk_create(self.messages, batch_size=200)
        groups: dict[tuple[tuple[str, Any], ...], list[UUID]] = defaultdict(list)
        for row in self.moved:
            changes: dict[str, Any] = {
                "step": row.step, "next_touch_at": row.next_touch_at, "status": row.status
            }  # fmt: skip
            if row.point_id != self.points[row.pk]:
                changes |= {"point_id": row.point_id, "channel": row.channel}
            groups[tuple(changes.items())].append(row.pk)
        # Many share their next moment; even where none do, this beats one statement of many cases.
        for changed, ids in groups.items():
            Enrollment.objects.filter(pk__in=ids).update(**dict(changed), updated_at=self.now)
        audit.append_many(self.acts, actor=ACTOR)
