"""No moment outside the hours of every zone and law is allowed; the next one told is the first."""

import csv
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.holidays import HolidayRule
from compliance.rules.calling_window import (
    MARGIN,
    Blackout,
    CallingRule,
    Rulebook,
    barred_by,
    judge,
    max_per_24h,
)  # fmt: skip
from compliance.zones import Whereabouts

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def shipped() -> Rulebook:
    data = resources.files("compliance").joinpath("data")
    rules = tuple(
        CallingRule(
            row["jurisdiction"],
            frozenset(DAYS.index(day) for day in row["weekdays"].split()),
            time.fromisoformat(row["opens"]),
            time.fromisoformat(row["closes"]),
            row["holidays_barred"] == "yes",
            int(row["max_per_24h"]) if row["max_per_24h"] else None,
            row["citation"],
        )
        for row in csv.DictReader(data.joinpath("calling_rules.csv").read_text().splitlines())
    )
    holidays = tuple(
        HolidayRule(**row)
        for row in csv.DictReader(data.joinpath("holidays.csv").read_text().splitlines())
    )
    return Rulebook("shipped", rules, holidays)


BOOK = shipped()
ALL_DAY = CallingRule("house", frozenset(range(7)), time.min, time.max, citation="house rule")
LAW_ONLY = Rulebook("law", BOOK.rules, BOOK.holidays, house=ALL_DAY)


def person(*states: str, zones: str) -> Whereabouts:
    return Whereabouts(
        frozenset(zones.split()), frozenset({"US", *(f"US-{state}" for state in states)})
    )


def at(zone: str, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone))  # type: ignore[arg-type,misc]


MIAMI, CHICAGO, AUSTIN = (
    person("FL", zones="America/New_York"),
    person("IL", zones="America/Chicago"),
    person("TX", zones="America/Chicago"),
)


@pytest.mark.parametrize(
    ("where", "moment", "allowed"),
    [
        (MIAMI, at("America/New_York", 2026, 6, 2, 7, 59), False),
        (MIAMI, at("America/New_York", 2026, 6, 2, 8, 0), True),
        (MIAMI, at("America/New_York", 2026, 6, 2, 19, 39), True),
        (MIAMI, at("America/New_York", 2026, 6, 2, 19, 40), False),  # arrives by 20:00
        (MIAMI, at("America/New_York", 2026, 6, 2, 20, 30), False),
        (CHICAGO, at("America/Chicago", 2026, 6, 2, 20, 30), True),
        (AUSTIN, at("America/Chicago", 2026, 6, 7, 11, 59), False),  # Sunday from noon
        (AUSTIN, at("America/Chicago", 2026, 6, 7, 12, 0), True),
        (AUSTIN, at("America/Chicago", 2026, 6, 8, 8, 30), False),
        (person("AL", zones="America/Chicago"), at("America/Chicago", 2026, 6, 7, 12, 0), False),
        (person("RI", zones="America/New_York"), at("America/New_York", 2026, 6, 6, 9, 30), False),
        (person("RI", zones="America/New_York"), at("America/New_York", 2026, 6, 6, 10, 0), True),
        (person("RI", zones="America/New_York"), at("America/New_York", 2026, 8, 10, 12, 0), False),
        (person("SD", zones="America/Chicago"), at("America/Chicago", 2026, 6, 6, 12, 0), False),
    ],
)
def test_the_law_of_the_state(where: Whereabouts, moment: datetime, allowed: bool) -> None:
    assert judge(moment, where, LAW_ONLY).allowed is allowed


def test_the_house_window_is_on_top() -> None:
    sunday = at("America/New_York", 2026, 6, 7, 12, 0)
    answer = judge(sunday, MIAMI, BOOK)
    assert answer.not_before == at("America/New_York", 2026, 6, 8, 9, 0)
    assert answer.reasons == (
        "It is Sun 12:00 in America/New_York; the house rule bars Sundays (house rule).",
    )


def test_a_number_of_two_zones_waits_for_the_later_and_stops_for_the_earlier() -> None:
    panhandle = person("FL", zones="America/New_York America/Chicago")
    early = at("America/New_York", 2026, 6, 2, 9, 30)
    assert judge(early, panhandle, BOOK).not_before == at("America/Chicago", 2026, 6, 2, 9, 0)
    late = at("America/New_York", 2026, 6, 2, 19, 45)
    assert judge(late, panhandle, BOOK).not_before == at("America/Chicago", 2026, 6, 3, 9, 0)


def test_addresses_in_two_states_obey_both() -> None:
    both = person("TX", "AL", zones="America/Chicago")
    sunday = at("America/Chicago", 2026, 6, 7, 13, 0)
    assert judge(sunday, AUSTIN, LAW_ONLY).allowed
    assert judge(sunday, both, LAW_ONLY).not_before == at("America/Chicago", 2026, 6, 8, 9, 0)


def test_a_holiday_of_only_one_of_the_states_bars_the_day() -> None:
    pioneer_day = at("America/Denver", 2026, 7, 24, 12, 0)
    assert judge(pioneer_day, person("CO", zones="America/Denver"), BOOK).allowed
    both = person("CO", "UT", zones="America/Denver")
    answer = judge(pioneer_day, both, BOOK)
    assert answer.not_before == at("America/Denver", 2026, 7, 25, 9, 0)
    assert "Pioneer Day (US-UT) is a holiday" in answer.reasons[0]


