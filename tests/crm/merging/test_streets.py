"""Two spellings of one street address are one, two addresses never."""

import pytest

from crm.merging.streets import street_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("123 N. Main Street, Apt. 4", "123 north main st #4"),
        ("7 Ocean Blvd Suite 200", "7 OCEAN BOULEVARD STE 200"),
        ("55 SW 8th Avenue", "55 Southwest 8th Ave."),
        ("9 Calle Ocho, Apt #3", "9 calle ocho unit 3"),
    ],
)
def test_spellings_of_one_address_are_one(one: str, other: str) -> None:
    assert street_key(one) == street_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("123 Main Street", "125 Main Street"), ("123 Main St", "123 Main Ave"),
        ("123 N Main St", "123 S Main St"), ("123 Main St #4", "123 Main St #5"),
    ],
)  # fmt: skip
def test_other_numbers_ways_and_units_are_other_addresses(one: str, other: str) -> None:
    assert street_key(one) != street_key(other)


@pytest.mark.parametrize("address", ["", "Main Street", "unknown", "12", "#"])
def test_what_has_no_number_or_no_street_is_no_address(address: str) -> None:
    assert street_key(address) == ""
