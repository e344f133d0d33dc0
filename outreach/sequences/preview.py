"""Shows every touch of a person with its date and local time before anything is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from outreach.choices import MessageStatus
from outreach.errors import NothingToSend
from outreach.models import Campaign, Enrollment, Message, SequenceVersion
from outreach.sequences.calendars import calendar_for
from outreach.sequences.known_facts import known_of
from outreach.sequences.making import values_for, write
from outreach.sequences.outlook import left_out
from outreach.sequences.people import Person, load_people
from outreach.sequences.planning import Calendar, Passed, Standing, Touch, preview
from outreach.sequences.standing import Made, load_made, standing_of
from outreach.sequences.steps import Step, Variant
from outreach.sequences.variants import choose
from outreach.sequences.versions import definition_of


@dataclass(frozen=True, slots=True)
class Wording:
    """One text a touch may have for this person; `problems` say why it is not fit to leave."""

    variant: str
    weight: int
    subject: str
    body: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewTouch:
    """One touch of a person: `at` in UTC, `local` on their clock, both None for one left out.

    `state` is "planned", "left out", or the status of the message that was made.
    """

    step: int
    name: str
    channel: str
    to: str
    state: str
    at: datetime | None
    local: datetime | None
    reasons: tuple[str, ...] = ()
    wordings: tuple[Wording, ...] = ()

    @property
    def label(self) -> str:
        """The state as a person reads it."""
        if self.state in MessageStatus.values:
            return str(MessageStatus(self.state).label)
        return self.state.capitalize()


def preview_person(
    contact_id: UUID,
    version: SequenceVersion,
    campaign: Campaign,
    *,
    now: datetime,
    facts: Mapping[str, str] | None = None,
) -> list[PreviewTouch]:
    """The touches somebody would have if they were enrolled now, in every variant.

    `campaign` may be unsaved; its offer and mailbox are used. Raises NothingToSend for an unknown
    contact and for one who must not be written to.
    """
    definition = definition_of(version)
    person = load_people([contact_id], definition.channels, now=now).get(contact_id)
    if person is None:
        raise NothingToSend("There is no such contact.")
    if person.barred:
        raise NothingToSend(person.barred)
    steps, calendar = definition.steps, calendar_for(person)
    known = known_of([person])[contact_id]
    standing = Standing(now, reachable=person.reachable, away_until=person.away_until)
    return [
        _shown(found, person, campaign, {**known, **(facts or {})}, calendar, steps)
        for found in preview(steps, standing, calendar, now)
    ]


def preview_enrollment(enrollment: Enrollment, *, now: datetime) -> list[PreviewTouch]:
    """What was made for somebody, what was left out and why, and what is still to come, in order.

    Nothing more comes for who is finished or out. `enrollment.version` and `campaign` are loaded.
    """
    if enrollment.version is None:
        return []
    definition = definition_of(enrollment.version)
    people = load_people([enrollment.contact_id], definition.channels, now=now)
    person = people[enrollment.contact_id]
    made = load_made([enrollment.pk]).get(enrollment.pk, Made())
    calendar = calendar_for(person, zone=enrollment.zone)
    passed = [] if person.barred else left_out(enrollment, person, made)
    seen = _made(enrollment, definition.steps, calendar) + [_not_made(one) for one in passed]
    seen.sort(key=lambda touch: touch.step)
    if enrollment.next_touch_at is None or person.barred:
        return seen
    standing = standing_of(enrollment, made, person.reachable, person.away_until)
    return seen + [
        _shown(
            found, person, enrollment.campaign, enrollment.facts, calendar, definition.steps,
            key=str(enrollment.pk),
        )
        for found in preview(definition.steps, standing, calendar, now)
    ]  # fmt: skip


def _made(enrollment: Enrollment, steps: Sequence[Step], calendar: Calendar) -> list[PreviewTouch]:
    names = {step.number: step.name for step in steps}
    rows = Message.objects.filter(enrollment=enrollment, step__isnull=False).order_by("step")
    shown = []
    for row in rows:
        at = row.sent_at or row.due_at
        shown.append(
            PreviewTouch(
                row.step or 0, names.get(row.step or 0, ""), row.channel, row.to_address,
                row.status, at, calendar.local(at) if at else None,
                (row.reason,) if row.reason else (),
                (Wording(row.variant, 1, row.subject, row.body),),
            )
        )  # fmt: skip
    return shown


def _shown(
    found: Touch | Passed,
    person: Person,
    campaign: Campaign,
    facts: Mapping[str, str],
    calendar: Calendar,
    steps: Sequence[Step],
    *,
    key: str = "",
) -> PreviewTouch:
    step = found.step
    if isinstance(found, Passed):
        return _not_made(replace(found, reason=person.lost.get(step.channel) or found.reason))
    values = values_for(person, campaign, facts, step=step.number, steps=len(steps))
    variants = (choose(step.variants, key),) if key else step.variants
    wordings = tuple(_wording(variant, step.channel, values) for variant in variants)
    return PreviewTouch(
        step.number, step.name, step.channel, person.points[step.channel].value, "planned",
        found.at, found.local(calendar), found.reasons, wordings,
    )  # fmt: skip


def _not_made(found: Passed) -> PreviewTouch:
    step = found.step
    return PreviewTouch(
        step.number, step.name, step.channel, "", "left out", None, None, (found.reason,)
    )


def _wording(variant: Variant, channel: str, values: Mapping[str, object]) -> Wording:
    subject, body, problems = write(variant, channel, values)
    return Wording(variant.name, variant.weight, subject, body, tuple(problems))
