"""Whom the week's connection requests can go to: people in a segment whom no sequence has yet."""

from collections.abc import Mapping

from django.db.models import Count, Exists, OuterRef

from crm.models import Assignment
from crm.models.assignment import holding
from outreach.choices import Voice
from outreach.models import Enrollment
from outreach.sequences.cadence import Kind, WeekPlan


def people_waiting() -> dict[str, int]:
    """By segment, as the stored assignments have it; one query."""
    inside = Enrollment.objects.filter(contact=OuterRef("contact"))
    rows = (
        Assignment.objects.filter(contact__erased_at=None, contact__merged_into=None)
        .exclude(Exists(inside))
        .annotate(held=holding()).values("held").annotate(people=Count("pk")).order_by()
    )  # fmt: skip
    counts = {row["held"]: row["people"] for row in rows}
    return {name: counts.get(name, 0) for name in Voice.values if name != Voice.HOME_OWNER}


def _left(people: int) -> str:
    if not people:
        return "nobody is left"
    return "only 1 person is left" if people == 1 else f"only {people} people are left"


def shortages(plan: WeekPlan, people: Mapping[str, int]) -> list[str]:
    """Segments with fewer people left than the week plans requests to, in words."""
    planned: dict[str, int] = {}
    for slot in plan.slots:
        if slot.kind is Kind.CONNECTION_REQUEST:
            planned[slot.segment] = planned.get(slot.segment, 0) + slot.count
    return [
        f"{Voice(name).label}: {wanted} connection requests are planned, but "
        f"{_left(people[name])} for them."
        for name, wanted in planned.items()
        if name in people and people[name] < wanted
    ]
