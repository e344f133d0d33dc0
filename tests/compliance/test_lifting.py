"""What was stopped stays stopped until the person says something new, and even then only that."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from compliance import keyed_hash
from compliance.consent import Given, record, revoke
from compliance.lifting import LiftError, lift, release
from compliance.models import AuditEntry, Consent, Suppression
from compliance.suppression import find, suppress

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
DAY = timedelta(days=1)
PRIYA = ("email", "priya@hudsonair.example")
GIVEN = Given(
    address_kind="email", address=PRIYA[1], kind="written", source="web form", given_at=NOON + DAY,
    channels=("email", "sms", "whatsapp", "phone"), seller="Harbor Homes LLC",
    text="Write to me again.", affirmative_act="checkbox",
)  # fmt: skip


def stop(**changes: Any) -> Suppression:
    values = {"reason": "opt_out", "source": "test", "received_at": NOON, **changes}
    return suppress(*PRIYA, **values)


def again(**changes: Any) -> Consent:
    return record(replace(GIVEN, **changes), actor="ella")


def stopped(channel: str = "email") -> bool:
    return bool(find([PRIYA], channel=channel))


def test_a_newer_consent_lifts_and_the_row_stays() -> None:
    row = stop()
    consent = again()
    assert lift(*PRIYA, consent=consent, actor="ella") == [row]
    assert not stopped()
    row.refresh_from_db()
    assert (row.lifted_by, row.lifted_by_consent) == ("ella", consent)
    entry = AuditEntry.objects.get(action="suppression.lifted")
    assert entry.data["consent"] == str(consent.pk)


@pytest.mark.parametrize("before", [DAY, timedelta()])
def test_a_consent_not_newer_than_the_wish_lifts_nothing(before: timedelta) -> None:
    stop()
    with pytest.raises(LiftError, match="asked us to stop later"):
        lift(*PRIYA, consent=again(given_at=NOON - before), actor="ella")
    assert stopped()


def test_a_wish_repeated_after_the_consent_stands() -> None:
    stop(reason="hard_bounce")
    consent = again()
    stop(received_at=NOON + 2 * DAY)
    with pytest.raises(LiftError, match="asked us to stop later"):
        lift(*PRIYA, consent=consent, actor="ella")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "existing_business"}, "themselves"),
        ({"kind": "publicly_listed", "page_url": "https://a.example"}, "themselves"),
        ({"address": "other@hudsonair.example"}, "another address"),
        ({"expires_at": NOON + 2 * DAY}, "has ended"),
        ({"seller": "Somebody Else"}, "names Somebody Else"),
    ],
)
def test_what_is_no_new_consent_of_theirs_to_us_lifts_nothing(
    changes: dict[str, Any], words: str
) -> None:
    stop()
    with pytest.raises(LiftError, match=words):
        lift(*PRIYA, consent=again(**changes), actor="ella")
    assert stopped()


def test_a_revoked_consent_lifts_nothing() -> None:
    stop()
    consent = again()
    revoke(consent, actor="ella")
    consent.refresh_from_db()
    with pytest.raises(LiftError, match="has ended"):
        lift(*PRIYA, consent=consent, actor="ella")


def test_a_consent_to_mail_leaves_texts_stopped() -> None:
    stop()
    lift(*PRIYA, consent=again(channels=("email",)), actor="ella")
    assert not stopped("email")
    assert all(stopped(channel) for channel in ("sms", "whatsapp", "phone"))
    assert Suppression.objects.get(scope="sms").received_at == NOON


def test_a_consent_for_another_channel_lifts_nothing() -> None:
    stop(scope="sms")
    with pytest.raises(LiftError, match="not suppressed itself"):
        lift(*PRIYA, consent=again(channels=("email",)), actor="ella")


def test_one_persons_consent_does_not_lift_a_whole_domain() -> None:
    suppress("domain", "hudsonair.example", reason="opt_out", source="x", received_at=NOON)
    with pytest.raises(LiftError):
        lift(*PRIYA, consent=again(), actor="ella")
    assert stopped()


def test_who_was_erased_may_come_back() -> None:
    Suppression.objects.create(
        kind="email", address=keyed_hash.hashed(PRIYA[1]), reason="erasure", source="desk",
        received_at=NOON, erased_at=NOON,
    )  # fmt: skip
    lift(*PRIYA, consent=again(), actor="ella")
    assert not stopped()


def test_a_hold_is_cleared_by_a_person_with_a_reason() -> None:
    row = stop(reason="ambiguous", words="not now")
    with pytest.raises(LiftError, match="Say why"):
        release(row, actor="ella", reason=" ")
    release(row, actor="ella", reason="They meant next week.")
    assert not stopped()
    entry = AuditEntry.objects.get(action="suppression.lifted")
    assert (entry.actor, entry.reason) == ("ella", "They meant next week.")


@pytest.mark.parametrize("reason", ["opt_out", "unsubscribed", "complaint", "manual", "erasure"])
def test_no_button_clears_what_a_person_asked_for(reason: str) -> None:
    row = stop(reason=reason)
    with pytest.raises(LiftError, match="only a new consent"):
        release(row, actor="ella", reason="We would like to.")
    assert stopped()


def test_a_hold_that_became_a_wish_is_no_hold_any_more() -> None:
    row = stop(reason="ambiguous")
    stop(received_at=NOON + DAY)
    with pytest.raises(LiftError):
        release(row, actor="ella", reason="It was a hold when I looked.")
