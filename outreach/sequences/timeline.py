"""Lays a sequence out on an axis of days, as it falls for somebody enrolled on a Monday."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from outreach.sequences.planning import Calendar, Passed, Standing, preview
from outreach.sequences.steps import DAY_NAMES, EVERY_DAY, Step, Variant

# Any Monday does; this one is far from a change of the clocks.
MONDAY = datetime(2026, 6, 1, 8, tzinfo=UTC)
ROUND_THE_CLOCK = Calendar(ZoneInfo("UTC"))
MARGIN = 4.0  # percent kept free at both ends, so that marks do not stick out


@dataclass(frozen=True, slots=True)
class Arm:
    """A variant with its share of the people, in percent; the shares of a step make 100."""

    variant: Variant
    share: float


@dataclass(frozen=True, slots=True)
class Mark:
    """One touch on the axis: its day (0 is the day of enrollment) and place in percent."""

    step: Step
    day: int
    weekday: str
    place: float
    arms: tuple[Arm, ...]

    @property
    def only_on(self) -> str:
        """Such as "Mon, Tue, Wed"; empty where any day will do."""
        if self.step.weekdays == EVERY_DAY:
            return ""
        return ", ".join(DAY_NAMES[day][:3] for day in sorted(self.step.weekdays))


@dataclass(frozen=True, slots=True)
class Tick:
    """A day that is written under the axis."""

    day: int
    place: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing: `days` from enrollment to the last touch."""

    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    days: int


def draw(steps: Sequence[Step]) -> Timeline:
    """Where each step lies if every touch leaves on time; conditions are taken as met.

    The gate's hours are left out: they depend on where a person lives.
    """
    found = preview(steps, Standing(MONDAY), ROUND_THE_CLOCK, MONDAY)
    start = MONDAY.date()
    dated = [
        (one.step, start if isinstance(one, Passed) else one.at.date()) for one in found
    ]  # without a gate nothing is passed
    days = max(((date - start).days for _step, date in dated), default=0)
    marks = tuple(
        Mark(step, day, DAY_NAMES[day % 7], _place(day, days), arms_of(step))
        for step, day in ((step, (date - start).days) for step, date in dated)
    )
    every = next(gap for gap in (1, 2, 7, 14, 28, 91, 364, 10**6) if days / gap <= 12)
    ticks = tuple(Tick(day, _place(day, days)) for day in range(0, days + 1, every))
    return Timeline(marks, ticks, days)


def arms_of(step: Step) -> tuple[Arm, ...]:
    """The step's variants with their shares."""
    total = sum(variant.weight for variant in step.variants) or 1
    return tuple(Arm(variant, 100 * variant.weight / total) for variant in step.variants)


def span_words(timeline: Timeline) -> str:
    """Such as "5 touches in 18 days"; the day of enrollment counts as the first."""
    touches = len(timeline.marks)
    length = timedelta(days=timeline.days + 1).days
    one = "" if touches == 1 else "es"
    return f"{touches} touch{one} in {length} day{'' if length == 1 else 's'}"


def _place(day: int, days: int) -> float:
    return round(MARGIN + (100 - 2 * MARGIN) * day / days, 2) if days else 50.0
