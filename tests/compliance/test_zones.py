"""A number or an address gives every zone that may be true, and says when nobody can know."""

from time import perf_counter

import pytest

from compliance.zones import Place, locate

EASTERN, CENTRAL = "America/New_York", "America/Chicago"


@pytest.mark.parametrize(
    ("phone", "zones", "state"),
    [
        ("+13055551234", {EASTERN}, "US-FL"),
        ("+18505551234", {EASTERN, CENTRAL}, "US-FL"),
        ("+14485551234", {EASTERN, CENTRAL}, "US-FL"),  # an overlay the library has half of
        ("+16895551234", {EASTERN}, "US-FL"),  # the library says Chicago
        ("+13245551234", {EASTERN}, "US-FL"),  # newer than the ZIP table
        ("+19155551234", {"America/Denver"}, "US-TX"),
        ("+19285551234", {"America/Phoenix", "America/Denver"}, "US-AZ"),
        ("+12125551234", {EASTERN}, "US-NY"),
        ("+17875551234", {"America/Puerto_Rico"}, "US-PR"),
    ],
)
def test_american_numbers(phone: str, zones: set[str], state: str) -> None:
    found = locate((phone,))
    assert found.zones == zones
    assert found.jurisdictions == {"US", state}
    assert found.unsure == ""


@pytest.mark.parametrize(
    ("phone", "words"),
    [
        ("+18005551234", "toll-free"),
        ("+15215551234", "personal"),
        ("+1305FLOWERS", "has letters"),
        ("3055551234", "country code"),
        ("+1", "country code"),
        ("+123", "can exist"),
        ("+79161234567", "16 time zones"),
        ("", "country code"),
    ],
)
def test_numbers_that_say_no_place(phone: str, words: str) -> None:
    assert words in locate((phone,)).unsure


def test_a_foreign_number_stands_in_its_country() -> None:
    found = locate(("+442079460000",))
    assert (found.zones, found.jurisdictions) == ({"Europe/London"}, {"GB"})
    assert locate(("+14165551234",)).jurisdictions == {"CA"}


def test_zip_codes_know_the_county_that_is_cut_in_two() -> None:
    assert locate((), (Place(postal_code="32456"),)).zones == {EASTERN}  # Port St. Joe
    assert locate((), (Place(postal_code="32465-1234"),)).zones == {CENTRAL}  # Wewahitchka
    assert locate((), (Place(postal_code="32456"),)).jurisdictions == {"US", "US-FL"}


def test_all_that_is_known_is_put_together() -> None:
    found = locate(("+13055551234",), (Place(postal_code="90210"),))
    assert found.zones == {EASTERN, "America/Los_Angeles"}
    assert found.jurisdictions == {"US", "US-FL", "US-CA"}


def test_a_state_alone_has_all_its_zones() -> None:
    assert locate((), (Place(state="TX"),)).zones == {CENTRAL, "America/Denver"}


def test_a_zone_that_was_said_settles_what_a_number_leaves_open() -> None:
    found = locate(("+18005551234",), (Place(state="FL", zone=EASTERN),))
    assert (found.zones, found.unsure) == ({EASTERN}, "")


# The counties of Florida west of the Apalachicola that lie wholly on Central time.
CENTRAL_FLORIDA = (
    "Bay", "Calhoun", "Escambia", "Holmes", "Jackson", "Okaloosa", "Santa Rosa", "Walton",
    "Washington",
)  # fmt: skip


@pytest.mark.parametrize("county", CENTRAL_FLORIDA)
def test_the_panhandles_counties_are_central(county: str) -> None:
    assert locate((), (Place(state="FL", county=f"{county} County"),)).zones == {CENTRAL}


@pytest.mark.parametrize("county", ["Leon", "Franklin", "Liberty", "Miami-Dade", "st. johns"])
def test_other_counties_of_florida_are_eastern(county: str) -> None:
    assert locate((), (Place(state="FL", county=county),)).zones == {EASTERN}


def test_a_county_cut_in_two_has_both_zones() -> None:
    assert locate((), (Place(state="FL", county="Gulf County"),)).zones == {EASTERN, CENTRAL}


def test_a_county_nobody_knows_leaves_every_zone_of_the_state() -> None:
    assert locate((), (Place(state="FL", county="Atlantis"),)).zones == {EASTERN, CENTRAL}


def test_a_zip_code_of_another_state_keeps_both_possible() -> None:
    found = locate((), (Place(postal_code="33101", state="CA"),))
    assert found.zones == {EASTERN, "America/Los_Angeles"}
    assert found.jurisdictions == {"US", "US-FL", "US-CA"}


@pytest.mark.parametrize("state", ["XX", "Florida", "ON"])
def test_a_state_that_does_not_exist_is_told(state: str) -> None:
    found = locate(("+13055551234",), (Place(state=state),))
    assert f"“{state}” is not the postal code of a US state" in found.unsure


def test_where_only_the_country_is_known_the_strictest_state_counts() -> None:
    found = locate(("+18005551234",), (Place(country="US", zone=EASTERN),))
    assert found.jurisdictions == {"US", "US-ANY"}
    assert found.unsure == ""


def test_a_large_country_is_too_wide_to_know() -> None:
    found = locate((), (Place(country="CA"),))
    assert {"America/Vancouver", "America/St_Johns"} <= found.zones
    assert "time zones" in found.unsure


def test_the_zones_of_a_country_that_show_one_clock_are_one() -> None:
    assert locate((), (Place(country="DE"),)).zones == {"Europe/Berlin"}


def test_new_people_are_placed_quickly() -> None:
    locate(("+13055550000",), (Place(postal_code="33101"),))  # reads the tables
    begun = perf_counter()
    for number in range(500):
        locate((f"+1305555{number:04}",), (Place(postal_code="33101", state="FL"),))
    assert (perf_counter() - begun) / 500 < 0.002


def test_a_zone_that_does_not_exist_is_told() -> None:
    assert "“Mars/Base”" in locate((), (Place(state="FL", zone="Mars/Base"),)).unsure


def test_nothing_known_is_not_a_zone() -> None:
    assert locate().unsure == "no address or number says in which time zone the person is"


def test_the_several_numbers_of_a_person_all_count() -> None:
    found = locate(("+13055551234", "+16025551234"))
    assert found.jurisdictions == {"US", "US-FL", "US-AZ"}
