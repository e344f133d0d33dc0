"""The rulebook is what the rows say on that day, and edits anywhere are noticed within a minute."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compliance import rule_versions, rulebook
from compliance.models import BlackoutDay, CallingRuleVersion, HolidayRuleVersion
from compliance.rulebook import Dated, assemble, current, strictest
from compliance.rules.calling_window import Blackout, CallingRule, barred_by, judge
from compliance.zones import Whereabouts

FLORIDA = Whereabouts(frozenset({"America/New_York"}), frozenset({"US", "US-FL"}))
MIAMI = ZoneInfo("America/New_York")
EVERY_DAY = frozenset(range(7))


def hours(opens: int, closes: int, weekdays: frozenset[int] = EVERY_DAY) -> CallingRule:
    return CallingRule("US-FL", weekdays, time(opens), time(closes), citation=f"from {opens}")


def dated(begins: str, ends: str | None, rule: CallingRule, line: str = "fl") -> Dated[CallingRule]:
    return Dated(line, date.fromisoformat(begins), date.fromisoformat(ends) if ends else None, rule)


def florida_row() -> CallingRuleVersion:
    return CallingRuleVersion.objects.get(jurisdiction="US-FL", superseded=False)


def opening_of(book: rulebook.Rulebook, jurisdiction: str = "US-FL") -> time:
    return book.rules_of(jurisdiction)[0].opens


def an_hour_later(monkeypatch: pytest.MonkeyPatch) -> None:
    later = rulebook.clock.monotonic() + 3600
    monkeypatch.setattr(rulebook.clock, "monotonic", lambda: later)


class TestAssembling:
    def test_the_version_of_the_day_counts(self) -> None:
        versions = [
            dated("2026-01-01", "2026-06-01", hours(8, 20)),
            dated("2026-06-01", None, hours(10, 20)),
        ]
        may, june = date(2026, 5, 20), date(2026, 6, 10)
        assert opening_of(assemble(may, may, versions, [], [])) == time(8)
        assert opening_of(assemble(june, june, versions, [], [])) == time(10)

    def test_on_the_night_of_the_change_the_stricter_of_both_counts(self) -> None:
        versions = [
            dated("2026-01-01", "2026-06-01", hours(8, 19)),
            dated("2026-06-01", None, hours(10, 21, frozenset({0, 1, 2}))),
        ]
        book = assemble(date(2026, 5, 31), date(2026, 6, 1), versions, [], [])
        assert book.rules == (
            CallingRule(
                "US-FL", frozenset({0, 1, 2}), time(10), time(19), citation="from 8; from 10"
            ),
        )

    def test_a_version_that_never_applied_is_left_out(self) -> None:
        versions = [
            dated("2026-06-01", "2026-06-01", hours(11, 12)),
            dated("2026-06-01", None, hours(8, 20)),
        ]
        book = assemble(date(2026, 5, 31), date(2026, 6, 1), versions, [], [])
        assert opening_of(book) == time(8)

    def test_several_rules_of_one_state_stay_apart(self) -> None:
        week, sunday = hours(9, 21, frozenset(range(6))), hours(12, 21, frozenset({6}))
        rows = [dated("2026-01-01", None, week, "a"), dated("2026-01-01", None, sunday, "b")]
        book = assemble(date(2026, 6, 1), date(2026, 6, 1), rows, [], [])
        assert book.rules_of("US-FL") == (week, sunday)

    def test_the_same_law_has_the_same_name_and_another_another(self) -> None:
        day = date(2026, 6, 1)
        rows = [dated("2026-01-01", None, hours(8, 20))]
        barred = [Blackout("US-FL", date(2026, 9, 1), "storm")]
        names = [assemble(day, day, rows, [], days).version for days in ([], [], barred)]
        assert names[0] == names[1] != names[2]

    def test_the_strictest_takes_the_smaller_cap(self) -> None:
        some = CallingRule("US-FL", EVERY_DAY, time(8), time(20), max_per_24h=3)
        others = CallingRule("US-FL", EVERY_DAY, time(8), time(20), max_per_24h=2)
        assert strictest([some, others, hours(8, 20)]).max_per_24h == 2


@pytest.mark.usefixtures("live_rules")
class TestReading:
    def test_shipped_law_answers_for_a_person(self) -> None:
        noon = datetime(2026, 11, 23, 12, tzinfo=MIAMI)
        assert judge(noon, FLORIDA, current(noon)).allowed
        assert not judge(noon.replace(hour=20), FLORIDA, current(noon)).allowed

    def test_the_house_rule_stands_in_the_database(self) -> None:
        row = CallingRuleVersion.objects.get(jurisdiction="house")
        values = {"opens": time(11), "effective_from": timezone.localdate() - timedelta(days=9)}
        rule_versions.revise_rule(row, values, actor="sam", why="Later starts")
        assert current().house.opens == time(11)

    def test_an_edit_counts_at_once_where_it_was_made(self) -> None:
        assert opening_of(current()) == time(8)
        yesterday = timezone.localdate() - timedelta(days=2)
        rule_versions.revise_rule(
            florida_row(), {"opens": time(10), "effective_from": yesterday}, actor="sam", why="x"
        )
        assert opening_of(current()) == time(10)

    def test_an_edit_elsewhere_is_noticed_within_a_minute(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = current()
        CallingRuleVersion.objects.filter(pk=florida_row().pk).update(
            opens=time(10), changed_at=timezone.now()
        )
        assert current() is before
        assert rulebook.RECHECK_SECONDS <= 60
        an_hour_later(monkeypatch)
        assert opening_of(current()) == time(10)

    def test_a_blackout_set_elsewhere_is_noticed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        day = timezone.localdate() + timedelta(days=3)
        current()
        BlackoutDay.objects.create(
            jurisdiction="US-LA", day=day, reason="storm", changed_at=timezone.now()
        )
        an_hour_later(monkeypatch)
        assert barred_by(day, frozenset({"US-LA"}), current()) == "storm"

    def test_asking_again_costs_no_query(self) -> None:
        current()
        with CaptureQueriesContext(connection) as asked:
            current()
            current(datetime(2027, 3, 14, 12, tzinfo=UTC))
        assert len(asked) == 0

    def test_looking_for_changes_costs_four_queries(self, monkeypatch: pytest.MonkeyPatch) -> None:
        current()
        an_hour_later(monkeypatch)
        with CaptureQueriesContext(connection) as asked:
            current()
        assert len(asked) == 4

    def test_a_rule_of_the_future_waits_for_its_day(self) -> None:
        values = {"opens": time(10), "effective_from": date(2027, 7, 1)}
        rule_versions.revise_rule(florida_row(), values, actor="sam", why="HB 1 of 2027")
        assert opening_of(current(datetime(2027, 6, 15, tzinfo=UTC))) == time(8)
        assert opening_of(current(datetime(2027, 7, 15, tzinfo=UTC))) == time(10)

    def test_holidays_come_from_the_rows(self) -> None:
        row = HolidayRuleVersion.objects.get(jurisdiction="US", name="Christmas")
        values = {"effective_to": date(2026, 12, 1), "effective_from": date(2026, 1, 1)}
        rule_versions.revise_rule(row, values, actor="sam", why="only to see")
        christmas = date(2026, 12, 25)
        book = current(datetime(2026, 12, 25, 12, tzinfo=UTC))
        assert barred_by(christmas, frozenset({"US-FL"}), book) == ""
