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
