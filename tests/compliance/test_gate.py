"""The gate: allowed only when no rule objects, and every objection is told."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance import consent, gate, suppression, unsubscribe
from compliance.dnc import editions
from compliance.dnc.internal import add_internal
from compliance.gate import Decision, Outbound, Place, Recent
from tests.compliance.dnc.lists import bring_in, flat

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def outbound(**changes: object) -> Outbound:
    values = {
        "channel": "email",
        "to": "priya@hudsonair.example",
        "at": NOW,
        "subject": "Teterboro to Aspen",
        "body": "Hello Priya, could you quote this trip?",
    }
    return Outbound(**{**values, **changes})  # type: ignore[arg-type]


def suppress(kind: str, address: str, scope: str = "all") -> None:
    suppression.suppress(
        kind, address, reason="opt_out", source="e-mail reply", received_at=NOW, scope=scope
    )


def test_an_ordinary_message_is_allowed() -> None:
    assert gate.check(outbound()).allowed


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("email", "Priya@HudsonAir.example"),
        ("domain", "hudsonair.example"),
        ("domain", "@hudsonair.example"),
    ],
)
def test_a_suppressed_address_or_domain_is_refused_in_words(kind: str, address: str) -> None:
    suppress(kind, address)
    verdict = gate.check(outbound())
    assert verdict.decision is Decision.REFUSED
    assert "suppressed since 20 Nov 2026" in verdict.reasons[0]


def test_a_suppression_of_another_address_of_the_same_person_counts() -> None:
    suppress("phone", "+12015550118")
    verdict = gate.check(outbound(other_addresses=(("phone", "+12015550118"),)))
    assert not verdict.allowed


def test_a_suppression_scoped_to_sms_leaves_email_alone() -> None:
    suppress("email", "priya@hudsonair.example", scope="sms")
    assert gate.check(outbound()).allowed


def test_a_domain_entry_does_not_reach_a_longer_domain() -> None:
    suppress("domain", "air.example")
    assert gate.check(outbound()).allowed


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"channel": "carrier_pigeon"}, "not a channel"),
        ({"to": "  "}, "no address"),
        ({"to": "priya at hudsonair"}, "not an e-mail address"),
        ({"to": "2015550118@vtext.com"}, "wireless"),
        ({"body": " \n"}, "no text"),
        ({"subject": ""}, "no subject"),
        ({"subject": "Trip\nBcc: everyone@example.com"}, "line break"),
        ({"body": "Dear {{ name }},"}, "leftovers"),
        ({"body": "Dear [Name],"}, "leftovers"),
        ({"body": "Date: None."}, "leftovers"),
        ({"body": "Dear {first_name},"}, "leftovers"),
    ],
)
def test_what_must_not_leave_is_refused_with_the_reason(
    changes: dict[str, str], words: str
) -> None:
    verdict = gate.check(outbound(**changes))
    assert verdict.decision is Decision.REFUSED
    assert words in " ".join(verdict.reasons)


@pytest.mark.parametrize(
    "body",
    ["None of the dates work for us.", "Is there null-modem cable aboard?", "Nonetheless, thanks."],
)
def test_english_that_only_looks_like_a_leftover_passes(body: str) -> None:
    assert gate.check(outbound(body=body)).allowed


def test_every_objection_is_told_at_once() -> None:
    suppress("email", "priya@hudsonair.example")
    verdict = gate.check(outbound(body="", subject=""))
    assert len(verdict.reasons) == 3


def test_a_batch_asks_the_suppression_list_once() -> None:
    batch = [outbound(to=f"person{number}@hudsonair.example") for number in range(50)]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        verdicts = gate.check_many(batch)
    assert len(queries) == 1
    assert all(verdict.allowed for verdict in verdicts)


TEXT = {"channel": "sms", "to": "+13055551234", "subject": "", "body": "Is the house for sale?"}


def test_a_text_waits_for_the_hours_of_the_number(settings: object) -> None:
    night = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # Thursday 22:00 in Miami
    verdict = gate.check(outbound(**TEXT, at=night))
    assert verdict.decision is Decision.NOT_BEFORE
    assert verdict.time == datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
    assert verdict.deadline == datetime(2026, 11, 21, 0, 40, tzinfo=UTC)
    assert "US-FL allows 08:00 to 20:00" in " ".join(verdict.reasons)


def test_another_number_of_the_person_narrows_the_hours() -> None:
    morning = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)  # 09:30 in Miami, 06:30 in Los Angeles
    assert gate.check(outbound(**TEXT, at=morning)).allowed
    both = outbound(**TEXT, at=morning, other_addresses=(("phone", "+12135551234"),))
    assert gate.check(both).time == datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


def test_a_text_to_nobody_knows_where_is_refused() -> None:
    verdict = gate.check(outbound(**{**TEXT, "to": "+18005551234"}))
    assert verdict.decision is Decision.REFUSED
    assert "toll-free" in verdict.reasons[0]


def test_a_bounce_elsewhere_says_nothing_about_this_address() -> None:
    for address, reason in (("old@jets.example", "hard_bounce"), ("own@jets.example", "opt_out")):
        suppression.suppress("email", address, reason=reason, source="test", received_at=NOW)
    others = (("email", "old@jets.example"),)
    assert gate.check(outbound(other_addresses=others)).allowed
    assert not gate.check(outbound(to="old@jets.example")).allowed
    assert not gate.check(outbound(other_addresses=(("email", "own@jets.example"),))).allowed


def test_mail_has_no_hours() -> None:
    assert gate.check(outbound(at=datetime(2026, 11, 22, 4, 0, tzinfo=UTC))).allowed


@pytest.fixture
def permitted(settings: Any) -> None:
    """The registry's list for Miami is fresh, and the person signed for texts from us."""
    settings.SELLER_NAME = "Harbor Homes LLC"
    bring_in(flat([3055559999]), "305.txt")
    editions.forget()
    sign()


