"""The next touch: its day, its hour, the gate's word, and what is passed over."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from outreach.sequences.planning import (
    Calendar,
    Done,
    Finished,
    Passed,
    Standing,
    State,
    Touch,
    Waiting,
    next_touch,
    preview,
)
from outreach.sequences.steps import WORKING_DAYS, Condition, Delay, Needs, Step

Gate = Callable[[str, datetime], datetime]
NEW_YORK = ZoneInfo("America/New_York")
MORNING = time(9)


def at(day: str, hour: str = "09:00", zone: ZoneInfo = NEW_YORK) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=zone).astimezone(UTC)


def step(number: int, days: int = 0, **changes: object) -> Step:
    values = {"channel": "email", "delay": Delay(days), "at": MORNING, **changes}
    return Step(number, **values)  # type: ignore[arg-type]


def sent(number: int, when: datetime, **changes: object) -> Done:
    return Done(number, State.SENT, when, **changes)  # type: ignore[arg-type]


def local(found: object, zone: ZoneInfo = NEW_YORK) -> str:
    assert isinstance(found, Touch), found
    return f"{found.at.astimezone(zone):%a %Y-%m-%d %H:%M}"


STEPS = [step(1), step(2, 3), step(3, 7)]
CALENDAR = Calendar(NEW_YORK)


def test_the_first_touch_waits_for_its_hour() -> None:
    enrolled = at("2026-12-01", "06:30")
    found = next_touch(STEPS, Standing(enrolled), CALENDAR, enrolled)
    assert local(found) == "Tue 2026-12-01 09:00"


def test_the_first_touch_of_an_afternoon_enrollment_goes_the_next_morning() -> None:
    enrolled = at("2026-12-01", "15:00")
    found = next_touch(STEPS, Standing(enrolled), CALENDAR, enrolled)
    assert local(found) == "Wed 2026-12-02 09:00"


def test_without_an_hour_the_first_touch_goes_at_once() -> None:
    enrolled = at("2026-12-01", "15:07")
    found = next_touch([step(1, at=None)], Standing(enrolled), CALENDAR, enrolled)
    assert local(found) == "Tue 2026-12-01 15:07"


def test_a_delay_counts_from_when_the_touch_before_really_left() -> None:
    left_late = at("2026-12-04", "16:20")
    standing = Standing(at("2026-12-01"), (sent(1, left_late),))
    assert local(next_touch(STEPS, standing, CALENDAR, left_late)) == "Mon 2026-12-07 09:00"


def test_business_days_pass_over_the_weekend() -> None:
    steps = [step(1), step(2, delay=Delay(3, business=True))]
    standing = Standing(at("2026-12-03"), (sent(1, at("2026-12-03")),))
    assert local(next_touch(steps, standing, CALENDAR, at("2026-12-03"))) == "Tue 2026-12-08 09:00"


def test_a_weekday_that_does_not_suit_moves_to_one_that_does() -> None:
    steps = [step(1), step(2, 2, weekdays=WORKING_DAYS)]
    standing = Standing(at("2026-12-03"), (sent(1, at("2026-12-03")),))
    found = next_touch(steps, standing, CALENDAR, at("2026-12-03"))
    assert local(found) == "Mon 2026-12-07 09:00"
    assert isinstance(found, Touch)
    assert "Saturday" in found.reasons[-1]


@pytest.mark.parametrize(("day", "utc"), [("2026-10-31", 13), ("2026-11-01", 14)])
def test_nine_in_the_morning_stays_nine_when_the_clocks_change(day: str, utc: int) -> None:
    found = next_touch([step(1)], Standing(at(day, "00:10")), CALENDAR, at(day, "00:10"))
    assert isinstance(found, Touch)
    assert found.at.hour == utc


def test_an_hour_the_clocks_skip_is_moved_on_by_the_gap() -> None:
    enrolled = at("2027-03-14", "00:10")
    found = next_touch([step(1, at=time(2, 30))], Standing(enrolled), CALENDAR, enrolled)
    assert local(found) == "Sun 2027-03-14 03:30"


def test_an_hour_that_comes_twice_is_used_once() -> None:
    enrolled = at("2026-11-01", "00:10")
    steps = [step(1, at=time(1, 30))]
    found = next_touch(steps, Standing(enrolled), CALENDAR, enrolled)
    assert isinstance(found, Touch)
    assert found.at == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    second_hour = datetime(2026, 11, 1, 6, 10, tzinfo=UTC)
    assert next_touch(steps, Standing(enrolled), CALENDAR, second_hour).at == second_hour  # type: ignore[union-attr]


def test_the_gate_moves_the_touch_and_the_steps_hour_still_counts() -> None:
    def not_on_christmas(channel: str, moment: datetime) -> datetime:
        here = moment.astimezone(NEW_YORK)
        return at("2026-12-26", "00:00") if here.date() == date(2026, 12, 25) else moment

    steps = [step(1), step(2, 1)]
    standing = Standing(at("2026-12-24"), (sent(1, at("2026-12-24")),))
    calendar = Calendar(NEW_YORK, not_on_christmas)
    assert local(next_touch(steps, standing, calendar, at("2026-12-24"))) == "Sat 2026-12-26 09:00"


def never_on_sunday(channel: str, moment: datetime) -> datetime:
    here = moment.astimezone(NEW_YORK)
    monday = at(f"{here.date() + timedelta(days=1)}", "00:00")
    return monday if here.weekday() == 6 else moment


@pytest.mark.parametrize(
    ("weekdays", "gate"),
    [
        (frozenset({6}), never_on_sunday),
        (frozenset({0}), lambda channel, moment: moment + timedelta(days=400)),
    ],
)
def test_a_step_that_can_never_go_is_said_so(weekdays: frozenset[int], gate: Gate) -> None:
    steps = [step(1, weekdays=weekdays)]
    found = next_touch(
        steps, Standing(at("2026-12-01")), Calendar(NEW_YORK, gate), at("2026-12-01")
    )
    assert found == Waiting("There is no lawful moment within a year.")


def test_an_hour_the_gate_never_allows_gives_way() -> None:
    def daytime(channel: str, moment: datetime) -> datetime:
        here = moment.astimezone(NEW_YORK)
        if here.hour < 9:
            return at(f"{here.date()}", "09:00")
        return moment if here.hour < 20 else at(f"{here.date() + timedelta(days=1)}", "09:00")

    enrolled = at("2026-12-01", "08:00")
    steps = [step(1, at=time(21, 30))]
    found = next_touch(steps, Standing(enrolled), Calendar(NEW_YORK, daytime), enrolled)
    assert local(found) == "Wed 2026-12-02 09:00"


def test_a_step_in_the_past_goes_at_the_next_lawful_moment() -> None:
    standing = Standing(at("2026-11-01"), (sent(1, at("2026-11-02")),))
    now = at("2026-12-05", "23:00")
    steps = [step(1), step(2, 3, weekdays=WORKING_DAYS)]
    found = next_touch(steps, standing, CALENDAR, now)
    assert local(found) == "Mon 2026-12-07 09:00"
    assert isinstance(found, Touch)
    assert "It was due 05 Nov 09:00" in found.reasons[-2]


def test_a_worker_some_minutes_late_does_not_put_the_touch_off() -> None:
    now = at("2026-12-01", "09:07")
    found = next_touch(STEPS, Standing(at("2026-11-30", "17:00")), CALENDAR, now)
    assert isinstance(found, Touch)
    assert found.at == now


def test_two_touches_never_fall_on_one_day() -> None:
    late = Done(1, State.SENT, at("2026-12-04", "00:30"))
    steps = [step(1), step(2, 0, at=time(18))]
    found = next_touch(steps, Standing(at("2026-12-01"), (late,)), CALENDAR, late.at)
    assert local(found) == "Sat 2026-12-05 18:00"


def test_nothing_is_planned_while_the_touch_before_has_not_left() -> None:
    waiting = Done(1, State.OPEN, at("2026-12-01"))
    found = next_touch(STEPS, Standing(at("2026-12-01"), (waiting,)), CALENDAR, at("2026-12-30"))
    assert found == Waiting("Step 1 has not left yet.")


def test_a_touch_that_was_given_up_does_not_hold_the_next() -> None:
    failed = Done(1, State.NOT_SENT, at("2026-12-01"))
    found = next_touch(STEPS, Standing(at("2026-12-01"), (failed,)), CALENDAR, at("2026-12-01"))
    assert local(found) == "Fri 2026-12-04 09:00"


def test_a_reply_finishes() -> None:
    standing = Standing(at("2026-12-01"), (sent(1, at("2026-12-01")),), replied=True)
    assert next_touch(STEPS, standing, CALENDAR, at("2026-12-01")) == Finished("They replied.")


def test_after_the_last_step_nothing_comes() -> None:
    standing = Standing(at("2026-12-01"), (sent(3, at("2026-12-20")),))
    found = next_touch(STEPS, standing, CALENDAR, at("2027-01-20"))
    assert found == Finished("All touches are made.")


def test_no_steps_are_finished_at_once() -> None:
    assert isinstance(
        next_touch([], Standing(at("2026-12-01")), CALENDAR, at("2026-12-01")), Finished
    )


def test_a_channel_without_an_address_is_passed_over() -> None:
    steps = [step(1, channel="sms"), step(2, 2)]
    standing = Standing(at("2026-12-01", "08:00"), reachable=frozenset({"email"}))
    found = next_touch(steps, standing, CALENDAR, standing.started_at)
    assert isinstance(found, Touch)
    assert found.step.number == 2


OPENED = Condition(Needs.OPENED, 1)
BRANCHES = [step(1), step(2, 2, condition=OPENED), step(3, 3)]


def test_a_condition_is_judged_only_when_its_time_has_come() -> None:
    standing = Standing(at("2026-12-01"), (sent(1, at("2026-12-01")),))
    found = next_touch(BRANCHES, standing, CALENDAR, at("2026-12-02"))
    assert local(found) == "Thu 2026-12-03 09:00"


def test_a_step_whose_condition_fails_gives_its_place_to_the_next() -> None:
    standing = Standing(at("2026-12-01"), (sent(1, at("2026-12-01")),))
    found = next_touch(BRANCHES, standing, CALENDAR, at("2026-12-03"))
    assert isinstance(found, Touch)
    assert found.step.number == 3
    assert local(found) == "Sun 2026-12-06 09:00", "its delay counts from where step 2 stood"


def test_a_step_whose_condition_holds_goes() -> None:
    standing = Standing(at("2026-12-01"), (sent(1, at("2026-12-01"), opened=True),))
    found = next_touch(BRANCHES, standing, CALENDAR, at("2026-12-03"))
    assert isinstance(found, Touch)
    assert found.step.number == 2


@pytest.mark.parametrize(
    ("needs", "state", "opened", "met"),
    [
        (Needs.NOT_OPENED, State.SENT, False, True),
        (Needs.NOT_OPENED, State.SENT, True, False),
        (Needs.SENT, State.SENT, False, True),
        (Needs.SENT, State.NOT_SENT, False, False),
        (Needs.NOT_SENT, State.NOT_SENT, False, True),
        (Needs.NOT_SENT, State.SENT, False, False),
        (Needs.NO_REPLY, State.SENT, False, True),
    ],
)
def test_every_condition(needs: Needs, state: State, opened: bool, met: bool) -> None:
    steps = [step(1), step(2, 1, condition=Condition(needs)), step(3, 1)]
    standing = Standing(at("2026-12-01"), (Done(1, state, at("2026-12-01"), opened),))
    found = next_touch(steps, standing, CALENDAR, at("2026-12-02", "10:00"))
    assert isinstance(found, Touch)
    assert found.step.number == (2 if met else 3)


def test_the_preview_shows_every_touch_with_date_and_local_time() -> None:
    enrolled = at("2026-10-30", "08:00")
    steps = [step(1), step(2, 3), step(3, 1, channel="sms")]
    standing = Standing(enrolled, reachable=frozenset({"email"}))
    seen = preview(steps, standing, CALENDAR, enrolled)
    assert [local(one) for one in seen[:2]] == ["Fri 2026-10-30 09:00", "Mon 2026-11-02 09:00"]
    assert seen[2] == Passed(steps[2], "There is no address for sms.")


def test_the_preview_names_what_a_touch_depends_on() -> None:
    seen = preview(BRANCHES, Standing(at("2026-12-01", "08:00")), CALENDAR, at("2026-12-01"))
    assert isinstance(seen[1], Touch)
    assert seen[1].reasons[-1] == "Only if step 1 was opened."


def test_the_preview_goes_on_from_where_the_person_stands() -> None:
    waiting = Done(1, State.OPEN, at("2026-12-02"))
    seen = preview(STEPS, Standing(at("2026-12-01"), (waiting,)), CALENDAR, at("2026-12-01"))
    assert [local(one) for one in seen] == ["Sat 2026-12-05 09:00", "Sat 2026-12-12 09:00"]


def test_an_absence_moves_the_touch_behind_its_last_day_at_its_hour() -> None:
    standing = Standing(
        at("2026-12-01"), (sent(1, at("2026-12-01")),), away_until=date(2026, 12, 9)
    )
    found = next_touch(STEPS, standing, CALENDAR, at("2026-12-02"))
    assert isinstance(found, Touch)
    assert found.at == at("2026-12-10")
    assert "They are away until 09 Dec 2026." in found.reasons


def test_an_absence_that_is_over_before_the_touch_moves_nothing() -> None:
    standing = Standing(at("2026-12-01"), (sent(1, at("2026-12-01")),))
    away = replace(standing, away_until=date(2026, 12, 2))
    now = at("2026-12-02")
    assert next_touch(STEPS, away, CALENDAR, now) == next_touch(STEPS, standing, CALENDAR, now)
