"""Whose turn it is, and when nobody may be rung."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.conversations.turns import OnDuty, QuietHours, next_in_turn

NIGHT = QuietHours(time(22), time(7), "America/New_York")
SIESTA = QuietHours(time(13), time(16), "Europe/Madrid")


def at(words: str) -> datetime:
    return datetime.fromisoformat(words)


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        (NIGHT, "2026-12-01T21:59:00-05:00", None),
        (NIGHT, "2026-12-01T22:00:00-05:00", "2026-12-02T07:00:00-05:00"),
        (NIGHT, "2026-12-02T06:59:00-05:00", "2026-12-02T07:00:00-05:00"),
        (NIGHT, "2026-12-02T07:00:00-05:00", None),
        # The clocks go forward at two: seven o'clock is an hour nearer.
        (NIGHT, "2027-03-13T23:00:00-05:00", "2027-03-14T07:00:00-04:00"),
        (SIESTA, "2026-12-01T14:00:00+01:00", "2026-12-01T16:00:00+01:00"),
        (SIESTA, "2026-12-01T16:00:00+01:00", None),
    ],
)
def test_quiet_hours_run_over_midnight_and_clock_changes(
    quiet: QuietHours, now: str, until: str | None
) -> None:
    assert quiet.until(at(now)) == (at(until) if until else None)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)))
def test_quiet_hours_end_within_a_day_and_are_over_then(now: datetime) -> None:
    until = NIGHT.until(now)
    if until is not None:
        assert now < until < now + timedelta(hours=10)
        assert NIGHT.until(until) is None


NOON = at("2026-12-01T12:00:00-05:00")
MIDNIGHT = at("2026-12-02T00:00:00-05:00")


def test_who_waited_longest_is_next_and_who_never_had_one_before_them() -> None:
    people = [OnDuty(1, NOON), OnDuty(2, NOON - timedelta(hours=1)), OnDuty(3)]
    assert next_in_turn(people, NOON).user_id == 3  # type: ignore[union-attr]
    assert next_in_turn(people[:2], NOON).user_id == 2  # type: ignore[union-attr]


def test_who_is_asked_for_goes_first_unless_they_sleep() -> None:
    people = [OnDuty(1), OnDuty(2, quiet=NIGHT)]
    assert next_in_turn(people, NOON, first=2).user_id == 2  # type: ignore[union-attr]
    assert next_in_turn(people, MIDNIGHT, first=2).user_id == 1  # type: ignore[union-attr]


def test_when_all_sleep_who_wakes_first_gets_it() -> None:
    early = QuietHours(time(22), time(6), "America/New_York")
    people = [OnDuty(1, quiet=NIGHT), OnDuty(2, NOON, quiet=early)]
    assert next_in_turn(people, MIDNIGHT).user_id == 2  # type: ignore[union-attr]


def test_nobody_is_left_when_all_were_told() -> None:
    assert next_in_turn([OnDuty(1)], NOON, not_these={1}) is None
    assert next_in_turn([], NOON) is None
