"""When the next touch is due: steps, standing and calendar in, one lawful moment out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from outreach.sequences.steps import DAY_NAMES, Needs, Step

FARTHEST = timedelta(days=366)  # a lawful moment further away than this is none
MOST_MOVES = 1000


class State(StrEnum):
    """How a touch that was made stands."""

    OPEN = "open"  # waits for review, for its time, or is on its way
    SENT = "sent"
    NOT_SENT = "not_sent"  # skipped in review, refused or failed for good


@dataclass(frozen=True, slots=True)
class Done:
    """A touch that was made: `at` is when it left, was given up, or (open) shall leave."""

    step: int
    state: State
    at: datetime
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person stands; `reachable` are the channels we have an address for (None: all)."""

    started_at: datetime
    done: tuple[Done, ...] = ()
    replied: bool = False
    reachable: frozenset[str] | None = None
    away_until: date | None = None  # the last day of an absence they told us of


def always(channel: str, moment: datetime) -> datetime:
    """A gate without hours."""
    return moment


@dataclass(frozen=True, slots=True)
class Calendar:
    """The recipient's clock, and the gate's answer to "when may this channel be used, from t on?".

    `not_before` gives the moment itself where it is lawful, else the next that is.
    """

    zone: ZoneInfo
    not_before: Callable[[str, datetime], datetime] = always

    def local(self, moment: datetime) -> datetime:
        """The moment on the recipient's wall clock."""
        return moment.astimezone(self.zone)

    def moment(self, day: date, at: time) -> datetime:
        """That wall-clock time in UTC; a time the clocks skip is moved on by the length of the
        gap, one that comes twice means the first."""
        return datetime.combine(day, at, self.zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Touch:
    """The next touch: at this moment (UTC), with why then, in words."""

    step: Step
    at: datetime
    reasons: tuple[str, ...] = ()

    def local(self, calendar: Calendar) -> datetime:
        """The moment on the recipient's wall clock."""
        return calendar.local(self.at)


@dataclass(frozen=True, slots=True)
class Passed:
    """A step that is left out for this person, and why."""

    step: Step
    reason: str


@dataclass(frozen=True, slots=True)
class Finished:
    """Nothing comes after this."""

    reason: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing can be planned yet."""

    reason: str


def next_touch(
    steps: Sequence[Step], standing: Standing, calendar: Calendar, now: datetime
) -> Touch | Finished | Waiting:
    """The one touch that comes next.

    A step whose time is past goes at the next lawful moment from `now`; conditions are judged
    when a step's time has come, and a step that fails them is passed over, the next counting its
    delay from where that one stood. Never a second touch on the recipient's same day.
    """
    if standing.replied:
        return Finished("They replied.")
    last = standing.done[-1] if standing.done else None
    if last and last.state is State.OPEN:
        return Waiting(f"Step {last.step} has not left yet.")
    anchor = last.at if last else standing.started_at
    for step in steps:
        if last and step.number <= last.step:
            continue
        found = _plan(step, anchor, standing, calendar)
        if isinstance(found, Passed):
            continue
        if isinstance(found, Waiting) or found.at > now:
            return found
        if _met(step, standing):
            return _late(found, standing, calendar, now)
        anchor = found.at
    return Finished("All touches are made.")


def preview(
    steps: Sequence[Step], standing: Standing, calendar: Calendar, now: datetime
) -> list[Touch | Passed]:
    """Every touch still to come, if each leaves on time and nobody answers.

    Conditions are taken as met; the touch says in its reasons that it depends on one.
    """
    seen: list[Touch | Passed] = []
    done = [replace(one, state=State.SENT) for one in standing.done]
    for step in steps:
        if done and step.number <= done[-1].step:
            continue
        ahead = replace(standing, done=tuple(done))
        anchor = done[-1].at if done else standing.started_at
        found = _plan(step, anchor, ahead, calendar)
        if isinstance(found, Touch):
            found = _late(found, ahead, calendar, now)
        if isinstance(found, Waiting):
            found = Passed(step, found.reason)
        if isinstance(found, Touch):
            words = step.condition.words
            found = replace(found, reasons=(*found.reasons, f"Only {words}.")) if words else found
            done.append(Done(step.number, State.SENT, found.at))
        seen.append(found)
    return seen


def passed_over(steps: Sequence[Step], standing: Standing, *, through: int) -> list[Passed]:
    """The steps up to number `through` that were never made, each with what speaks against it.

    What was judged then is judged as it is today: an address may have come since.
    """
    made = {one.step for one in standing.done}
    return [
        Passed(step, _unreachable(step, standing) or _unmet(step))
        for step in steps
        if step.number <= through and step.number not in made
    ]


def was_due(
    steps: Sequence[Step], standing: Standing, calendar: Calendar
) -> datetime | Finished | Waiting:
    """When the next step's own time is or was, whether or not it can be taken: no gate is asked."""
    anybody, ever = replace(standing, reachable=None), datetime.min.replace(tzinfo=UTC)
    found = next_touch(steps, anybody, Calendar(calendar.zone), ever)
    return found.at if isinstance(found, Touch) else found


def _unreachable(step: Step, standing: Standing) -> str:
    if standing.reachable is None or step.channel in standing.reachable:
        return ""
    return f"There is no address for {step.channel.replace('_', ' ')}."


def _unmet(step: Step) -> str:
    words = step.condition.words
    return f"It goes only {words}." if words else "They were moved past it."


def _plan(
    step: Step, anchor: datetime, standing: Standing, calendar: Calendar
) -> Touch | Passed | Waiting:
    """The step's own time, whatever the clock says now."""
    if reason := _unreachable(step, standing):
        return Passed(step, reason)
    wanted = _own_time(step, anchor, calendar)
    after = "the touch before" if standing.done else "enrollment"
    reason = f"{step.delay.words} after {after}".capitalize()
    return _lawful(step, wanted, standing, calendar, (f"{reason}.",))


def _own_time(step: Step, anchor: datetime, calendar: Calendar) -> datetime:
    """The step's hour on the day its delay leads to; never before the anchor."""
    if step.at is None and not step.delay.days:
        return anchor
    start = calendar.local(anchor)
    if step.delay.business:
        day = _add_business_days(start.date(), step.delay.days)
    else:
        day = start.date() + timedelta(days=step.delay.days)
    at = step.at or start.time()
    wanted = calendar.moment(day, at)
    # On the day of enrollment its hour may be over: the next day's then.
    return wanted if wanted >= anchor else calendar.moment(day + timedelta(days=1), at)


def _late(touch: Touch, standing: Standing, calendar: Calendar, now: datetime) -> Touch:
    """The touch as planned, or from now on where its time is past."""
    if touch.at >= now:
        return touch
    reason = f"It was due {calendar.local(touch.at):%d %b %H:%M}; this is the next lawful moment."
    found = _lawful(touch.step, now, standing, calendar, (*touch.reasons, reason))
    return found if isinstance(found, Touch) else touch


def _lawful(
    step: Step, wanted: datetime, standing: Standing, calendar: Calendar, reasons: tuple[str, ...]
) -> Touch | Waiting:
    """The first moment from `wanted` on that step, calendar and gate all allow.

    Days and the gate decide; the step's hour is kept wherever the gate is open at that hour.
    """
    first = _first_free_day(standing, calendar)
    moment = wanted
    for _ in range(MOST_MOVES):
        allowed = calendar.not_before(step.channel, _on_suitable_day(step, moment, first, calendar))
        if allowed - wanted > FARTHEST:
            break
        day = calendar.local(allowed).date()
        if day >= first and day.weekday() in step.weekdays:
            hour = calendar.moment(day, step.at) if step.at else allowed
            if hour > allowed and calendar.not_before(step.channel, hour) <= hour:
                allowed = hour
            why = reasons + _away(wanted, standing, calendar) + _moved(wanted, allowed, calendar)
            return Touch(step, allowed, why)
        moment = allowed
    return Waiting("There is no lawful moment within a year.")


def _on_suitable_day(step: Step, moment: datetime, first: date, calendar: Calendar) -> datetime:
    """The moment itself, or the beginning of the first day after it that suits the step."""
    today = calendar.local(moment).date()
    day = max(today, first)
    while day.weekday() not in step.weekdays:
        day += timedelta(days=1)
    return moment if day == today else calendar.moment(day, time())


def _first_free_day(standing: Standing, calendar: Calendar) -> date:
    days = [calendar.local(one.at).date() for one in standing.done if one.state is State.SENT]
    if standing.away_until:
        days.append(standing.away_until)
    return max(days) + timedelta(days=1) if days else date.min


def _away(wanted: datetime, standing: Standing, calendar: Calendar) -> tuple[str, ...]:
    until = standing.away_until
    if until is None or calendar.local(wanted).date() > until:
        return ()
    return (f"They are away until {until:%d %b %Y}.",)


def _moved(wanted: datetime, found: datetime, calendar: Calendar) -> tuple[str, ...]:
    if wanted == found:
        return ()
    before, after = calendar.local(wanted), calendar.local(found)
    if before.date() == after.date():
        return (f"Moved from {before:%H:%M} to {after:%H:%M}: not allowed before.",)
    names = f"{DAY_NAMES[before.weekday()]} {before:%d %b} to {DAY_NAMES[after.weekday()]}"
    return (f"Moved from {names} {after:%d %b}: the first day and time allowed.",)


def _met(step: Step, standing: Standing) -> bool:
    needs, about = step.condition.needs, step.condition.step
    looked_at = [one for one in standing.done if about is None or one.step == about]
    opened = any(one.opened for one in looked_at)
    sent = any(one.state is State.SENT for one in looked_at)
    return {
        Needs.NOTHING: True,
        Needs.NO_REPLY: not standing.replied,
        Needs.OPENED: opened,
        Needs.NOT_OPENED: not opened,
        Needs.SENT: sent,
        Needs.NOT_SENT: not sent,
    }[needs]


def _add_business_days(day: date, count: int) -> date:
    """Monday to Friday count; holidays are the gate's business."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
