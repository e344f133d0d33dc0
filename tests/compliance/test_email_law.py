"""Cold e-mail goes only where a law that was entered allows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.choices import Confidence
from compliance.email_law import cold_email_basis, email_laws


@pytest.mark.parametrize("country", ["US", "us", "US-FL", "PR"])
def test_the_united_states_allow_it_until_the_person_opts_out(country: str) -> None:
    basis = cold_email_basis(country)
    assert basis.allowed
    assert "CAN-SPAM" in basis.reason


@pytest.mark.parametrize(
    ("country", "law"), [("RU", "38-FZ"), ("CA", "CASL"), ("DE", "UWG"), ("FR", "L34-5")]
)
def test_opt_in_countries_refuse_it_and_name_the_law(country: str, law: str) -> None:
    basis = cold_email_basis(country, to_company=True)
    assert not basis.allowed
    assert law in basis.reason


def test_britain_tells_companies_from_people() -> None:
    assert cold_email_basis("GB", to_company=True).allowed
    refused = cold_email_basis("GB")
    assert not refused.allowed
    assert "companies only" in refused.reason


@pytest.mark.parametrize("country", ["", "  ", "ZZ", "BR", "Germany", "-"])
def test_an_unknown_country_is_refused(country: str) -> None:
    basis = cold_email_basis(country)
    assert not basis.allowed
    assert basis.reason


@given(st.text(max_size=6), st.booleans())
def test_nothing_but_what_is_entered_is_ever_allowed(country: str, to_company: bool) -> None:
    if cold_email_basis(country, to_company=to_company).allowed:
        assert email_laws()[country.strip().upper().split("-")[0]].basis != "opt_in"


def test_every_law_says_where_it_stands_and_how_well_it_is_known() -> None:
    assert all(law.citation for law in email_laws().values())
    assert {law.confidence for law in email_laws().values()} <= set(Confidence.values)
