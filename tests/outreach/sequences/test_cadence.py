"""The week's plan: exact sums, the wished hours, and what gives way to the gate."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from outreach.errors import UnplannableWeek
from outreach.sequences.cadence import (
    USUAL_RHYTHMS,
    USUAL_SHARES,
    Kind,
    Rhythm,
    Targets,
    WeekPlan,
    monday_of,
    percentages,
    plan_week,
    read_share,
    read_times,
)

NEW_YORK = ZoneInfo("America/New_York")
MONDAY = date(2026, 9, 14)
REQUEST, FOLLOW_UP = Kind.CONNECTION_REQUEST, Kind.FOLLOW_UP


def plan(targets: Targets | None = None, **changes: object) -> WeekPlan:
    """The usual week without any gate, unless told otherwise."""
    values: dict[str, object] = {
        "shares": USUAL_SHARES, "week_start": MONDAY, "slots": USUAL_RHYTHMS,
        "allowed": lambda moment: moment, "zone": NEW_YORK, **changes,
    }  # fmt: skip
    return plan_week(targets or Targets(), **values)  # type: ignore[arg-type]


def shut_on(*days: date) -> object:
    """A gate that is closed on these days and opens at midnight after them."""

    def allowed(moment: datetime) -> datetime:
        while (local := moment.astimezone(NEW_YORK)).date() in days:
            tomorrow = local.date() + timedelta(days=1)
            moment = datetime.combine(tomorrow, time(), NEW_YORK).astimezone(UTC)
        return moment

    return allowed


def days_of(week: WeekPlan, kind: Kind) -> list[str]:
    found = {slot.at.astimezone(NEW_YORK) for slot in week.slots if slot.kind is kind}
    return [f"{at:%a %H:%M}" for at in sorted(found)]


def test_requests_go_monday_to_friday_at_nine_and_two() -> None:
    days = ("Mon", "Tue", "Wed", "Thu", "Fri")
    assert days_of(plan(), REQUEST) == [f"{day} {at}" for day in days for at in ("09:00", "14:00")]


def test_follow_ups_go_tuesday_to_thursday() -> None:
    assert {day[:3] for day in days_of(plan(), FOLLOW_UP)} == {"Tue", "Wed", "Thu"}


def test_a_steady_week_follows_each_new_person_up_so_many_times() -> None:
    assert plan(Targets(35, 3)).totals == {REQUEST: 35, FOLLOW_UP: 105}


def test_a_number_for_the_week_stands_above_the_number_per_person() -> None:
    assert plan(Targets(40, 2, 30)).totals == {REQUEST: 40, FOLLOW_UP: 30}


def test_shares_that_make_105_are_shown_as_100_per_cent() -> None:
    shown = percentages(USUAL_SHARES)
    assert shown == {
        "referral_network": Decimal("47.6"),
        "thought_leadership": Decimal("47.6"),
        "stealth_founder": Decimal("4.8"),
    }


def test_what_is_shown_adds_up_where_rounding_would_not() -> None:
    assert sorted(percentages(dict.fromkeys("abc", Decimal(1))).values()) == [
        Decimal("33.3"), Decimal("33.3"), Decimal("33.4"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("share", "says"),
    [("-3", "-3"), ("NaN", "NaN"), ("Infinity", "Infinity"), ("1e999999", "from 0 to 1,000,000")],
)
def test_a_share_that_is_none_is_refused_by_its_name(share: str, says: str) -> None:
    with pytest.raises(UnplannableWeek, match="stealth founder") as refusal:
        plan(shares={"referral_network": Decimal(1), "stealth_founder": Decimal(share)})
    assert says in str(refusal.value)


@pytest.mark.parametrize("shares", [{}, {"a": Decimal(0)}, {"a": Decimal("1e-999999")}])
def test_nothing_but_zeros_is_refused(shares: dict[str, Decimal]) -> None:
    with pytest.raises(UnplannableWeek, match="give at least one segment a share"):
        plan(shares=shares)


@pytest.mark.parametrize("targets", [Targets(-1), Targets(201), Targets(40, 11), Targets(1, 1, -5)])
def test_a_target_out_of_reach_is_refused(targets: Targets) -> None:
    with pytest.raises(UnplannableWeek, match="cannot be planned; choose 0 to"):
        plan(targets)


def test_a_kind_without_a_day_is_refused_unless_nothing_of_it_is_wanted() -> None:
    slots = {**USUAL_RHYTHMS, FOLLOW_UP: Rhythm((), (time(9),))}
    with pytest.raises(UnplannableWeek, match="one day and one time for follow-ups"):
        plan(slots=slots)
    assert plan(Targets(40, 0), slots=slots).totals[FOLLOW_UP] == 0


def test_unusual_numbers_are_planned_and_said() -> None:
    week = plan(Targets(60, 4))
    assert week.totals == {REQUEST: 60, FOLLOW_UP: 240}
    assert [words for words in week.reasons if "the desk aims at" in words] == list(week.reasons)
    assert len(week.reasons) == 2


def test_a_segment_with_a_small_share_is_spread_and_not_put_last() -> None:
    week = plan(Targets(40, 0), shares={"a": Decimal(90), "b": Decimal(10)})
    days = {slot.at.date() for slot in week.slots if slot.segment == "b"}
    assert len(days) >= 3


def test_a_holiday_gives_its_share_to_the_other_times() -> None:
    thursday = MONDAY + timedelta(days=3)
    week = plan(allowed=shut_on(thursday))
    assert week.totals == {REQUEST: 40, FOLLOW_UP: 80}
    assert not [day for day in days_of(week, REQUEST) if day.startswith("Thu")]
    assert (
        "Thursday 17 Sep: no connection requests are allowed at 09:00 and 14:00; "
        "the other times take them over."
    ) in week.reasons


def test_where_every_wished_day_is_closed_the_days_the_gate_offers_are_used() -> None:
    closed = [MONDAY + timedelta(days=n) for n in (1, 2, 3)]
    assert days_of(plan(allowed=shut_on(*closed)), FOLLOW_UP) == ["Fri 00:00"]


def test_a_week_that_is_closed_holds_nothing_and_says_so() -> None:
    week = plan(allowed=shut_on(*(MONDAY + timedelta(days=n) for n in range(7))))
    assert (week.slots, week.left_over) == ((), {REQUEST: 40, FOLLOW_UP: 80})
    assert "40 connection requests did not fit: no time of this week is allowed." in week.reasons


def test_an_hour_that_is_moved_within_its_day_stays_on_it() -> None:
    def from_ten(moment: datetime) -> datetime:
        local = moment.astimezone(NEW_YORK)
        return max(moment, datetime.combine(local.date(), time(10), NEW_YORK).astimezone(UTC))

    week = plan(allowed=from_ten)
    assert days_of(week, REQUEST)[0] == "Mon 10:00"
    assert week.reasons[0] == (
        "Monday 14 Sep: connection requests at 09:00 are not allowed, moved to 10:00."
    )


def test_any_day_means_its_week() -> None:
    assert plan(week_start=MONDAY + timedelta(days=6)).week_start == MONDAY
    assert monday_of(MONDAY) == MONDAY


def test_times_are_read_in_order_and_once() -> None:
    assert read_times(" 14:00, 09:00;14:00 ,") == (time(9), time(14))


@pytest.mark.parametrize("text", ["nine", "25:00", "09:00 14:00", "9"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(UnplannableWeek, match="write it as 09:00"):
        read_times(text)


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(UnplannableWeek, match="“many” is not a number"):
        read_share("many")
    assert read_share(" ") == 0