def test_a_blackout_bars_its_day() -> None:
    day = date(2026, 6, 2)
    book = Rulebook("b", BOOK.rules, BOOK.holidays, (Blackout("US-FL", day, "hurricane"),))
    answer = judge(at("America/New_York", 2026, 6, 2, 12, 0), MIAMI, book)
    assert answer.not_before == at("America/New_York", 2026, 6, 3, 9, 0)
    assert judge(at("America/Chicago", 2026, 6, 2, 12, 0), CHICAGO, book).allowed


def test_who_may_be_anywhere_is_not_texted() -> None:
    nowhere = Whereabouts(unsure="+18005550100 is a toll-free number, which has no place")
    answer = judge(datetime(2026, 6, 2, 16, tzinfo=UTC), nowhere, BOOK)
    assert (answer.allowed, answer.not_before) == (False, None)
    assert "toll-free" in answer.reasons[0]


def test_a_country_without_hours_is_refused() -> None:
    berlin = Whereabouts(frozenset({"Europe/Berlin"}), frozenset({"DE"}))
    answer = judge(datetime(2026, 6, 2, 12, tzinfo=UTC), berlin, BOOK)
    assert answer.reasons == ("No calling hours are known for DE.",)


def test_zones_with_no_hour_in_common_say_so() -> None:
    apart = Whereabouts(frozenset({"Pacific/Honolulu", "Asia/Tokyo"}), frozenset({"US"}))
    narrow = CallingRule("US", frozenset(range(7)), time(9), time(11))
    answer = judge(datetime(2026, 6, 2, 12, tzinfo=UTC), apart, Rulebook("n", (narrow,)))
    assert "no hours are left in common" in answer.reasons[0]


@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 11, 1)])
def test_the_night_the_clock_changes_moves_the_morning_with_it(day: date) -> None:
    book = Rulebook("dst", LAW_ONLY.rules, house=ALL_DAY)
    midnight = at("America/New_York", day.year, day.month, day.day, 0, 30)
    opens = judge(midnight, MIAMI, book).not_before
    assert opens is not None
    assert opens.astimezone(ZoneInfo("America/New_York")).time() == time(8)


def test_hours_told_twice_open_with_the_second_and_close_with_the_first() -> None:
    rule = CallingRule("US", frozenset(range(7)), time(1, 30), time(12))
    night = Rulebook("night", (rule,), house=ALL_DAY)
    answer = judge(at("America/New_York", 2026, 11, 1, 0, 10), CHICAGO_NY, night)
    assert answer.not_before == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)  # 01:30 standard time


CHICAGO_NY = person("NY", zones="America/New_York")


def test_the_end_of_the_window_is_told_for_the_providers_deadline() -> None:
    answer = judge(at("America/New_York", 2026, 6, 2, 12, 0), MIAMI, BOOK)
    assert answer.closes_at == at("America/New_York", 2026, 6, 2, 20, 0) - MARGIN


def test_the_smallest_cap_of_the_states_counts() -> None:
    assert max_per_24h(person("FL", "CA", zones="America/New_York"), BOOK) == 3
    assert max_per_24h(CHICAGO, BOOK) is None


ZONE_OF = {
    "FL": "America/New_York", "TX": "America/Chicago", "RI": "America/New_York",
    "UT": "America/Denver", "KY": "America/Chicago", "SD": "America/Denver",
    "AZ": "America/Phoenix", "HI": "Pacific/Honolulu", "AK": "America/Anchorage",
    "LA": "America/Chicago", "PA": "America/New_York", "CA": "America/Los_Angeles",
}  # fmt: skip


def allowed_by_hand(moment: datetime, where: Whereabouts, book: Rulebook) -> bool:
    """The rule said again, minute by minute, without any of the code that finds the next one."""
    for zone in where.zones:
        local = moment.astimezone(ZoneInfo(zone))
        if barred_by(local.date(), where.jurisdictions, book):
            return False
        for code in where.jurisdictions:
            hours = [r for r in book.rules_of(code) if local.weekday() in r.weekdays]
            if not hours:
                return False
            for rule in (*hours, book.house):
                if local.weekday() not in rule.weekdays:
                    return False
                end = (moment + MARGIN).astimezone(ZoneInfo(zone))
                if not rule.opens <= local.time():
                    return False
                if end.date() != local.date() or end.time() >= rule.closes:
                    return False
    return True


@settings(max_examples=120, deadline=None)
@given(
    states=st.sets(st.sampled_from(sorted(ZONE_OF)), min_size=1, max_size=2),
    start=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
    near_change=st.sampled_from([None, datetime(2026, 3, 7, 20), datetime(2026, 10, 31, 20)]),
    book=st.sampled_from([BOOK, LAW_ONLY]),
)
def test_the_next_moment_is_lawful_and_no_earlier_minute_is(
    states: set[str], start: datetime, near_change: datetime | None, book: Rulebook
) -> None:
    moment = (near_change or start).replace(second=0, microsecond=0, tzinfo=UTC)
    where = person(*states, zones=" ".join(ZONE_OF[state] for state in states))
    answer = judge(moment, where, book)
    assert answer.allowed is allowed_by_hand(moment, where, book)
    if answer.allowed:
        return
    assert answer.reasons
    if answer.not_before is None:
        return
    assert allowed_by_hand(answer.not_before, where, book)
    minutes = int((answer.not_before - moment).total_seconds() // 60)
    for minute in range(0, min(minutes, 3 * 24 * 60), 7):
        assert not allowed_by_hand(moment + timedelta(minutes=minute), where, book)
    if minutes:
        assert not allowed_by_hand(answer.not_before - timedelta(minutes=1), where, book)
