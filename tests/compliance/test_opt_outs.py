"""A wish to stop: suppressed, consents ended and passed on in one transaction, never lost."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from compliance.consent import Given, record
from compliance.models import AuditEntry, Suppression
from compliance.opt_outs import OptOut, opt_out
from compliance.signals import opted_out

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
PRIYA = [("email", "Priya@hudsonair.example"), ("phone", "+1 201 555 0118")]


def ask(**changes: Any) -> OptOut:
    values = {"words": "stop", "source": "SMS", "received_at": NOON, "actor": "inbound", **changes}
    return opt_out(PRIYA, **values)


@pytest.fixture
def heard() -> Iterator[list[dict[str, Any]]]:
    news: list[dict[str, Any]] = []

    def listen(sender: object, **said: Any) -> int:
        news.append(said)
        return 2

    opted_out.connect(listen)
    yield news
    opted_out.disconnect(listen)


def test_every_address_is_suppressed_and_passed_on_normalised(heard: list[dict[str, Any]]) -> None:
    done = ask()
    assert {row.address for row in done.rows} == {"priya@hudsonair.example", "+12015550118"}
    assert {(said["kind"], said["address"]) for said in heard} == {
        ("email", "priya@hudsonair.example"), ("phone", "+12015550118"),
    }  # fmt: skip
    told = {(said["words"], said["source"], said["received_at"]) for said in heard}
    assert told == {("stop", "SMS", NOON)}
    assert done.cancelled == 4


def test_what_it_did_is_in_the_ledger(heard: list[dict[str, Any]]) -> None:
    ask()
    data = AuditEntry.objects.get(action="opt_out.applied").data
    assert (data["addresses"], data["cancelled"]) == (2, 4)
    assert data["latency_ms"] > 0


def test_a_wish_ends_the_consents_and_a_hold_does_not() -> None:
    given = Given("phone", "+12015550118", "oral", ("sms",), source="call", given_at=NOON)
    consent = record(given, actor="ella")
    assert ask(reason="ambiguous").consents_ended == 0
    assert ask().consents_ended == 1
    consent.refresh_from_db()
    assert consent.revoked_by == "inbound"


def test_a_wish_about_texts_ends_what_allows_texts() -> None:
    mail = record(
        Given("email", PRIYA[0][1], "oral", ("email",), source="call", given_at=NOON), actor="ella"
    )
    assert ask(scope="sms").consents_ended == 0
    mail.refresh_from_db()
    assert mail.revoked_at is None


def test_a_listener_that_fails_loses_nothing() -> None:
    def fail(sender: object, **said: Any) -> int:
        Suppression.objects.all().delete()
        raise RuntimeError("a bug above")

    opted_out.connect(fail)
    try:
        assert ask().cancelled == 0
    finally:
        opted_out.disconnect(fail)
    assert Suppression.objects.count() == 2
