"""One marketing message a day, and never more texts than a state allows."""

from datetime import UTC, datetime, timedelta

import pytest

from compliance.rules.frequency import Recent, waits

NOON = datetime(2026, 6, 2, 12, tzinfo=UTC)


def ago(hours: float, channel: str = "email", *, marketing: bool = True) -> Recent:
    return Recent(NOON - timedelta(hours=hours), channel, marketing)


def test_a_second_marketing_message_waits_a_day_whatever_the_channel() -> None:
    (wait,) = waits(NOON, "sms", "marketing", [ago(3, "email")])
    assert wait.until == NOON + timedelta(hours=21)
    assert wait.reason == "They had a marketing message at 02 Jun 09:00 UTC; one a day."


def test_after_a_full_day_there_is_room_again() -> None:
    assert waits(NOON, "email", "marketing", [ago(24)]) == []
    assert waits(NOON, "email", "marketing", [ago(23.99)]) != []


@pytest.mark.parametrize("purpose", ["inquiry", "answer"])
def test_an_answer_is_not_counted_as_marketing(purpose: str) -> None:
    assert waits(NOON, "email", purpose, [ago(1)]) == []
    assert waits(NOON, "email", "marketing", [ago(1, marketing=False)]) == []


def test_a_fourth_text_in_a_day_waits_even_when_it_is_an_answer() -> None:
    texts = [ago(hours, "sms", marketing=False) for hours in (20, 10, 1)]
    (wait,) = waits(NOON, "sms", "answer", texts)
    assert wait.until == NOON + timedelta(hours=4)
    assert waits(NOON, "email", "answer", texts) == []
    assert waits(NOON, "sms", "answer", texts[1:]) == []


def test_a_stricter_state_counts_and_a_laxer_one_does_not() -> None:
    assert waits(NOON, "sms", "answer", [ago(1, "sms", marketing=False)], state_cap=1)
    texts = [ago(hours, "sms", marketing=False) for hours in (3, 2, 1)]
    assert waits(NOON, "sms", "answer", texts, state_cap=9)
