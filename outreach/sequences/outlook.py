"""Tells of many people at once when their next touch comes, or why none does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from outreach.choices import UNDER_WAY, EnrollmentStatus
from outreach.models import Enrollment
from outreach.sequences.calendars import calendar_for
from outreach.sequences.people import Person, load_people
from outreach.sequences.planning import Passed, Standing, State, Touch, next_touch, passed_over
from outreach.sequences.standing import Made, load_made, standing_of
from outreach.sequences.versions import definition_of

FOLLOWING = UNDER_WAY | {EnrollmentStatus.COMPLETED}


@dataclass(frozen=True, slots=True)
class Next:
    """The next touch on the person's clock (`local`), or None; `words` say what it is, or why
    there is none. `steps` is how many touches their version has; `left_out` says which of them
    this person does not get, and why."""

    words: str
    local: datetime | None = None
    channel: str = ""
    steps: int = 0
    left_out: tuple[str, ...] = ()


def next_touches(rows: Sequence[Enrollment], *, now: datetime) -> dict[UUID, Next]:
    """By enrollment; the same few queries however many. `version` must be loaded."""
    followed = [row for row in rows if row.version is not None]
    channels: frozenset[str] = frozenset().union(
        *(definition_of(row.version).channels for row in followed if row.version)
    )
    # Who is through is still asked about: why did they not get all of it?
    under_way = [row for row in followed if row.status in FOLLOWING]
    people = (
        load_people({row.contact_id for row in under_way}, channels, now=now) if under_way else {}
    )
    made = load_made([row.pk for row in under_way]) if under_way else {}
    return {
        row.pk: _with_gaps(row, people.get(row.contact_id), made.get(row.pk, Made()), now)
        for row in followed
    }


def _with_gaps(row: Enrollment, person: Person | None, made: Made, now: datetime) -> Next:
    found = _next(row, person, made, now)
    if person is None or person.barred or row.version is None or row.status not in FOLLOWING:
        return found
    gaps = left_out(row, person, made, ahead=True)
    return replace(found, left_out=tuple(_in_words(gaps)))


def left_out(row: Enrollment, person: Person, made: Made, *, ahead: bool = False) -> list[Passed]:
    """The steps that this person did not get, or with `ahead` will not get as things stand.

    `row.version` must be loaded.
    """
    assert row.version is not None
    steps = definition_of(row.version).steps
    standing = Standing(row.created_at, tuple(made.done), reachable=person.reachable)
    behind = made.done[-1].step if made.done else 0
    through = len(steps) if row.status == EnrollmentStatus.COMPLETED else max(behind, row.step)
    gaps = passed_over(steps, standing, through=through)
    if ahead:
        gaps += [one for one in passed_over(steps[through:], standing, through=len(steps))
                 if one.step.channel not in person.reachable]  # fmt: skip
    return [replace(one, reason=_why(one, person)) for one in gaps]


def _why(one: Passed, person: Person) -> str:
    return person.lost.get(one.step.channel, "") or one.reason


def _in_words(gaps: Sequence[Passed]) -> Iterator[str]:
    """A sentence a reason: “Steps 2 and 4 are left out: …”."""
    by_reason: dict[str, list[str]] = {}
    for one in gaps:
        by_reason.setdefault(one.reason, []).append(str(one.step.number))
    for reason, numbers in by_reason.items():
        *most, last = numbers
        which = f"Steps {', '.join(most)} and {last} are" if most else f"Step {last} is"
        yield f"{which} left out: {reason}"


def _next(row: Enrollment, person: Person | None, made: Made, now: datetime) -> Next:
    assert row.version is not None
    steps = definition_of(row.version).steps
    count = len(steps)
    if person is None or row.status not in UNDER_WAY:
        return Next(row.stop_reason, steps=count)
    if row.paused_at:
        return Next(f"Paused by {row.paused_by}.", steps=count)
    if person.barred:
        return Next(person.barred, steps=count)
    calendar = calendar_for(person, zone=row.zone)
    last = made.done[-1] if made.done else None
    if last and last.state is State.OPEN:
        step = steps[last.step - 1] if last.step <= count else None
        channel = step.channel if step else ""
        return Next(f"Step {last.step} is drafted.", calendar.local(last.at), channel, count)
    if not person.points:
        return Next(person.why_unreachable, steps=count)
    found = next_touch(steps, standing_of(row, made, person.reachable), calendar, now)
    if isinstance(found, Touch):
        words = f"Step {found.step.number}"
        if found.step.condition.words:
            words += f", {found.step.condition.words}"
        return Next(f"{words}.", found.local(calendar), found.step.channel, count)
    return Next(found.reason, steps=count)
