"""Asking the lists: who is on them, how old they are, in a fixed number of queries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance.dnc import lookup
from compliance.dnc.errors import DncRefused
from compliance.dnc.internal import add_internal, lift_internal
from compliance.models import AuditEntry, DncVersion, InternalDncNumber
from tests.compliance.dnc.lists import SAN, bring_in, flat

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 18)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
PHONE = "+15615550123"


@pytest.fixture
def national() -> DncVersion:
    return bring_in(flat([5615550123])).versions.get()


def test_a_listing_says_which_list_of_which_day(national: DncVersion) -> None:
    (listing,) = lookup.find([PHONE, "+15615550124"], NOON)[PHONE]
    assert (listing.source, listing.version) == ("national", national.pk)
    assert (listing.list_date, listing.age_days) == (DAY, 2)


def test_every_list_a_number_stands_on_is_told(national: DncVersion) -> None:
    bring_in(flat([5615550123]), "fl.txt", source="state:FL", san="")
    add_internal(PHONE, actor="sam", reason="Asked on the phone")
    found = lookup.find([PHONE], NOON)[PHONE]
    assert [one.source for one in found] == ["internal", "national", "state:FL"]


@pytest.mark.parametrize("phone", ["5615550123", "+1 561 555 0123", "+1561555O123", "", "+44"])
def test_what_is_no_number_is_on_no_list(national: DncVersion, phone: str) -> None:
    assert lookup.find([phone], NOON) == {}


def test_a_number_of_another_country_with_the_same_digits_is_not_listed(
    national: DncVersion,
) -> None:
    assert lookup.find(["+45615550123", "+5615550123"], NOON) == {}


def test_our_own_list_holds_numbers_of_any_country() -> None:
    add_internal("+442071838750", actor="sam", reason="Wrote to us")
    (listing,) = lookup.find(["+442071838750"], NOON)["+442071838750"]
    assert listing.internal
    assert listing.reason == "Wrote to us"


def test_freshness_names_the_editions_that_were_asked(national: DncVersion) -> None:
    (edition,) = lookup.freshness(["561"], NOON)["561"].editions
    assert (edition.version, edition.san, edition.age_days) == (national.pk, SAN, 2)


def test_the_proof_names_version_age_and_subscription(national: DncVersion) -> None:
    florida = bring_in(flat([5615550199]), "fl.txt", source="state:FL", san="").versions.get()
    assert lookup.ask([PHONE], NOON).proof(PHONE) == {
        "dnc_registry_version": f"national 561, version {national.pk} of 18 Nov 2026, 2 days old",
        "dnc_san": SAN,
        "state_dnc_versions": f"state:FL, version {florida.pk} of 18 Nov 2026, 2 days old",
    }


@pytest.mark.parametrize(
    ("days", "refused", "warned"),
    [(0, 0, 0), (20, 0, 0), (21, 0, 1), (28, 0, 1), (29, 1, 0), (400, 1, 0)],
)
def test_a_list_warns_from_21_days_and_refuses_after_28(
    national: DncVersion, days: int, refused: int, warned: int
) -> None:
    at = datetime(2026, 11, 18, 12, tzinfo=UTC) + timedelta(days=days)
    found = lookup.freshness(["561"], at)["561"]
    assert (len(found.refusals), len(found.warnings)) == (refused, warned)


def test_age_is_judged_by_the_later_calendar() -> None:
    bring_in(flat([5615550123]))
    late = datetime.fromisoformat("2026-12-16T20:00:00-05:00")  # the 17th in UTC: 29 days
    assert lookup.freshness(["561"], late)["561"].refusals


def test_an_area_code_never_imported_is_refused(national: DncVersion) -> None:
    assert "never imported" in lookup.freshness(["305"], NOON)["305"].refusals[0]


def test_a_state_s_stale_list_stops_its_area_codes_only(national: DncVersion) -> None:
    bring_in(
        flat([5615550199]), "fl.txt", source="state:FL", san="", list_date=DAY - timedelta(days=40)
    )
    bring_in(flat([2125550123]), "212.txt")
    found = lookup.freshness(["561", "212"], NOON)
    assert "FL's do-not-call list" in found["561"].refusals[0]
    assert not found["212"].refusals


def test_a_state_s_list_alone_does_not_stand_in_for_the_registry() -> None:
    bring_in(flat([5615550199]), "fl.txt", source="state:FL", san="")
    assert "never imported" in lookup.freshness(["561"], NOON)["561"].refusals[0]


def test_a_thousand_numbers_take_as_many_queries_as_one() -> None:
    numbers = range(5615000000, 5616000000, 1000)
    bring_in(flat([*numbers, 3055550100]), "florida.txt")
    phones = [f"+1{number}" for number in numbers]
    with CaptureQueriesContext(connection) as one:
        lookup.ask(phones[:1], NOON)
    with CaptureQueriesContext(connection) as many:
        answer = lookup.ask([*phones, "+13055550100", "+13055550101"], NOON)
    assert len(one) == len(many) == 2
    assert sum(map(bool, answer.listings.values())) == 1001
    assert set(answer.freshness) == {"561", "305"}


def test_those_on_our_own_list_cost_one_query_more_however_many() -> None:
    phones = [f"+1561555{line:04}" for line in range(200)]
    for phone in phones[:100]:
        add_internal(phone, actor="sam", reason="Asked on the phone")
    with CaptureQueriesContext(connection) as queries:
        found = lookup.find(phones, NOON)
    assert (len(found), len(queries)) == (100, 3)


def test_nothing_asked_costs_nothing() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert lookup.find([], NOON) == {}
    assert not queries.captured_queries


def test_a_request_not_to_be_called_is_written_to_the_ledger() -> None:
    row = add_internal("(561) 555-0123", actor="sam", reason="Asked on the phone")
    assert str(row) == PHONE
    entry = AuditEntry.objects.get(action="dnc.internal_added")
    assert (entry.actor, entry.subject_id) == ("sam", str(row.pk))
    assert "5550123" not in f"{entry.reason}{entry.data}"  # the ledger can't be erased


def test_asking_twice_keeps_the_first_entry() -> None:
    first = add_internal(PHONE, actor="sam", reason="Asked on the phone")
    assert add_internal(PHONE, actor="ella", reason="Asked again") == first
    assert InternalDncNumber.objects.count() == 1


@pytest.mark.parametrize("phone", ["", "hello", "12", "+1561555O1"])
def test_what_is_no_number_does_not_enter_our_list(phone: str) -> None:
    with pytest.raises(DncRefused, match="no phone number"):
        add_internal(phone, actor="sam", reason="x")


def test_an_entry_needs_its_story() -> None:
    with pytest.raises(DncRefused, match="Say who asked"):
        add_internal(PHONE, actor="sam", reason=" ")


def test_a_lifted_entry_stays_on_record_and_may_be_asked_for_again() -> None:
    row = add_internal(PHONE, actor="sam", reason="Asked on the phone")
    lift_internal(row, actor="sam", reason="Signed a new consent")
    assert lookup.find([PHONE], NOON) == {}
    with pytest.raises(DncRefused, match="lifted already"):
        lift_internal(row, actor="sam", reason="again")
    add_internal(PHONE, actor="sam", reason="Asked anew")
    assert InternalDncNumber.objects.count() == 2