def sign(**changes: Any) -> None:
    values: dict[str, Any] = {
        "address_kind": "phone", "address": TEXT["to"], "kind": "written",
        "channels": ("sms",), "source": "web form", "given_at": NOW - timedelta(days=9),
        "seller": "Harbor Homes LLC", "text": "I agree to automated marketing texts …",
        "automation_shown": True, "not_condition_shown": True, "affirmative_act": "checkbox",
    }  # fmt: skip
    consent.record(consent.Given(**{**values, **changes}), actor="sam")


MARKETING = {
    **TEXT, "purpose": "marketing",
    "body": "Harbor Homes LLC: is the house for sale? Reply STOP to opt out.",
}  # fmt: skip


def mail(**changes: Any) -> Outbound:
    """A marketing mail with everything the law wants to see in it."""
    to = "priya@hudsonair.example"
    url = unsubscribe.page_url("email", to)
    footer = unsubscribe.footer(
        url=url, seller=settings.SELLER_NAME, postal_address=settings.SELLER_POSTAL_ADDRESS
    )
    return outbound(
        **{
            "purpose": "marketing", "body": f"Hello Priya.\n\n{footer}", "unsubscribe_url": url,
            "headers": tuple(unsubscribe.headers(url, "r+token@in.example").items()),
            **changes,
        }
    )  # fmt: skip


def test_a_marketing_text_with_consent_and_a_fresh_list_is_allowed(permitted: None) -> None:
    assert gate.check(outbound(**MARKETING)).reasons == ()


def test_the_time_named_obeys_every_rule_about_time_together(permitted: None) -> None:
    recent = (Recent(datetime(2026, 11, 20, 0, 30, tzinfo=UTC), "email", True),)
    verdict = gate.check(outbound(**MARKETING, recent=recent))
    # The day is over at 00:30 UTC, when it is 19:30 in Miami; that is before the last hand-over.
    assert verdict.time == datetime(2026, 11, 21, 0, 30, tzinfo=UTC)
    late = (Recent(datetime(2026, 11, 20, 0, 50, tzinfo=UTC), "email", True),)
    verdict = gate.check(outbound(**MARKETING, recent=late))
    assert verdict.time == datetime(2026, 11, 21, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"seller": "Somebody Else Inc"}, "names Somebody Else Inc"),
        ({"address": "+13055550001"}, "There is none"),
        ({"channels": ("email",)}, "is for email only"),
        ({"automation_shown": False}, "does not show"),
        ({"expires_at": NOW - timedelta(hours=1)}, "ended on"),
        ({"kind": "oral", "affirmative_act": "none"}, "is only"),
    ],
)
def test_a_consent_that_falls_short_is_refused_in_words(
    settings: Any, changes: dict[str, Any], words: str
) -> None:
    settings.SELLER_NAME = "Harbor Homes LLC"
    bring_in(flat([3055559999]), "305.txt")
    editions.forget()
    sign(**changes)
    verdict = gate.check(outbound(**MARKETING))
    assert verdict.decision is Decision.REFUSED
    assert words in " ".join(verdict.reasons)


