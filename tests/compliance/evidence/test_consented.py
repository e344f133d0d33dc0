"""Consents in the evidence: with the words, the act and the end."""

from datetime import UTC, datetime

import pytest

from compliance.consent import Given, record, revoke
from compliance.evidence import Person, gather

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_a_consent_answers_what_a_lawyer_asks() -> None:
    consent = record(
        Given(
            "phone", "+12015550118", "written", ("sms",), source="web form", given_at=NOON,
            seller="Attaché LLC", text="I agree.", affirmative_act="checkbox", ip="203.0.113.7",
            automation_shown=True,
        ),
        actor="ella",
    )  # fmt: skip
    revoke(consent, actor="sam", reason="by phone")
    evidence = gather(Person((("phone", "+12015550118"),), "Priya"))
    (told,) = next(part for part in evidence.sections if part.key == "consent").records
    assert told.answers["disclosure_text"] == "I agree."
    assert told.answers["autodialer_wording_shown"] == "Yes"
    assert told.answers["not_condition_of_purchase_shown"] == "No"
    assert told.answers["captured_at_utc"] == "2026-03-02 17:00:00 UTC"
    assert "by sam by phone" in told.answers["revoked_at"]
    assert {line.action for line in evidence.lines} == {"consent.recorded", "consent.revoked"}


@pytest.mark.django_db
def test_an_implied_consent_tells_by_which_law_and_until_when() -> None:
    record(
        Given(
            "email", "p@x.example", "inquiry", ("email",), source="web form", given_at=NOON,
            seller="Attaché LLC",
        ),
        actor="ella",
    )  # fmt: skip
    evidence = gather(Person((("email", "p@x.example"),), "Priya"))
    (told,) = next(part for part in evidence.sections if part.key == "consent").records
    ground = told.answers["jurisdiction_basis"]
    assert ground.startswith("CA (Canada's Anti-Spam")
    assert ground.endswith("until 02 Sep 2026")
