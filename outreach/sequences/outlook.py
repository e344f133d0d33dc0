"""Tells of many people at once when their next touch comes, or why none does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from outreach.choices import UNDER_WAY
from outreach.models import Enrollment
from outreach.sequences.calendars import calendar_for
from outreach.sequences.people import Person, load_people
from outreach.sequences.planning import Finished, State, Touch, next_touch
from outreach.sequences.standing import Made, load_made, standing_of
from outreach.sequences.versions import definition_of


@dataclass(frozen=True, slots=True)
class Next:
    """The next touch on the person's clock (`local`), or None; `words` say what it is, or why
    there is none. `steps` is how many touches their version has."""

    words: str
    local: datetime | None = None
    channel: str = ""
    steps: int = 0


def next_touches(rows: Sequence[Enrollment], *, now: datetime) -> dict[UUID, Next]:
    """By enrollment; the same few queries however many. `version` must be loaded."""
    followed = [row for row in rows if row.version is not None]
    channels: frozenset[str] = frozenset().union(
        *(definition_of(row.version).channels for row in followed if row.version)
    )
    under_way = [row for row in followed if row.status in UNDER_WAY]
    people = (
        load_people({row.contact_id for row in under_way}, channels, now=now) if under_way else {}
    )
    made = load_made([row.pk for row in under_way]) if under_way else {}
    return {
        row.pk: _next(row, people.get(row.contact_id), made.get(row.pk, Made()), now)
        for row in followed
    }


def _next(row: Enrollment, person: Person | None, made: Made, now: datetime) -> Next:
    assert row.version is not None
    steps = definition_of(row.version).steps
    count = len(steps)
    if person is None:
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
    found = next_touch(steps, standing_of(row, made, person.reachable), calendar, now)
    if isinstance(found, Touch):
        words = f"Step {found.step.number}"
        if found.step.condition.words:
            words += f", {found.step.condition.words}"
        return Next(f"{words}.", found.local(calendar), found.step.channel, count)
    ended = isinstance(found, Finished) and not made.done
    return Next("None of their addresses fits." if ended else found.reason, steps=count)
