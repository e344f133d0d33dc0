"""The ledger keeps no address: hashes stand where addresses stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance import audit, keyed_hash
from compliance.models import Suppression
from compliance.redaction import without_addresses

PRIYA = "priya@hudsonair.example"
PHONE = "+12015550118"


@pytest.mark.parametrize("text", [PRIYA, "Priya@HudsonAir.example", PHONE])
def test_an_address_becomes_its_hash(text: str) -> None:
    stored = PHONE if text == PHONE else PRIYA
    assert without_addresses(text) == keyed_hash.hashed(stored)


def test_two_sentences_about_one_address_can_be_told_to_be() -> None:
    one = without_addresses(f"{PRIYA} is suppressed.")
    other = without_addresses(f"550 5.1.1 <{PRIYA}>: user unknown, see postmaster@mx.example")
    assert PRIYA not in one + other
    mark = one.split("]")[0]
    assert mark in other
    assert other.count("[address ") == 2


def test_it_looks_into_everything() -> None:
    found = without_addresses({"to": PRIYA, "list": [PHONE, 3, None], "deep": {PRIYA: [PHONE]}})
    assert PRIYA not in str(found)
    assert PHONE not in str(found)
    assert found["list"][1:] == [3, None]


@pytest.mark.parametrize(
    "text",
    [
        "Held: 3 + 4 is 7, rated 5/5 @ noon.",
        f"<{'a' * 32}.{'0' * 20}@desk.attache.example>",
        "They asked us to stop.",
        "+1",
        "2026-11-20T17:00:00+00:00",
        "",
    ],
)
def test_what_is_no_address_stays(text: str) -> None:
    assert without_addresses(text) == text


@given(st.emails(), st.text(max_size=20), st.text(max_size=20))
def test_no_plain_address_survives(address: str, before: str, after: str) -> None:
    if address.isascii() and '"' not in address:
        assert address not in without_addresses(f"{before} {address} {after}")


@pytest.mark.django_db
def test_every_entry_goes_through_it_and_still_verifies() -> None:
    entry = audit.append(
        "tested", Suppression(pk=1), actor="suite", reason=f"{PRIYA} bounced", data={"to": PHONE}
    )
    assert PRIYA not in entry.reason
    assert entry.data == {"to": keyed_hash.hashed(PHONE)}
    audit.seal()
    assert audit.verify().broken_at is None
