"""Scoring every lead anew with all it belongs to: rate, memory, and what a change costs."""

import os
import time
from pathlib import Path
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from compliance import bulk
from crm.choices import PointKind
from crm.models import Company, Contact, ContactPoint, Lead, LeadScore, Property
from crm.scoring import runs, sweep
from crm.scoring.versions import find_model
from tests.bench.rows import Row, at_least, at_most

# `LEADS=1000000 make bench` measures what the target is for.
LEADS = int(os.environ.get("LEADS", "100000"))
RATE = 1_000_000 / 300  # a million in five minutes
PORTION = 20_000
REASONS = (
    "Pre-foreclosure, lis pendens filed", "Tax lien of two years", "Code violation, vacant",
    "Probate", "", "Absentee owner, motivated",
)  # fmt: skip
COUNTIES = ("Orange", "Seminole", "Osceola", "Lake", "Volusia", "Dade")
ROLES = ("Owner", "Heir", "Trustee", "Director", "")


def run() -> list[Row]:
    """Score all leads, score them again, and score those of one changed owner."""
    _make(LEADS)
    model = find_model("leads")
    first, grown = _score(model)
    again, _ = _score(model)
    return [
        at_least(f"scoring {LEADS:,} leads", f"{first:,.0f} leads/s", first / RATE, 1),
        at_least("the same again", f"{again:,.0f} leads/s", again / RATE, 1),
        at_most("scoring, memory grown", f"{grown:.0f} MB", grown, 64, "MB"),
        _sweep(model),
    ]


def _score(model: object) -> tuple[float, float]:
    """(leads a second, megabytes grown after the first portion)."""
    sizes: list[float] = []
    held = runs.begin(model, actor="bench")  # type: ignore[arg-type]
    start = time.perf_counter()
    runs.work(held, seconds=None, told=lambda *_: sizes.append(_megabytes()))
    taken = time.perf_counter() - start
    held.refresh_from_db()
    assert held.done == LEADS == LeadScore.objects.count(), held
    return LEADS / taken, max(sizes) - sizes[0]


def _sweep(model: object) -> Row:
    while sweep.tend(seconds=600):  # other models and segments begin with everybody, too
        pass
    long_ago = timezone.now() - sweep.LONGEST_TRANSACTION * 2
    for rows in (Lead, Contact, Property, Company):
        rows.objects.update(updated_at=long_ago)
    ContactPoint.objects.update(created_at=long_ago)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    sweep.tend()
    changed = Contact.objects.exclude(leads=None)[0]
    changed.save()
    start = time.perf_counter()
    sweep.tend()
    taken = (time.perf_counter() - start) * 1000
    return at_most(f"one change among {LEADS:,} leads scored", f"{taken:.0f} ms", taken, 1000, "ms")


def _make(count: int) -> None:
    """Leads with a property, an owner who has a phone, and a company for every tenth."""
    now = timezone.now()
    times = {"created_at": now, "updated_at": now}
    for start in range(0, count, PORTION):
        numbers = range(start, min(start + PORTION, count))
        places = [
            Property(
                parcel_id=str(n), county=COUNTIES[n % 6], state="FL", city="Orlando",
                situs_address=f"{n} Lake Street", distress_reason=REASONS[n % 6], **times,
            )
            for n in numbers
        ]  # fmt: skip
        companies = [
            Company(name=f"Company {n}", domain=f"c{n}-{uuid4().hex[:8]}.example", **times)
            for n in numbers if n % 10 == 0
        ]  # fmt: skip
        people = [
            Contact(
                name=f"Owner {n}", role=ROLES[n % 5], state="FL", tags=["owner"],
                company=companies[(n - start) // 10] if n % 10 == 0 else None,
                ai_research_data={"records": f"Owner {n} bought the house in {1980 + n % 40}."},
                **times,
            )
            for n in numbers
        ]  # fmt: skip
        points = [
            ContactPoint(contact=who, kind=PointKind.PHONE, value=f"+1407{n:07}", created_at=now)
            for n, who in zip(numbers, people, strict=True)
        ]
        leads = [
            Lead(
                contact=who, property=where, market="Orange County, FL", status_changed_at=now,
                notes=f"Called on day {n % 300}" if n % 3 == 0 else "", **times,
            )
            for n, who, where in zip(numbers, people, places, strict=True)
        ]  # fmt: skip
        for rows in (places, companies, people, points, leads):
            bulk.insert(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
