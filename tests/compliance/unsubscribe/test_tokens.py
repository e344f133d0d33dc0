"""The token: the same for ever, silent about its owner, and nobody else can make one."""

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.unsubscribe import make_token, read_token

PRIYA = ("email", "priya@hudsonair.example")


@given(st.sampled_from(["email", "phone"]), st.text(max_size=320))
def test_every_address_comes_back(kind: str, address: str) -> None:
    assert read_token(make_token(kind, address)) == (kind, address)


def test_it_is_the_same_every_time_and_fits_a_link() -> None:
    token = make_token(*PRIYA)
    assert token == make_token(*PRIYA) != make_token("email", "prija@hudsonair.example")
    assert token.isascii()
    assert set(token) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


def test_it_says_nothing_about_the_address() -> None:
    token = make_token(*PRIYA)
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    assert b"priya" not in raw
    assert b"hudson" not in raw


@given(st.integers(min_value=0, max_value=400), st.integers(min_value=1, max_value=255))
def test_one_changed_bit_anywhere_is_no_token_of_ours(where: int, mask: int) -> None:
    token = make_token(*PRIYA)
    raw = bytearray(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    raw[where % len(raw)] ^= mask
    assert read_token(base64.urlsafe_b64encode(bytes(raw)).rstrip(b"=").decode()) is None


@pytest.mark.parametrize("token", ["", "x", "%%%", "ü", "a" * 500, "AAAAAAAAAAAAAAAAAAAAAA"])
def test_rubbish_is_no_token(token: str) -> None:
    assert read_token(token) is None


@pytest.mark.parametrize("around", [">", ".", ").", "”", ">,"])
def test_what_a_mail_program_drags_along_does_no_harm(around: str) -> None:
    assert read_token(make_token(*PRIYA) + around) == PRIYA


def test_a_link_outlives_a_change_of_the_pepper(settings: Any) -> None:
    settings.ADDRESS_PEPPER = "the first one"
    token = make_token(*PRIYA)
    settings.ADDRESS_PEPPER, settings.ADDRESS_PEPPER_FALLBACKS = "the second", ["the first one"]
    assert read_token(token) == PRIYA
    settings.ADDRESS_PEPPER_FALLBACKS = []
    assert read_token(token) is None


def test_a_link_outlives_a_change_of_the_secret_key(settings: Any) -> None:
    settings.ADDRESS_PEPPER = "kept for ever"
    token = make_token(*PRIYA)
    settings.SECRET_KEY = "another"
    assert read_token(token) == PRIYA
