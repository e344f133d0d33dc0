"""`manage.py cadence week`."""

import json
from typing import Any

import pytest


def test_a_week_is_printed_for_programs(run: Any) -> None:
    done = run("cadence", "week", "--start", "2026-09-16", "--json")
    assert done.code == 0, done.err
    read = json.loads(done.out)
    assert (read["week_start"], read["totals"]["connection_request"]) == ("2026-09-14", 40)


def test_a_week_is_shown_with_what_gave_way(run: Any) -> None:
    done = run("cadence", "week", "--start", "2026-11-26")
    for words in ("Mon 23 Nov 09:00", "Referral network 47.6 %", "Follow-ups: 80", "! Thursday"):
        assert words in done.out


def test_without_a_day_it_is_this_week(run: Any) -> None:
    assert run("cadence", "week", "--json").code == 0


@pytest.mark.parametrize(
    ("start", "says"), [("soon", "write it as 2026-09-07"), ("9999-12-31", "too far away")]
)
def test_a_day_that_is_none_is_refused(run: Any, start: str, says: str) -> None:
    done = run("cadence", "week", "--start", start)
    assert done.code == 1
    assert says in done.err + done.out
    assert "Traceback" not in done.err + done.out


def test_wishes_for_the_week_stand_above_the_desks_plan(run: Any) -> None:
    done = run(
        "cadence", "week", "--start", "2026-09-16", "--requests", "30", "--per-person", "3",
        "--share", "home_owner=3", "--share", "referral_network=1", "--json",
    )  # fmt: skip
    read = json.loads(done.out)
    assert read["totals"] == {"connection_request": 30, "follow_up": 90}
    assert read["shares"] == {"home_owner": 75.0, "referral_network": 25.0}


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        (("--requests", "201"), "choose 0 to 200"),
        (("--requests", "-1"), "choose 0 to 200"),
        (("--requests", "many"), "not a valid int"),
        (("--per-person", "11"), "choose 0 to 10"),
        (("--follow-ups", "2001"), "choose 0 to 2000"),
        (("--share", "martians=5"), "martians=5"),
        (("--share", "home_owner"), "segment=number"),
        (("--share", "home_owner=many"), "“many” is not a number"),
        (("--share", "home_owner=-5"), "The share of home owner is -5"),
        (("--share", "home_owner=NaN"), "The share of home owner is NaN"),
        (("--share", "home_owner=0"), "give at least one segment a share"),
    ],
)
def test_a_wish_that_cannot_be_planned_is_refused_in_words(
    run: Any, wish: tuple[str, str], says: str
) -> None:
    done = run("cadence", "week", *wish)
    told = " ".join((done.err + done.out).split())
    assert done.code != 0
    assert says in told
    assert "Traceback" not in told