def test_without_a_do_not_call_list_no_marketing_text_leaves(settings: Any) -> None:
    settings.SELLER_NAME = "Harbor Homes LLC"
    editions.forget()
    sign()
    assert "305" in " ".join(gate.check(outbound(**MARKETING)).reasons)


def test_a_list_older_than_28_days_refuses(permitted: None) -> None:
    later = datetime(2026, 12, 17, 15, 0, tzinfo=UTC)
    assert "29 days" in " ".join(gate.check(outbound(**MARKETING, at=later)).reasons)


def test_a_refusal_that_a_new_list_cures_says_so(permitted: None) -> None:
    later = datetime(2026, 12, 17, 15, 0, tzinfo=UTC)
    assert gate.check(outbound(**MARKETING, at=later)).curable
    unsigned = {**MARKETING, "to": "+13055559998"}
    assert not gate.check(outbound(**unsigned, at=later)).curable
    bring_in(flat([3055559997]), "305.txt", list_date=later.date())
    editions.forget()
    assert gate.check(outbound(**MARKETING, at=later)).allowed


def test_a_listed_number_needs_the_consent_it_has(permitted: None) -> None:
    listed = {**MARKETING, "to": "+13055559999"}
    assert "is on the" in " ".join(gate.check(outbound(**listed)).reasons)
    sign(address="+13055559999")
    assert gate.check(outbound(**listed)).allowed


def test_our_own_do_not_call_list_beats_every_consent(permitted: None) -> None:
    add_internal(TEXT["to"], actor="sam", reason="asked on the phone")
    assert "asked on the phone" in " ".join(gate.check(outbound(**MARKETING)).reasons)


@pytest.mark.parametrize(
    ("place", "allowed"),
    [
        (Place(country="US"), True),
        (Place(state="FL"), True),
        (Place(country="RU"), False),
        (Place(country="CA"), False),
        (Place(), False),
        (Place(country="ZZ"), False),
    ],
)
def test_cold_mail_goes_only_where_a_law_allows_it(place: Place, allowed: bool) -> None:
    cold = mail(places=(place,) if place != Place() else ())
    assert gate.check(cold).allowed is allowed


def test_two_possible_countries_obey_the_stricter() -> None:
    both = (Place(country="US"), Place(country="RU"))
    reasons = gate.check(mail(places=both)).reasons
    assert len(reasons) == 1
    assert "consent" in reasons[0]


def test_a_company_in_britain_may_be_written_to_and_a_person_not() -> None:
    british = (Place(country="GB"),)
    assert gate.check(mail(places=british, to_company=True)).allowed
    assert not gate.check(mail(places=british)).allowed


def test_an_inquiry_needs_no_consent() -> None:
    assert gate.check(outbound(places=(Place(country="RU"),))).allowed
    assert gate.check(outbound(**TEXT)).allowed


def test_a_batch_of_marketing_texts_costs_the_queries_of_one(permitted: None) -> None:
    batch = [outbound(**{**MARKETING, "to": f"+130555512{n:02d}"}) for n in range(50)]
    gate.check_many(batch[:1])
    with CaptureQueriesContext(connection) as one:
        gate.check_many(batch[:1])
    with CaptureQueriesContext(connection) as many:
        gate.check_many(batch)
    assert len(many) == len(one)


US = (Place(country="US"),)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"headers": ()}, "List-Unsubscribe"),
        ({"unsubscribe_url": ""}, "unsubscribe link"),
        ({"body": "Hello Priya."}, "does not say who writes"),
    ],
)
def test_marketing_mail_without_its_legal_lines_is_refused(
    changes: dict[str, Any], words: str
) -> None:
    assert words in " ".join(gate.check(mail(places=US, **changes)).reasons)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Harbor Homes LLC: is it for sale?", "Reply STOP"),
        ("Harbor Homes LLC: see www.harbor.example.com Reply STOP to opt out", "no link"),
        ("Is it for sale? Reply STOP to opt out", "who sends it"),
        ("Harbor Homes LLC. Reply STOP to opt out. " + "да " * 120, "segments"),
    ],
)
def test_a_first_text_must_say_who_and_how_to_stop(permitted: None, body: str, words: str) -> None:
    verdict = gate.check(outbound(**{**MARKETING, "body": body, "first_text": True}))
    assert words in " ".join(verdict.reasons)


def test_a_number_written_another_way_is_looked_up_as_the_same(permitted: None) -> None:
    assert gate.check(outbound(**{**MARKETING, "to": "+1 (305) 555-1234"})).allowed


def test_what_is_not_written_yet_is_not_judged_by_its_words() -> None:
    assert gate.check(mail(places=US, body="", subject="", worded=False)).allowed
