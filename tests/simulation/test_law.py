"""The judge's reading of the law: dates and hours known by heart, and the shipped tables."""

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from compliance import rulebook
from compliance.rules.calling_window import Rulebook, barred_by
from compliance.zones import Place, locate
from tests.simulation.law import Law
from tests.simulation.log import ListRead, Log, NewLaw, Resident
from tests.simulation.people import make_residents
from tests.simulation.states import CORNERS, STATES

NUMBER = "+12145550101"
HOUR = timedelta(hours=1)


@pytest.fixture
def log() -> Log:
    return Log(lists=[ListRead(datetime(2026, 11, 1, tzinfo=UTC), date(2026, 11, 1), first=True)])


def resident(state: str, zone: str, *others: tuple[str, str, str]) -> Resident:
    phones = ((NUMBER, state, zone), *others)
    return Resident(1, "p@x.example", phones, state, zone, signed=frozenset({NUMBER}))


TEXAN = resident("TX", "America/Chicago")


def faults(log: Log, who: Resident, moment: str, zone: str = "America/Chicago") -> list[str]:
    at = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))
    return Law(log).faults(who, at, at)


@pytest.mark.parametrize(
    ("moment", "lawful"),
    [
        ("2026-11-02 08:59", False), ("2026-11-02 09:00", True), ("2026-11-02 19:40", True),
        ("2026-11-02 19:41", False), ("2026-11-01 13:00", False), ("2026-11-26 12:00", False),
        ("2027-01-01 12:00", False), ("2026-12-24 12:00", True),
    ],
)  # fmt: skip
def test_the_house_hours_of_a_texan(log: Log, moment: str, lawful: bool) -> None:
    assert (faults(log, TEXAN, moment) == []) == lawful


def test_a_text_that_may_arrive_after_the_hours_is_a_fault(log: Log) -> None:
    at = datetime(2026, 11, 2, 19, 0, tzinfo=ZoneInfo("America/Chicago"))
    assert Law(log).faults(TEXAN, at, at + HOUR / 2) == []
    assert Law(log).faults(TEXAN, at, at + HOUR)


def test_every_clock_they_may_live_by_counts(log: Log) -> None:
    mover = resident("ME", "America/New_York", ("+12135550100", "CA", "America/Los_Angeles"))
    assert faults(log, mover, "2026-11-02 09:30", "America/New_York")
    assert faults(log, mover, "2026-11-02 19:00", "America/New_York") == []


def test_an_area_code_of_two_clocks_counts_with_both(log: Log) -> None:
    panhandle = Resident(1, phones=(("+18505550100", "FL", "America/Chicago"),))
    assert Law(log).zones_of(panhandle) == {"America/Chicago", "America/New_York"}


def test_hours_of_two_states_narrow_each_other(log: Log) -> None:
    both = resident("RI", "America/New_York", ("+15025550100", "KY", "America/New_York"))
    assert faults(log, both, "2026-11-02 09:30", "America/New_York")  # Kentucky opens at ten
    assert faults(log, both, "2026-11-02 17:45", "America/New_York")  # Rhode Island ends at six
    assert faults(log, both, "2026-11-02 12:00", "America/New_York") == []


def test_of_two_changes_that_have_begun_the_one_heard_of_last_counts(log: Log) -> None:
    week, first = frozenset(range(6)), datetime(2026, 11, 2, tzinfo=UTC)
    log.laws = [
        NewLaw("US-TX#1", date(2026, 11, 9), week, time(10), time(17), first),
        NewLaw("US-TX#1", date(2026, 11, 5), week, time(9), time(16), first + HOUR),
    ]
    assert faults(log, TEXAN, "2026-11-04 17:00") == []
    assert faults(log, TEXAN, "2026-11-12 09:30") == []
    assert faults(log, TEXAN, "2026-11-12 16:30")


def test_an_hour_that_comes_twice_is_read_on_the_wall(log: Log) -> None:
    before = datetime(2026, 10, 31, 14, 0, tzinfo=UTC)  # 09:00 in Chicago, 08:00 the week after
    after = datetime(2026, 11, 7, 14, 0, tzinfo=UTC)
    assert Law(log).faults(TEXAN, before, before) == []
    assert Law(log).faults(TEXAN, after, after)


def test_the_lists_bind_who_signed_nothing(log: Log) -> None:
    at = datetime(2026, 11, 9, 17, tzinfo=UTC)
    listed = Resident(1, phones=TEXAN.phones, listed=frozenset({NUMBER}))
    assert Law(log).list_faults(listed, NUMBER, at) == ["they are on the national list"]
    assert Law(log).list_faults(TEXAN, NUMBER, at) == []
    assert Law(log).list_faults(TEXAN, NUMBER, at + 24 * 28 * HOUR)  # nobody asked for 29 days
    log.told_us = [(NUMBER, at - HOUR)]
    assert Law(log).list_faults(TEXAN, NUMBER, at)


@pytest.fixture
def shipped(db: None) -> Rulebook:
    return rulebook.current(datetime(2026, 11, 2, 12, tzinfo=UTC))


def test_the_shipped_hours_are_those_written_down_here(log: Log, shipped: Rulebook) -> None:
    law = Law(log)
    for state in STATES:
        ours = {
            (day, one.opens, one.closes)
            for versions in law.lines[f"US-{state}"] for one in versions for day in one.weekdays
        }  # fmt: skip
        rules = shipped.rules_of(f"US-{state}")
        theirs = {(day, one.opens, one.closes) for one in rules for day in one.weekdays}
        assert theirs == ours, state


def test_the_shipped_holidays_are_those_written_down_here(log: Log, shipped: Rulebook) -> None:
    law = Law(log)
    own = {row["place"] for row in law.holidays} - {"US"}
    for state in own | {"TX"}:
        for number in range(366 * 3):
            day = date(2026, 1, 1) + timedelta(days=number)
            theirs = barred_by(day, frozenset({f"US-{state}"}), shipped)
            assert bool(theirs) == bool(law._barred(day, {state})), (state, day, theirs)


def test_the_judge_and_the_desk_agree_on_who_can_be_placed(log: Log) -> None:
    law, zips = Law(log), {(one.state, one.zone): one.zips for one in CORNERS}
    for who in make_residents(1500, random.Random(5)):
        if who.country and who.country != "US":
            continue
        zip_code = zips[who.state, who.zip_zone][0] if who.zip_zone else ""
        place = Place(zip_code, who.state, "US" if who.state else "", who.said)
        found = locate(who.numbers, (place,) if place != Place() else ())
        assert bool(found.unsure) == (law.lost(who) or any(not zone for *_n, zone in who.phones))
