"""A wait is for a moment that is lawful by the rules of that moment, not by those of today."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from compliance import rule_versions, rulebook
from compliance.models import CallingRuleVersion
from compliance.outbound import Decision, Outbound
from compliance.rules.calling_window import judge
from compliance.timing import hours
from compliance.timing import judge as judge_time
from compliance.zones import Whereabouts

pytestmark = pytest.mark.usefixtures("live_rules")
MIAMI = ZoneInfo("America/New_York")
FLORIDA = Whereabouts(frozenset({"America/New_York"}), frozenset({"US", "US-FL"}))
# A Monday evening after the hours; from that Wednesday on another law.
EVENING = datetime(2027, 1, 11, 21, tzinfo=MIAMI)
CHANGE = date(2027, 1, 13)


def revise(on: date = CHANGE, **values: Any) -> None:
    row = CallingRuleVersion.objects.get(jurisdiction="US-FL", superseded=False)
    rule_versions.revise_rule(row, {**values, "effective_from": on}, actor="sam", why="A new act")


def local(answer: Any) -> str:
    assert answer.not_before is not None
    return f"{answer.not_before.astimezone(MIAMI):%m-%d %H:%M}"


def test_without_a_change_the_next_morning_is_named() -> None:
    assert local(hours(EVENING, FLORIDA)) == "01-12 09:00"


def test_a_wait_into_a_new_law_obeys_the_new_law() -> None:
    revise(opens=time(11))
    late = EVENING.replace(day=12)
    assert judge(late, FLORIDA, rulebook.current(late)).not_before is not None
    assert local(hours(late, FLORIDA)) == "01-13 11:00"


def test_a_law_that_bars_more_days_moves_the_wait_past_them() -> None:
    revise(weekdays="Fri")
    answer = hours(EVENING.replace(day=12), FLORIDA)
    assert local(answer) == "01-15 09:00"
    assert answer.closes_at is not None
    assert hours(answer.not_before, FLORIDA).allowed  # type: ignore[arg-type]


def test_a_law_that_soon_allows_what_is_barred_today_is_waited_for() -> None:
    revise(on=date(2027, 1, 4), weekdays="Sat")
    revise(on=CHANGE, weekdays="Mon Tue Wed Thu Fri Sat")
    assert local(hours(EVENING, FLORIDA)) == "01-13 09:00"


def test_the_gate_names_the_moment_by_the_law_of_that_moment() -> None:
    revise(weekdays="Fri")
    outbound = Outbound("sms", "+13055550147", EVENING.replace(day=12), purpose="inquiry")
    verdict = judge_time(outbound)
    assert verdict.decision is Decision.NOT_BEFORE
    assert verdict.time == datetime(2027, 1, 15, 9, tzinfo=MIAMI).astimezone(UTC)
    assert all("Tue" in reason for reason in verdict.reasons)
