"""What holds for every week: exact sums, only open hours, no holiday, in every zone and year."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance import rulebook
from compliance.rules import calling_window
from compliance.rules.calling_window import FEDERAL
from outreach.sequences.cadence import (
    Kind,
    Rhythm,
    Targets,
    apportion,
    monday_of,
    normalise,
    percentages,
    plan_week,
)
from outreach.sequences.weekly import house_hours

ZONES = ["America/New_York", "America/Los_Angeles", "Europe/Berlin", "Australia/Lord_Howe"]
SHARES = st.dictionaries(
    st.sampled_from("abcdef"),
    st.decimals(0, 1000, places=3),
    min_size=1,
).filter(lambda shares: any(shares.values()))
RHYTHMS = st.builds(
    Rhythm,
    st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    st.sets(st.times().map(lambda at: at.replace(second=0, microsecond=0)), min_size=1, max_size=5)
    .map(lambda times: tuple(sorted(times))),
)  # fmt: skip
TARGETS = st.builds(Targets, st.integers(0, 200), st.integers(0, 10))
# Some of these weeks lose or gain an hour, some have a holiday, one begins in another year.
DAYS = st.one_of(
    st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    st.sampled_from([date(2026, 3, 8), date(2026, 11, 1), date(2026, 11, 26), date(2027, 1, 1)]),
)


pytestmark = pytest.mark.django_db  # the shipped law stands in the database


@given(TARGETS, SHARES, DAYS, RHYTHMS, RHYTHMS, st.sampled_from(ZONES))
@settings(max_examples=200, deadline=None)
def test_sums_are_exact_and_every_slot_lies_in_the_house_s_hours(
    targets: Targets,
    shares: dict[str, Decimal],
    day: date,
    requests: Rhythm,
    follow_ups: Rhythm,
    zone: str,
) -> None:
    clock = ZoneInfo(zone)
    rhythms = {Kind.CONNECTION_REQUEST: requests, Kind.FOLLOW_UP: follow_ups}
    week = plan_week(targets, shares, day, rhythms, house_hours(clock), zone=clock)
    for kind in Kind:
        counted = sum(slot.count for slot in week.slots if slot.kind is kind)
        assert counted == week.totals[kind]
        assert counted + week.left_over[kind] == targets.of(kind)
        assert not (week.left_over[kind] and counted)
    book = rulebook.current(datetime.combine(day, time(12), UTC))
    for slot in week.slots:
        local = slot.at.astimezone(clock)
        assert slot.count > 0
        assert local.weekday() < 6
        assert time(9) <= local.time() < time(20)
        assert 0 <= (local.date() - monday_of(day)).days < 7
        assert not calling_window.barred_by(local.date(), frozenset({FEDERAL}), book)
    places = Counter((slot.at, slot.segment, slot.kind) for slot in week.slots)
    assert set(places.values()) <= {1}


@given(TARGETS, SHARES, RHYTHMS)
@settings(max_examples=150, deadline=None)
def test_every_segment_gets_its_share_to_the_nearest_whole(
    targets: Targets, shares: dict[str, Decimal], rhythm: Rhythm
) -> None:
    week = plan_week(
        targets, shares, date(2026, 9, 14), dict.fromkeys(Kind, rhythm), lambda at: at,
        zone=ZoneInfo("UTC"),
    )  # fmt: skip
    for kind in Kind:
        for segment, part in normalise(shares).items():
            had = sum(s.count for s in week.slots if s.kind is kind and s.segment == segment)
            assert abs(had - part * targets.of(kind)) < 1
        by_time = Counter[datetime]()
        for slot in week.slots:
            by_time[slot.at] += slot.count if slot.kind is kind else 0
        if targets.of(kind) >= len(by_time):
            assert max(by_time.values(), default=0) - min(by_time.values(), default=0) <= 1


@given(SHARES)
def test_shown_percentages_add_up_to_100(shares: dict[str, Decimal]) -> None:
    assert sum(percentages(shares).values()) == 100


@given(st.integers(0, 10_000), st.lists(st.integers(0, 1000), min_size=1, max_size=40))
def test_apportioning_is_exact_and_never_off_by_one(total: int, weights: list[int]) -> None:
    whole = sum(weights)
    if not whole:
        return
    parts = [Fraction(weight, whole) for weight in weights]
    counts = apportion(total, parts)
    assert sum(counts) == total
    assert all(abs(n - total * part) < 1 for n, part in zip(counts, parts, strict=True))


@pytest.mark.parametrize("monday", [date(2026, 3, 2), date(2026, 3, 9), date(2026, 10, 26)])
def test_nine_o_clock_is_nine_o_clock_on_both_sides_of_a_clock_change(monday: date) -> None:
    clock = ZoneInfo("America/New_York")
    rhythms = dict.fromkeys(Kind, Rhythm((0, 4, 5), (time(9),)))
    week = plan_week(
        Targets(), {"a": Decimal(1)}, monday, rhythms, house_hours(clock), zone=clock
    )  # fmt: skip
    assert {slot.at.astimezone(clock).time() for slot in week.slots} == {time(9)}
    assert {slot.at.utcoffset() for slot in week.slots} == {timedelta(0)}
