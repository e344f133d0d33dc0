"""The provider's error numbers, and what is done about each."""

import pytest

from outreach.channels.sms_errors import BY_ITSELF, Holds, SmsAction, _table, classify, handling_of


@pytest.mark.parametrize(
    ("code", "action", "holds"),
    [
        (21610, SmsAction.SUPPRESS, Holds.PERSON),
        (21211, SmsAction.INVALID_NUMBER, Holds.NUMBER),
        (30005, SmsAction.INVALID_NUMBER, Holds.NUMBER),
        (21614, SmsAction.LANDLINE, Holds.NUMBER),
        (30006, SmsAction.LANDLINE, Holds.NUMBER),
        (30004, SmsAction.HOLD, Holds.NUMBER),
        (30007, SmsAction.HOLD, Holds.CAMPAIGN),
        (30022, SmsAction.SLOW_DOWN, Holds.NOTHING),
        (30034, SmsAction.DISABLE_SENDER, Holds.SENDER),
        (30003, SmsAction.ANOTHER_DAY, Holds.NOTHING),
        (30036, SmsAction.ANOTHER_DAY, Holds.NOTHING),
    ],
)
def test_a_known_number_says_what_to_do(code: int, action: SmsAction, holds: Holds) -> None:
    handling = handling_of(code)
    assert (handling.action, handling.holds) == (action, holds)
    assert classify(code) == action
    assert handling.meaning


def test_an_unknown_number_is_held_and_told() -> None:
    handling = handling_of(31337)
    assert (handling.action, handling.alert, handling.known) == (SmsAction.HOLD, True, False)
    assert "31337" in handling.meaning


def test_a_failure_without_a_number_is_held_and_told() -> None:
    assert classify(None) == SmsAction.HOLD
    assert handling_of(None).alert


def test_only_what_nobody_has_to_mend_goes_again_by_itself() -> None:
    for handling in _table().values():
        mends_itself = handling.action in {SmsAction.SLOW_DOWN, SmsAction.ANOTHER_DAY}
        assert (handling.again in BY_ITSELF) == mends_itself, handling
        assert (handling.holds == Holds.NOTHING) == mends_itself, handling
