"""Addresses: one stored form, refused with a reason, and never raised about when looked up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.addresses import BadAddressError, as_heard, kind_of, normalise

PAIRS = [
    ("email", " Priya@HudsonAir.Example ", "priya@hudsonair.example"),
    ("email", "mailto:desk@jets.example", "desk@jets.example"),
    ("email", "info@MÜNCHEN-jets.example", "info@xn--mnchen-jets-thb.example"),
    ("phone", "(201) 555-0118", "+12015550118"),
    ("phone", "tel:+44 131 496 0127", "+441314960127"),
    ("domain", "@Jets.Example.", "jets.example"),
    ("domain", "münchen-jets.example", "xn--mnchen-jets-thb.example"),
]


@pytest.mark.parametrize(("kind", "typed", "stored"), PAIRS)
def test_one_form_is_stored_and_looked_up(kind: str, typed: str, stored: str) -> None:
    assert normalise(kind, typed) == stored
    assert as_heard(kind, typed) == stored
    assert normalise(kind, stored) == stored


@pytest.mark.parametrize("typed", ["1-800-FLOWERS", "+1 201 555 0118 ext. 5", "call Bob"])
def test_letters_in_a_phone_number_are_refused_in_words(typed: str) -> None:
    with pytest.raises(BadAddressError, match="has letters in it"):
        normalise("phone", typed)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [("phone", "12"), ("phone", ""), ("email", "nobody"), ("domain", "a b"), ("domain", "")],
)
def test_what_is_no_address_is_refused(kind: str, typed: str) -> None:
    with pytest.raises(BadAddressError):
        normalise(kind, typed)


def test_what_cannot_be_read_is_looked_up_as_it_was_heard() -> None:
    assert as_heard("email", " Not An Address ") == "not an address"
    assert as_heard("phone", "Alpha-Sender") == "alpha-sender"


@given(st.emails())
def test_looking_up_finds_whatever_was_stored(address: str) -> None:
    try:
        stored = normalise("email", address)
    except BadAddressError:
        return
    assert as_heard("email", address) == stored
    assert as_heard("email", address.upper()) == as_heard("email", stored)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("a@b.example", "email"),
        ("+1 (201) 555-0118", "phone"),
        ("@jets.example", "domain"),
        ("jets.example", "domain"),
        ("4jets.example", "domain"),
        ("jets", "domain"),
        ("1-800-FLOWERS", "phone"),
        ("201.555.0118", "phone"),
    ],
)
def test_the_kind_is_told_by_its_looks(address: str, kind: str) -> None:
    assert kind_of(address) == kind
