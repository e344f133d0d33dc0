"""Every edit of the law is a new version, the old one stays; what cannot be is refused."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from compliance.models import AuditEntry, BlackoutDay, CallingRuleVersion, HolidayRuleVersion
from compliance.rule_versions import (
    BlackoutPassed,
    RuleConflict,
    add_blackout,
    add_rule,
    lift_blackout,
    revise_rule,
)

pytestmark = pytest.mark.usefixtures("live_rules")


def florida() -> CallingRuleVersion:
    return CallingRuleVersion.objects.get(jurisdiction="US-FL", superseded=False)


def revise(opens: int, begins: str) -> CallingRuleVersion:
    values = {"opens": time(opens), "effective_from": date.fromisoformat(begins)}
    return revise_rule(florida(), values, actor="sam", why="because")


def new_rule(**changes: Any) -> CallingRuleVersion:
    values = {
        "jurisdiction": "CA",
        "weekdays": "Mon Tue",
        "opens": time(9),
        "closes": time(18),
        "citation": "CRTC",
        "effective_from": date(2026, 1, 1),
    }
    return CallingRuleVersion(**{**values, **changes})


def spans() -> list[tuple[int, str, str]]:
    rows = CallingRuleVersion.objects.filter(jurisdiction="US-FL").order_by("version")
    return [(row.opens.hour, str(row.effective_from), str(row.effective_to)) for row in rows]


def test_the_old_version_ends_on_the_day_the_new_begins() -> None:
    revise(10, "2026-12-01")
    assert spans() == [(8, "2021-07-01", "2026-12-01"), (10, "2026-12-01", "None")]


def test_a_version_moved_back_leaves_no_day_to_those_it_replaces() -> None:
    revise(10, "2026-12-01")
    revise(11, "2026-06-01")
    assert spans() == [
        (8, "2021-07-01", "2026-06-01"),
        (10, "2026-12-01", "2026-12-01"),
        (11, "2026-06-01", "None"),
    ]


def test_an_edit_leaves_what_it_changed_in_the_ledger() -> None:
    after = revise(10, "2026-12-01")
    entry = AuditEntry.objects.get(action="rule.revised")
    assert (entry.actor, entry.reason, entry.subject_id) == ("sam", "because", str(after.pk))
    assert entry.data["changes"]["opens"] == ["08:00:00", "10:00:00"]


def test_two_people_editing_at_once_do_not_overwrite_each_other() -> None:
    first, second = florida(), florida()
    values = {"opens": time(10), "effective_from": date(2026, 12, 1)}
    revise_rule(first, values, actor="sam", why="x")
    with pytest.raises(RuleConflict, match="somebody else"):
        revise_rule(second, {**values, "opens": time(9)}, actor="ella", why="y")
    assert [hour for hour, *_ in spans()] == [8, 10]


def test_a_refused_edit_leaves_the_old_version_standing() -> None:
    before = florida()
    with pytest.raises(ValidationError), transaction.atomic():
        revise_rule(before, {"opens": time(23)}, actor="sam", why="x")
    assert florida() == before
    assert spans() == [(8, "2021-07-01", "None")]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"opens": time(20), "closes": time(9)}, "inverted"),
        ({"opens": time(9), "closes": time(9)}, "inverted"),
        ({"effective_from": None}, "cannot be null"),
        ({"effective_to": date(2025, 1, 1)}, "before it begins"),
        ({"weekdays": "Mon Funday"}, "at least one weekday"),
        ({"jurisdiction": "Florida"}, "Write a country"),
        ({"jurisdiction": "house"}, "one house rule"),
        ({"citation": ""}, "cannot be blank"),
        ({"max_per_24h": 0}, "greater than or equal to 1"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_in_words(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        add_rule(new_rule(**changes), actor="sam")


@pytest.mark.parametrize(
    "changes",
    [
        {"opens": time(20), "closes": time(9)},
        {"effective_to": date(2025, 1, 1)},
        {"weekdays": ""},
        {"line": "US-FL#1"},
        {"jurisdiction": "house"},
        {"effective_from": None},
    ],
)
def test_the_database_refuses_it_too(changes: dict[str, Any]) -> None:
    values = {"line": "new", "changed_at": timezone.now(), **changes}
    with pytest.raises(IntegrityError), transaction.atomic():
        new_rule(**values).save()


def test_weekdays_are_kept_in_order() -> None:
    rule = add_rule(new_rule(weekdays="Sat Wed Mon"), actor="sam")
    assert (rule.weekdays, rule.weekdays_in_words) == ("Mon Wed Sat", "Mon, Wed, Sat")


def test_a_holiday_that_names_no_date_is_refused() -> None:
    holiday = HolidayRuleVersion(
        jurisdiction="US-FL",
        name="Someday",
        rule="Mon#9 Jan",
        citation="x",
        effective_from=date(2026, 1, 1),
    )
    with pytest.raises(ValidationError, match="no such weekday"):
        add_rule(holiday, actor="sam")


def test_a_coming_blackout_can_be_lifted_and_a_past_one_stays() -> None:
    today = timezone.localdate()
    coming = BlackoutDay(jurisdiction="US-LA", day=today + timedelta(days=1), reason="storm")
    lift_blackout(add_blackout(coming, actor="sam"), actor="sam")
    begun = add_blackout(BlackoutDay(jurisdiction="US-LA", day=today, reason="storm"), actor="sam")
    with pytest.raises(BlackoutPassed):
        lift_blackout(begun, actor="sam")
    actions = AuditEntry.objects.filter(action__startswith="blackout").order_by("id")
    assert [entry.action for entry in actions] == [
        "blackout.added", "blackout.lifted", "blackout.added",
    ]  # fmt: skip


def test_a_day_is_barred_once() -> None:
    day = {"jurisdiction": "", "day": date(2027, 1, 9), "reason": "mourning"}
    add_blackout(BlackoutDay(**day), actor="sam")
    with pytest.raises(ValidationError, match="already exists"):
        add_blackout(BlackoutDay(**day), actor="sam")
