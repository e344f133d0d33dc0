"""What an allowed decision stood on: told in the words the evidence asks for."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from compliance import consent, gate, rulebook
from compliance.dnc import editions
from compliance.evidence.questions import empty_sections
from compliance.gate import Outbound, Place, Recent
from compliance.grounds import tzdata_version
from tests.compliance.dnc.lists import bring_in, flat

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # a Friday; 10:00 in Miami
TEXT: dict[str, Any] = {
    "channel": "sms", "to": "+13055551234", "at": NOW, "body": "Is the house for sale?",
}  # fmt: skip


def grounds(**changes: Any) -> dict[str, str]:
    (verdict,) = gate.check_many([Outbound(**{**TEXT, **changes})], grounds=True)
    assert verdict.allowed, verdict.reasons
    return dict(verdict.grounds)


def test_every_answer_is_to_a_question_the_evidence_asks() -> None:
    asked = {q.field for s in empty_sections() if s.key == "gate_decision" for q in s.questions}
    assert set(grounds()) <= asked


def test_the_local_time_in_every_plausible_zone_is_told() -> None:
    told = grounds(other_addresses=(("phone", "+13125551234"),))
    assert told["zones_considered"] == "America/Chicago, America/New_York"
    assert told["recipient_local_times"] == "Fri 09:00 America/Chicago, Fri 10:00 America/New_York"
    assert "number +1305…: America/New_York" in told["zone_sources"]


def test_the_rules_applied_are_named_with_their_sources_and_version() -> None:
    told = grounds()
    assert "US-FL (Fla. Stat. 501.616(6)" in told["state_rules_applied"]
    assert told["policy_version"] == rulebook.current(NOW).version
    assert told["holiday_check"] == "No holiday on 2026-11-20"


def test_a_postal_code_is_named_as_a_source() -> None:
    told = grounds(places=(Place(postal_code="33101", state="FL"),))
    assert "33101 FL: America/New_York" in told["zone_sources"]


def test_what_went_out_within_a_day_is_counted() -> None:
    recent = tuple(Recent(NOW - timedelta(hours=hours), "email", False) for hours in (2, 30))
    assert grounds(recent=recent)["count_24h"] == "1"


def test_the_deadline_is_when_the_window_closes() -> None:
    assert grounds()["send_deadline"] == "2026-11-21 00:40:00 UTC"


def test_a_whole_number_never_reaches_the_ledger() -> None:
    assert "3055551234" not in str(grounds())


def test_mail_to_a_vendor_needs_no_hours() -> None:
    told = grounds(channel="email", to="pat@jets.example", subject="Trip")
    assert "zones_considered" not in told
    assert told["suppression_checked_at"] == "2026-11-20 15:00:00 UTC"


def test_a_marketing_text_names_its_consent_and_the_lists_asked(settings: Any) -> None:
    settings.SELLER_NAME = "Harbor Homes LLC"
    bring_in(flat([3055559999]), "305.txt")
    editions.forget()
    values: dict[str, Any] = {
        "address_kind": "phone", "address": TEXT["to"], "kind": "written",
        "channels": ("sms",), "source": "web form", "given_at": NOW - timedelta(days=9),
        "seller": "Harbor Homes LLC", "text": "I agree to automated marketing texts …",
        "automation_shown": True, "not_condition_shown": True, "affirmative_act": "checkbox",
    }  # fmt: skip
    given = consent.record(consent.Given(**values), actor="sam")
    other = consent.record(consent.Given(**{**values, "seller": "Somebody Else"}), actor="sam")
    body = "Harbor Homes LLC: is the house for sale? Reply STOP to opt out."
    told = grounds(purpose="marketing", body=body)
    assert str(given.pk) in told["consent_id"]
    assert str(other.pk) not in told["consent_id"]
    assert told["dnc_registry_version"]


def test_nothing_is_told_unless_asked_for() -> None:
    assert gate.check(Outbound(**TEXT)).grounds == {}


def test_the_edition_of_the_zone_data_is_known() -> None:
    assert tzdata_version()[:2] == "20"
