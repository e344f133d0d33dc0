"""The rule in words: who may be called, what consent lifts and what it never lifts."""

from datetime import date

import pytest

from compliance.dnc.answers import Edition, Freshness, Listing
from compliance.rules.do_not_call import refusals, warnings

PHONE = "+15615550123"
DAY = date(2026, 11, 18)


def of_age(days: int) -> dict[str, Freshness]:
    return {"561": Freshness("561", (Edition("national", "561", DAY, 1, "SAN", days),))}


NATIONAL = Listing("national", DAY, 2, 1)
FLORIDA = Listing("state:FL", DAY, 2, 2)
FREE: dict[str, tuple[Listing, ...]] = {PHONE: ()}
OWN = Listing("internal", DAY, 2, None, "Asked on the phone.")


def test_a_number_on_no_list_is_let_through() -> None:
    assert refusals(PHONE, FREE, of_age(2), False) == []


@pytest.mark.parametrize("listing", [NATIONAL, FLORIDA])
def test_a_listing_refuses_and_written_consent_lifts_it(listing: Listing) -> None:
    found = {PHONE: (listing,)}
    assert str(listing) in refusals(PHONE, found, of_age(2), False)[0]
    assert refusals(PHONE, found, of_age(2), True) == []


def test_a_request_made_to_us_beats_consent() -> None:
    (reason,) = refusals(PHONE, {PHONE: (OWN,)}, of_age(2), True)
    assert reason == (
        "+15615550123 is on our own do-not-call list since 18 Nov 2026 (Asked on the phone)."
    )


def test_every_list_is_named() -> None:
    assert len(refusals(PHONE, {PHONE: (OWN, NATIONAL, FLORIDA)}, of_age(40), False)) == 4


@pytest.mark.parametrize("consent", [True, False])
def test_a_stale_or_missing_list_refuses_even_with_consent(consent: bool) -> None:
    assert "29 days old" in refusals(PHONE, FREE, of_age(29), consent)[0]
    assert "never imported" in refusals(PHONE, FREE, {}, consent)[0]


def test_a_number_that_was_not_asked_is_not_taken_for_free() -> None:
    assert "was not looked up" in refusals(PHONE, {"+15615550124": ()}, of_age(2), True)[0]


def test_a_number_nobody_can_read_is_refused() -> None:
    assert "no phone number" in refusals("561-FLOWERS", {}, of_age(2), True)[0]


@pytest.mark.parametrize("phone", ["+442071838750", "+14165550123", "+79161234567"])
def test_another_country_s_number_needs_consent(phone: str) -> None:
    assert "outside the United States" in refusals(phone, {phone: ()}, {}, False)[0]
    assert refusals(phone, {phone: ()}, {}, True) == []


@pytest.mark.parametrize("phone", ["+18005550123", "+17875550123", "+19995550123"])
def test_toll_free_territories_and_unknown_codes_need_their_list(phone: str) -> None:
    assert "never imported" in refusals(phone, {phone: ()}, {}, True)[0]


def test_an_ageing_list_warns() -> None:
    assert "stops counting after 28" in warnings(PHONE, of_age(22))[0]
    assert warnings(PHONE, of_age(2)) == []
    assert warnings("+442071838750", {}) == []
