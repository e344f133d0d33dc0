"""Cold e-mail goes only where a law that was entered, and is in force, allows it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from compliance import consent, gate, rulebook
from compliance.choices import Confidence, EmailLawBasis
from compliance.email_law import EmailLaw, cold_email_basis, demanded
from compliance.gate import Place
from compliance.implied import Implied
from compliance.models import Consent, EmailLawVersion
from compliance.rule_versions import revise_rule
from compliance.shipped_rules import shipped_email_laws
from tests.compliance.test_gate import NOW, mail

SHIPPED = {rule.jurisdiction: [rule.as_value()] for rule in shipped_email_laws()}


@pytest.mark.parametrize("country", ["US", "us", "US-FL", "PR"])
def test_the_united_states_allow_it_until_the_person_opts_out(country: str) -> None:
    basis = cold_email_basis(country, SHIPPED)
    assert basis.allowed
    assert "CAN-SPAM" in basis.reason


@pytest.mark.parametrize(
    ("country", "law"), [("RU", "38-FZ"), ("CA", "CASL"), ("DE", "UWG"), ("FR", "L34-5")]
)
def test_opt_in_countries_refuse_it_and_name_the_law(country: str, law: str) -> None:
    basis = cold_email_basis(country, SHIPPED, to_company=True)
    assert not basis.allowed
    assert law in basis.reason


def test_britain_tells_companies_from_people() -> None:
    assert cold_email_basis("GB", SHIPPED, to_company=True).allowed
    refused = cold_email_basis("GB", SHIPPED)
    assert not refused.allowed
    assert "companies only" in refused.reason


@pytest.mark.parametrize("country", ["", "  ", "ZZ", "BR", "Germany", "-"])
def test_an_unknown_country_is_refused(country: str) -> None:
    basis = cold_email_basis(country, SHIPPED)
    assert not basis.allowed
    assert basis.reason


@given(st.text(max_size=6), st.booleans())
def test_nothing_but_what_is_entered_is_ever_allowed(country: str, to_company: bool) -> None:
    if cold_email_basis(country, SHIPPED, to_company=to_company).allowed:
        (law,) = SHIPPED[country.strip().upper().split("-")[0]]
        assert law.basis in {EmailLawBasis.OPT_OUT, EmailLawBasis.COMPANIES}


def test_every_law_says_where_it_stands_and_how_well_it_is_known() -> None:
    assert all(rule.citation for rule in shipped_email_laws())
    assert {rule.confidence for rule in shipped_email_laws()} <= set(Confidence.values)


def test_of_several_countries_every_one_must_allow_it() -> None:
    assert not demanded(["US", "PR"], SHIPPED).consent
    both = demanded(["US", "RU"], SHIPPED)
    assert both.consent
    assert not both.implied.kinds
    assert "38-FZ" in both.reason
    assert "CAN-SPAM" not in both.reason


def test_canada_takes_a_purchase_an_inquiry_and_a_published_address_for_consent() -> None:
    canada = demanded(["CA", "US"], SHIPPED)
    assert canada.consent
    assert canada.implied == Implied(24, 6, published_address=True)
    assert "a purchase in the last 24 months" in canada.reason


@pytest.mark.parametrize("other", ["RU", "DE", "GB", "ZZ", ""])
def test_where_another_law_asks_for_more_nothing_is_implied(other: str) -> None:
    assert not demanded(["CA", other], SHIPPED).implied.kinds


def test_of_two_laws_the_shorter_term_counts_and_what_both_take() -> None:
    laws = {
        "CA": [EmailLaw("CA", "implied", "a", 24, 6, published_address=True)],
        "QQ": [EmailLaw("QQ", "implied", "b", 12, None, published_address=True)],
    }
    assert demanded(["CA", "QQ"], laws).implied == Implied(12, None, published_address=True)


def test_no_country_at_all_is_refused_in_words() -> None:
    nowhere = demanded([], SHIPPED)
    assert nowhere.consent
    assert not nowhere.implied.kinds
    assert "country is not known" in nowhere.reason


def test_where_two_versions_may_count_the_stricter_does() -> None:
    changing = {"US": [EmailLaw("US", "opt_out", "old"), EmailLaw("US", "opt_in", "new")]}
    refused = cold_email_basis("US", changing)
    assert not refused.allowed
    assert "new" in refused.reason


@pytest.mark.usefixtures("live_rules")
class TestInForce:
    def revise(self, country: str, begins: date, **values: object) -> EmailLawVersion:
        row = EmailLawVersion.objects.get(jurisdiction=country, superseded=False)
        changes = {**values, "effective_from": begins}
        return revise_rule(row, changes, actor="sam", why="counsel")

    def test_a_law_counts_from_its_day_on(self) -> None:
        self.revise("US", date(2027, 3, 1), basis="opt_in", citation="a new act")
        day = datetime(2027, 3, 1, 12, tzinfo=UTC)
        before = rulebook.email_laws(day - timedelta(days=3))
        after = rulebook.email_laws(day + timedelta(days=3))
        assert cold_email_basis("US", before).allowed
        assert not cold_email_basis("US", after).allowed
        assert len(rulebook.email_laws(day - timedelta(hours=8))["US"]) == 2

    def test_a_law_that_ended_leaves_the_country_closed(self) -> None:
        self.revise("US", date(2026, 1, 1), effective_to=date(2026, 6, 1))
        assert "US" not in rulebook.email_laws(datetime(2026, 11, 20, tzinfo=UTC))

    def test_the_gate_obeys_an_edit_at_once_and_names_the_law(self) -> None:
        cold = mail(places=(Place(country="US"),))
        assert gate.check(cold).allowed
        self.revise("US", date(2026, 1, 1), basis="opt_in", citation="a new act")
        (reason,) = gate.check(cold).reasons
        assert "United States asks for consent before the first e-mail (a new act)." in reason

    def test_asking_again_costs_no_query(self, django_assert_num_queries: object) -> None:
        rulebook.email_laws()
        with django_assert_num_queries(0):  # type: ignore[operator]
            rulebook.email_laws(datetime(2027, 3, 14, tzinfo=UTC))


@pytest.mark.django_db
def test_an_allowed_mail_keeps_the_laws_it_stood_on() -> None:
    british = mail(places=(Place(country="GB"), Place(country="US")), to_company=True)
    (verdict,) = gate.check_many([british], grounds=True)
    applied = verdict.grounds["state_rules_applied"]
    assert applied.startswith("GB (Privacy and Electronic")
    assert "CAN-SPAM" in applied


CANADA = (Place(country="CA"),)


def inquired(days_ago: int, kind: str = "inquiry", **changes: object) -> None:
    values: dict[str, object] = {
        "address_kind": "email", "address": "priya@hudsonair.example", "kind": kind,
        "channels": ("email",), "source": "web form", "seller": settings.SELLER_NAME,
        "given_at": NOW - timedelta(days=days_ago), **changes,
    }  # fmt: skip
    consent.record(consent.Given(**values), actor="sam")  # type: ignore[arg-type]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "days", "lawful"),
    [
        ("inquiry", 150, True), ("inquiry", 190, False),
        ("existing_business", 700, True), ("existing_business", 740, False),
    ],
)  # fmt: skip
def test_a_canadian_is_mailed_while_the_relationship_lasts(
    kind: str, days: int, lawful: bool
) -> None:
    inquired(days, kind)
    verdict = gate.check(mail(places=CANADA))
    assert verdict.allowed is lawful
    assert lawful or "which counted until" in verdict.reasons[0]


@pytest.mark.django_db
def test_a_canadian_nobody_knows_is_refused_with_the_law() -> None:
    (reason,) = gate.check(mail(places=CANADA)).reasons
    assert "Canada asks for consent, given or implied by a purchase" in reason
    assert "CASL" in reason


@pytest.mark.django_db
def test_an_address_published_for_business_opens_canada_and_no_other_country() -> None:
    inquired(10, "publicly_listed", page_url="https://hudsonair.example/team", concerns_role=True)
    assert gate.check(mail(places=CANADA)).allowed
    assert not gate.check(mail(places=(Place(country="DE"),))).allowed
    assert not gate.check(mail(places=(*CANADA, Place(country="DE")))).allowed


@pytest.mark.django_db
def test_an_implied_consent_that_was_taken_back_opens_nothing() -> None:
    inquired(10)
    to = [("email", "priya@hudsonair.example")]
    consent.revoke_all(to, actor="sam", reason="asked", at=NOW - timedelta(days=1))
    assert not gate.check(mail(places=CANADA)).allowed


@pytest.mark.django_db
def test_the_proof_names_the_consent_it_stood_on() -> None:
    inquired(10)
    (verdict,) = gate.check_many([mail(places=CANADA)], grounds=True)
    assert verdict.grounds["consent_id"] == str(Consent.objects.get().pk)
    assert "CASL" in verdict.grounds["state_rules_applied"]
