"""The suppression list: one standing row, every form of an address, and nothing forgotten."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compliance import keyed_hash
from compliance.addresses import BadAddressError
from compliance.models import AuditEntry, Suppression
from compliance.suppression import find, latency, suppress, suppress_person

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
PRIYA = ("email", "priya@hudsonair.example")


def stop(address: str, kind: str = "email", **changes: object) -> Suppression:
    values: dict[str, object] = {"reason": "opt_out", "source": "test", "received_at": NOON}
    return suppress(kind, address, **{**values, **changes})  # type: ignore[arg-type]


def test_an_entry_is_normalised_and_in_the_ledger_without_the_address() -> None:
    row = stop("(201) 555-0118", "phone", actor="ella")
    assert row.address == "+12015550118"
    entry = AuditEntry.objects.get(action="suppression.added")
    assert (entry.actor, entry.subject_id) == ("ella", str(row.pk))
    assert entry.data["address"] == keyed_hash.hashed("+12015550118")
    assert "5550118" not in str(entry.data)


def test_a_number_with_letters_is_refused_and_nothing_is_stored() -> None:
    with pytest.raises(BadAddressError):
        stop("1-800-FLOWERS", "phone")
    assert not Suppression.objects.exists()


def test_a_person_is_stopped_at_every_address_even_one_that_cannot_be_read() -> None:
    suppress_person(
        [PRIYA, ("phone", "+1 201 555 0118"), ("email", "priya at hudsonair"), ("email", " ")],
        reason="opt_out", source="reply", received_at=NOON,
    )  # fmt: skip
    assert set(Suppression.objects.values_list("address", flat=True)) == {
        "priya@hudsonair.example", "+12015550118", "priya at hudsonair",
    }  # fmt: skip


def test_the_same_request_heard_twice_is_one_row_and_one_entry() -> None:
    stop("a@jets.example")
    stop("A@jets.example")
    assert Suppression.objects.count() == 1
    assert AuditEntry.objects.filter(action__startswith="suppression.").count() == 1


def test_a_later_request_is_noted_on_the_standing_row() -> None:
    stop("a@jets.example")
    stop("a@jets.example", received_at=NOON + timedelta(days=2))
    row = Suppression.objects.get()
    assert (row.received_at, row.latest_at) == (NOON, NOON + timedelta(days=2))


def test_what_the_person_asks_takes_the_place_of_a_hold() -> None:
    stop("a@jets.example", reason="ambiguous", words="enough?")
    stop("a@jets.example", reason="opt_out", words="stop", received_at=NOON + timedelta(hours=1))
    row = Suppression.objects.get()
    assert (row.reason, row.words) == ("opt_out", "stop")


def test_a_bounce_does_not_take_the_place_of_an_opt_out() -> None:
    stop("a@jets.example")
    stop("a@jets.example", reason="hard_bounce", received_at=NOON + timedelta(hours=1))
    assert Suppression.objects.get().reason == "opt_out"


def test_the_database_keeps_one_standing_row() -> None:
    row = stop("a@jets.example")
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_after_lifting_a_new_request_is_a_new_row() -> None:
    row = stop("a@jets.example")
    Suppression.objects.filter(pk=row.pk).update(lifted_at=timezone.now(), lifted_by="ella")
    assert not find([("email", "a@jets.example")], channel="email")
    stop("a@jets.example", received_at=NOON + timedelta(days=9))
    assert find([("email", "a@jets.example")], channel="email")
    assert Suppression.objects.count() == 2


@pytest.mark.parametrize(
    ("suppressed", "stopped"),
    [
        ("hudsonair.example", True),
        ("xn--mnchen-jets-thb.example", False),
        ("air.example", False),
        ("example", False),
    ],
)
def test_a_domain_stops_itself_and_what_is_below_it(suppressed: str, stopped: bool) -> None:
    Suppression.objects.create(kind="domain", address=suppressed, reason="manual", source="test")
    found = find([("email", "Priya@mail.HudsonAir.example")], channel="email")
    assert bool(found) is stopped


def test_an_erased_address_is_found_by_its_hash() -> None:
    Suppression.objects.create(
        kind="email", address=keyed_hash.hashed(PRIYA[1]), reason="erasure", source="test",
        erased_at=NOON,
    )  # fmt: skip
    assert PRIYA[1] in find([("email", "PRIYA@HudsonAir.example")], channel="email")
    assert not find([("email", "other@hudsonair.example")], channel="email")


def test_a_hash_made_with_an_earlier_pepper_is_still_found(settings: object) -> None:
    settings.ADDRESS_PEPPER = "the first one"  # type: ignore[attr-defined]
    old = keyed_hash.hashed(PRIYA[1])
    Suppression.objects.create(kind="email", address=old, reason="erasure", source="test")
    settings.ADDRESS_PEPPER = "the second one"  # type: ignore[attr-defined]
    assert not find([PRIYA], channel="email")
    settings.ADDRESS_PEPPER_FALLBACKS = ["the first one"]  # type: ignore[attr-defined]
    assert find([PRIYA], channel="email")


@pytest.mark.parametrize(
    ("scope", "channel", "stopped"),
    [("all", "sms", True), ("sms", "sms", True), ("sms", "email", False), ("phone", "sms", False)],
)
def test_a_scope_is_all_or_one_channel(scope: str, channel: str, stopped: bool) -> None:
    stop("+12015550118", "phone", scope=scope)
    assert bool(find([("phone", "+12015550118")], channel=channel)) is stopped


def test_a_batch_is_one_query() -> None:
    pairs = [("email", f"p{n}@mail.jets.example") for n in range(1000)]
    with CaptureQueriesContext(connection) as queries:
        find(pairs, channel="email")
    assert len(queries) == 1


def test_latency_is_measured_over_what_people_asked_for() -> None:
    now = timezone.now()
    stop("a@jets.example", received_at=now - timedelta(seconds=2))
    stop("b@jets.example", received_at=now - timedelta(days=3), reason="hard_bounce")
    row = stop("c@jets.example", received_at=now - timedelta(days=900))
    Suppression.objects.filter(pk=row.pk).update(imported_from="old.csv")
    measured = latency(since=now - timedelta(days=1))
    assert measured.count == 1
    assert timedelta(seconds=2) <= measured.worst < timedelta(seconds=30)
