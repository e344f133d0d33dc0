"""Addresses come out in the one form they are stored in, or are refused with a reason."""

import pytest

from crm.addresses import normalise_domain, normalise_email, normalise_phone, normalise_url
from crm.errors import BadAddressError


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Charter@HudsonAir.Example ", "charter@hudsonair.example"),
        ("mailto:desk@jets.example", "desk@jets.example"),
        ("info@münchen-jets.example", "info@xn--mnchen-jets-thb.example"),
    ],
)
def test_an_email_is_stored_in_lower_case_with_an_ascii_domain(typed: str, stored: str) -> None:
    assert normalise_email(typed) == stored


@pytest.mark.parametrize("typed", ["", "nobody", "a@b", "two@@example.org", "a b@example.org"])
def test_what_is_no_email_is_refused_by_name(typed: str) -> None:
    with pytest.raises(BadAddressError, match="is not an e-mail address"):
        normalise_email(typed)


@pytest.mark.parametrize(
    ("typed", "country", "stored"),
    [
        ("(201) 555-0118", "US", "+12015550118"),
        ("0131 496 0127", "GB", "+441314960127"),
        ("+49 30 901820", "US", "+4930901820"),
    ],
)
def test_a_phone_is_stored_as_e164(typed: str, country: str, stored: str) -> None:
    assert normalise_phone(typed, country=country) == stored


@pytest.mark.parametrize("typed", ["", "call us", "12", "+999 123"])
def test_what_is_no_phone_is_refused(typed: str) -> None:
    with pytest.raises(BadAddressError):
        normalise_phone(typed)


def test_a_web_form_gets_a_scheme() -> None:
    assert normalise_url("Jets.example/quote?x=1") == "https://jets.example/quote?x=1"
    with pytest.raises(BadAddressError):
        normalise_url("not a page")


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        ("https://www.HudsonAir.example/contact", "hudsonair.example"),
        ("charter@hudsonair.example", "hudsonair.example"),
        ("someone@gmail.com", None),
        ("localhost", None),
        ("", None),
    ],
)
def test_a_domain_identifies_unless_everybody_shares_it(typed: str, domain: str | None) -> None:
    assert normalise_domain(typed) == domain


def test_brackets_that_hold_no_address_are_no_domain() -> None:
    assert normalise_domain("https://[bold].example") is None


def test_brackets_that_hold_no_address_are_no_page() -> None:
    with pytest.raises(BadAddressError):
        normalise_url("https://[bold].example")
