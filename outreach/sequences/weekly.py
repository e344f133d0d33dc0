"""The desk's own week: the cadence that is set, its hours, and the plan of a week from both."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from compliance import audit, rulebook
from compliance.rules import calling_window
from compliance.rules.calling_window import FEDERAL
from outreach.errors import EditConflict
from outreach.models import WeeklyCadence
from outreach.sequences.cadence import (
    Cadence,
    Kind,
    Rhythm,
    Targets,
    WeekPlan,
    check,
    plan_week,
)
from outreach.sequences.planning import FARTHEST

# What people send by hand has no hours in law: the house's hold, and the country's holidays.
WHERE = frozenset({FEDERAL})


@dataclass(frozen=True, slots=True)
class Agreed:
    """The cadence in force: `version` 0 is the usual one, which nobody has set yet."""

    cadence: Cadence
    version: int = 0
    updated_by: str = ""
    updated_at: datetime | None = None


def current() -> Agreed:
    """What the desk works to now; one query."""
    row = WeeklyCadence.objects.first()
    if row is None:
        return Agreed(Cadence())
    return Agreed(_read(row), row.version, row.updated_by, row.updated_at)


def with_wishes(
    own: Cadence,
    *,
    requests: int | None = None,
    each: int | None = None,
    follow_ups: int | None = None,
    shares: Mapping[str, Decimal] | None = None,
) -> Cadence:
    """The desk's cadence with what is wished for one week in its place; None keeps its own. Pure.

    `each` is follow-ups per person, `follow_ups` the whole week's number instead of it.
    """
    targets = own.targets
    return Cadence(
        Targets(
            targets.connection_requests if requests is None else requests,
            targets.follow_ups_per_person if each is None else each,
            follow_ups,
        ),
        own.shares if shares is None else shares,
        own.rhythms,
    )


@transaction.atomic
def set_cadence(cadence: Cadence, *, version: int, actor: str) -> Agreed:
    """Make this the desk's week, if it is still at the version that was read.

    Raises UnplannableWeek for numbers that cannot be planned with, EditConflict where somebody
    else set another one meanwhile.
    """
    check(cadence)
    before = current()
    values = {**as_data(cadence), "updated_by": actor, "updated_at": timezone.now()}
    if before.version != version or not _write(values, version):
        theirs = current()
        raise EditConflict(
            f"{theirs.updated_by or 'Somebody'} changed the plan meanwhile; look at theirs first.",
            theirs=as_data(theirs.cadence),
            version=theirs.version,
        )
    data = {"before": as_data(before.cadence), "after": as_data(cadence), "version": version + 1}
    row = WeeklyCadence.objects.get()
    audit.append("cadence.set", row, actor=actor, data=data)
    return current()


def _write(values: dict[str, Any], version: int) -> bool:
    """Compare and swap; the first plan is a new row, which only one can add."""
    if version:
        rows = WeeklyCadence.objects.filter(version=version)
        return bool(rows.update(**values, version=version + 1))
    try:
        with transaction.atomic():
            WeeklyCadence.objects.create(**values)
    except IntegrityError:
        return False
    return True


def plan_for(day: date, cadence: Cadence) -> WeekPlan:
    """The plan of the week that `day` lies in, on the desk's clock, within the house's hours."""
    zone = desk_zone()
    return plan_week(
        cadence.targets, cadence.shares, day, cadence.rhythms, house_hours(zone), zone=zone
    )


def desk_zone() -> ZoneInfo:
    """The clock the desk works by."""
    return ZoneInfo(settings.TIME_ZONE)


def house_hours(zone: ZoneInfo) -> Callable[[datetime], datetime]:
    """The gate for what is sent by hand: the next moment within the house's hours.

    Where no hours are near, the answer lies beyond every plan.
    """

    def allowed(moment: datetime) -> datetime:
        book = rulebook.current(moment)
        at = moment.astimezone(UTC)
        window = calling_window.next_window(at, frozenset({zone.key}), WHERE, book)
        return max(moment, window[0]) if window else moment + FARTHEST

    return allowed


def closed_because(day: date) -> str:
    """The holiday or blackout on which the house is closed; "" on other days."""
    noon = datetime.combine(day, time(12), desk_zone())
    return calling_window.barred_by(day, WHERE, rulebook.current(noon))


def as_data(cadence: Cadence) -> dict[str, Any]:
    """A cadence as it is stored and as the ledger keeps it."""
    return {
        "connection_requests": cadence.targets.connection_requests,
        "follow_ups_per_person": cadence.targets.follow_ups_per_person,
        "shares": {name: f"{share:f}" for name, share in cadence.shares.items()},
        "slots": {
            kind.value: {
                "weekdays": list(rhythm.weekdays),
                "times": [f"{at:%H:%M}" for at in rhythm.times],
            }
            for kind, rhythm in cadence.rhythms.items()
        },
    }


def plan_as_data(plan: WeekPlan) -> dict[str, Any]:
    """A plan as programs read it: times on the desk's clock, with its offset from UTC."""
    zone = desk_zone()
    return {
        "week_start": plan.week_start.isoformat(),
        "time_zone": zone.key,
        "shares": {name: float(share) for name, share in plan.shares.items()},
        "totals": {kind.value: total for kind, total in plan.totals.items()},
        "left_over": {kind.value: count for kind, count in plan.left_over.items()},
        "reasons": list(plan.reasons),
        "slots": [
            {
                "at": slot.at.astimezone(zone).isoformat(),
                "segment": slot.segment,
                "kind": slot.kind.value,
                "count": slot.count,
            }
            for slot in plan.slots
        ],
    }


def _read(row: WeeklyCadence) -> Cadence:
    return Cadence(
        Targets(row.connection_requests, row.follow_ups_per_person),
        {name: Decimal(share) for name, share in row.shares.items()},
        {
            Kind(name): Rhythm(
                tuple(rhythm["weekdays"]),
                tuple(time.fromisoformat(at) for at in rhythm["times"]),
            )
            for name, rhythm in row.slots.items()
        },
    )
