"""What was typed is a key or a number, or it is not; it never breaks what reads it."""

from uuid import UUID

import pytest

from compliance.typed import key_of, number_of


def test_a_key_is_read() -> None:
    key = UUID("6f6b1b0e-5d5c-4a70-9d0b-2f1c6a3e8d11")
    assert key_of(str(key)) == key


@pytest.mark.parametrize("text", [None, "", "x y", "a\x00b", "9" * 5000])
def test_what_is_no_key_is_none(text: str | None) -> None:
    assert key_of(text) is None


def test_a_number_is_read() -> None:
    assert number_of("0", 5) == 0
    assert number_of("123456789", None) == 123456789


@pytest.mark.parametrize("text", ["", "²", "٣", "-1", "1.5", " 1", "1234567890", "9" * 5000])
def test_what_is_no_number_is_what_was_said_for_it(text: str) -> None:
    assert number_of(text, 7) == 7
    assert number_of(text, None) is None
