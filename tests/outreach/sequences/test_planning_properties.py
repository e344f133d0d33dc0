"""What holds for every sequence, zone and gate: in order, once, lawfully, one a day, to an end."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.sequences.planning import (
    Calendar,
    Done,
    Finished,
    Standing,
    State,
    Touch,
    next_touch,
    preview,
)
from outreach.sequences.steps import Condition, Delay, Needs, Step

ZONES = [
    "America/New_York", "America/Chicago", "America/Phoenix", "Pacific/Honolulu", "Asia/Kolkata",
    "Australia/Lord_Howe", "Pacific/Kiritimati", "Europe/Moscow", "America/St_Johns",
]  # fmt: skip
START = datetime(2026, 10, 20, tzinfo=UTC)
HOURS = st.one_of(st.none(), st.times().map(lambda t: t.replace(second=0, microsecond=0)))
WEEKDAYS = st.sets(st.integers(0, 6), min_size=1).map(frozenset)


@st.composite
def sequences(draw: st.DrawFn) -> list[Step]:
    steps = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        delay = Delay(draw(st.integers(min(number - 1, 1), 9)), draw(st.booleans()))
        about = st.one_of(st.none(), st.integers(1, number - 1)) if number > 1 else st.none()
        condition = Condition(draw(st.sampled_from(Needs)), draw(about))
        steps.append(Step(number, "email", delay, draw(HOURS), draw(WEEKDAYS), condition))
    return steps


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """A gate that opens and closes at a wall-clock hour and stays shut on some dates."""
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    opens = draw(st.integers(0, 14))
    closes = draw(st.integers(opens + 1, 24))
    shut = draw(st.sets(st.integers(0, 60), max_size=10))

    def allowed(moment: datetime) -> bool:
        local = moment.astimezone(zone)
        return opens <= local.hour < closes and (local.date() - START.date()).days not in shut

    def not_before(channel: str, moment: datetime) -> datetime:
        if allowed(moment):
            return moment
        moment = moment.replace(minute=moment.minute // 30 * 30, second=0, microsecond=0)
        while not allowed(moment):  # every zone of the list changes on a half hour
            moment += timedelta(minutes=30)
        return moment

    return Calendar(zone, not_before)


MOMENTS = st.timedeltas(timedelta(0), timedelta(days=20)).map(lambda later: START + later)


@settings(max_examples=100, deadline=None)
@given(sequences(), calendars(), MOMENTS, st.randoms(use_true_random=False))
def test_a_whole_run_keeps_every_promise(steps, calendar, enrolled, random) -> None:  # type: ignore[no-untyped-def]
    standing, now, days = Standing(enrolled), enrolled, []
    for _ in range(400):
        found = next_touch(steps, standing, calendar, now)
        assert found == next_touch(steps, standing, calendar, now)
        if isinstance(found, Finished):
            break
        assert isinstance(found, Touch), found
        assert found.at >= enrolled
        assert calendar.not_before("email", found.at) == found.at, "the gate is shut then"
        assert calendar.local(found.at).weekday() in found.step.weekdays
        assert found.step.number > (standing.done[-1].step if standing.done else 0)
        if found.at > now:  # some ticks come late, as they do when workers are down
            now = found.at + timedelta(hours=random.choice([0, 0, 0, 1, 30, 200]))
            continue
        assert found.at == now
        days.append(calendar.local(now).date())
        opened = random.random() < 0.5
        made = Done(found.step.number, State.SENT, now, opened)
        standing = Standing(enrolled, (*standing.done, made))
    else:
        raise AssertionError("it never came to an end")
    assert len(days) == len(set(days)), "two touches on one day"


@settings(max_examples=100, deadline=None)
@given(sequences(), calendars(), MOMENTS)
def test_what_is_planned_stays_planned_until_it_is_due(steps, calendar, enrolled) -> None:  # type: ignore[no-untyped-def]
    found = next_touch(steps, Standing(enrolled), calendar, enrolled)
    assert isinstance(found, Touch | Finished)
    if isinstance(found, Touch) and found.at > enrolled:
        halfway = enrolled + (found.at - enrolled) / 2
        assert next_touch(steps, Standing(enrolled), calendar, halfway) == found


@settings(max_examples=100, deadline=None)
@given(sequences(), calendars(), MOMENTS)
def test_the_preview_rises_by_days_and_keeps_the_gate(steps, calendar, enrolled) -> None:  # type: ignore[no-untyped-def]
    touches = preview(steps, Standing(enrolled), calendar, enrolled)
    assert len(touches) == len(steps)
    days = [one.local(calendar).date() for one in touches if isinstance(one, Touch)]
    assert days == sorted(set(days))
    assert all(
        calendar.not_before("email", one.at) == one.at for one in touches if isinstance(one, Touch)
    )


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(ZONES), st.times(), st.integers(0, 800))
def test_a_wall_clock_time_is_met_or_moved_on_by_the_gap(zone: str, at: time, offset: int) -> None:
    calendar = Calendar(ZoneInfo(zone))
    day = (START + timedelta(days=offset)).date()
    shown = calendar.local(calendar.moment(day, at)).replace(tzinfo=None)
    wanted = datetime.combine(day, at)
    assert timedelta(0) <= shown - wanted <= timedelta(hours=1)
