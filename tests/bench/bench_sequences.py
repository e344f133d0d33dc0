"""Sequences: taking 10,000 people in, and planning the next touch of 100,000 under way."""

import resource
import time
from datetime import timedelta

from django.utils import timezone

from outreach.models import Campaign, Enrollment
from outreach.sequences.advance import advance, advance_batch
from outreach.sequences.enroll import enroll
from outreach.sequences.variants import arm
from outreach.sequences.versions import definition_of
from tests.bench.rows import Row, at_most
from tests.outreach.sequences.build import make_drip, make_people

ENROLLED, PLANNED = 10_000, 100_000


def run() -> list[Row]:
    """One run each; memory is what the process grew by while it planned."""
    drip = make_drip()
    people = [person.pk for part in range(10) for person in make_people(ENROLLED // 10)]
    start = time.perf_counter()
    assert enroll(drip, people, actor="bench").taken_in == ENROLLED
    enrolling = time.perf_counter() - start
    planning, grown = _plan()
    making = _make(drip)
    return [
        at_most("enroll 10,000 people", f"{enrolling:.1f} s", enrolling, 30, "s"),
        at_most("plan the next touch of 100,000", f"{planning:.1f} s", planning, 60, "s"),
        at_most("memory grown while planning", f"{grown:.0f} MB", grown, 60, "MB"),
        Row("draft the touches of 10,000", f"{making:.1f} s"),
    ]


def _plan() -> tuple[float, float]:
    """Everybody is due to be looked at, and their touch lies in the days to come."""
    drip = make_drip()
    version = drip.sequence_version
    assert version is not None
    now, steps = timezone.now(), definition_of(version).steps
    for part in range(PLANNED // 5000):
        people = make_people(5000)
        rows = Enrollment.objects.bulk_create(
            Enrollment(
                campaign=drip, contact=person, company=person.company, version=version, step=1,
                status="active", zone="America/New_York", next_touch_at=now,
                last_outbound_at=now - timedelta(hours=part),
            )
            for person in people
        )  # fmt: skip
        assert arm(steps, str(rows[0].pk)) == "a"
    Enrollment.objects.exclude(campaign=drip).update(next_touch_at=None)
    advance_batch(now)  # everything is loaded and compiled once
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    counts = advance(seconds=600)
    taken = time.perf_counter() - start
    assert counts["planned"] > PLANNED * 0.9, counts
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return taken * PLANNED / counts["planned"], grown


def _make(drip: Campaign) -> float:
    Enrollment.objects.filter(campaign=drip).update(next_touch_at=timezone.now())
    start = time.perf_counter()
    counts = advance(seconds=600)
    assert counts["made"] == ENROLLED, counts
    return time.perf_counter() - start
