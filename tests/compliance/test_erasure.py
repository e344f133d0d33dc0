"""Erased addresses: known by a hash alone, and stopped for ever all the same."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from compliance import keyed_hash
from compliance.consent import Given, find, record
from compliance.dnc.internal import add_internal, lift_internal
from compliance.erasure import WHY, Erased, erase_addresses
from compliance.models import AuditEntry, Consent, InternalDncNumber, Suppression
from compliance.suppression import find as find_suppressed
from compliance.suppression import suppress

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
PRIYA = ("email", "priya@hudsonair.example")
HASH = keyed_hash.hashed(PRIYA[1])


def stop(**changes: Any) -> Suppression:
    values = {"reason": "opt_out", "source": "x", "received_at": NOON, "words": "no", **changes}
    return suppress(*PRIYA, **values)


def stopped(channel: str = "sms") -> bool:
    return bool(find_suppressed([PRIYA], channel=channel))


def test_an_address_nobody_had_stopped_is_stopped_from_now_on() -> None:
    assert erase_addresses([PRIYA], actor="ella") == Erased(1, 0)
    row = Suppression.objects.get()
    assert (row.address, row.scope, row.reason) == (HASH, "all", "erasure")
    assert stopped()


def test_an_entry_keeps_its_story_without_address_and_words() -> None:
    stop()
    erase_addresses([PRIYA], actor="ella")
    row = Suppression.objects.get()
    assert (row.address, row.words, row.reason, row.received_at) == (HASH, "", "opt_out", NOON)
    assert stopped()


def test_an_entry_for_one_channel_becomes_one_for_all() -> None:
    stop(scope="email")
    erase_addresses([PRIYA], actor="ella")
    assert set(Suppression.objects.values_list("scope", "address")) == {
        ("email", HASH), ("all", HASH),
    }  # fmt: skip
    assert stopped("sms")


def test_a_lifted_entry_is_hashed_and_stays_lifted() -> None:
    row = stop()
    Suppression.objects.update(lifted_at=timezone.now(), lifted_by="ella")
    erase_addresses([PRIYA], actor="ella")
    row.refresh_from_db()
    assert (row.address, row.stands) == (HASH, False)
    assert stopped()


def test_erasing_twice_changes_nothing() -> None:
    erase_addresses([PRIYA], actor="ella")
    entries = AuditEntry.objects.count()
    erase_addresses([PRIYA], actor="ella")
    assert Suppression.objects.count() == 1
    assert AuditEntry.objects.count() == entries


def test_who_came_back_and_is_erased_again_has_one_standing_row() -> None:
    erase_addresses([PRIYA], actor="ella")
    later = NOON + timedelta(days=900)
    stop(received_at=later)
    erase_addresses([PRIYA], actor="ella")
    standing = Suppression.objects.get(lifted_at=None)
    assert standing.address == HASH
    assert (standing.latest_at or standing.received_at) >= later
    assert not Suppression.objects.filter(address=PRIYA[1]).exists()


def test_consents_stay_as_evidence_and_permit_nothing() -> None:
    given = Given(*PRIYA, kind="oral", channels=("email",), source="fair", given_at=NOON)  # type: ignore[misc]
    record(given, actor="ella")
    assert erase_addresses([PRIYA], actor="sam").consents == 1
    consent = Consent.objects.get()
    assert consent.restricted_at is not None
    assert consent.revoked_by == "sam"
    assert consent.address == PRIYA[1]
    assert find([PRIYA]) == {}


def test_the_ledger_and_the_list_hold_no_address() -> None:
    stop()
    erase_addresses([PRIYA, ("phone", "+12015550118")], actor="ella")
    entries = [
        f"{entry.reason}{entry.data}{entry.subject_id}" for entry in AuditEntry.objects.all()
    ]
    rows = [f"{row.address}{row.words}{row.source}" for row in Suppression.objects.all()]
    for address in (PRIYA[1], "+12015550118", "2015550118"):
        assert address not in " ".join(entries + rows)


PHONE = ("phone", "+13055550123")


def test_a_number_nobody_may_call_stays_without_the_words_about_it() -> None:
    other = add_internal("+13055550199", actor="ella", reason="Somebody else said no")
    lifted = add_internal(PHONE[1], actor="ella", reason="Priya rang: leave me alone")
    lift_internal(lifted, actor="ella", reason="Priya signed again")
    add_internal(PHONE[1], actor="ella", reason="Priya rang again, furious")
    for _ in range(2):
        erase_addresses([PHONE], actor="ada")
    rows = InternalDncNumber.objects.filter(phone=13055550123)
    assert len(rows) == 2
    assert {(row.reason, row.lift_reason, row.added_by) for row in rows} == {(WHY, "", "ella")}
    assert rows.filter(lifted_at=None).count() == 1
    assert AuditEntry.objects.filter(action="dnc.internal_erased").count() == 2
    other.refresh_from_db()
    assert other.reason == "Somebody else said no"
