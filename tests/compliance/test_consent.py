"""Consent records: complete when written, unchangeable after, found in one query."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from compliance.addresses import BadAddressError
from compliance.consent import (
    ConsentError,
    Given,
    find,
    record,
    revoke,
    revoke_all,
)
from compliance.models import AuditEntry, Consent

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
TEXT = "I agree that Attaché LLC may text marketing to this number by an automated system."
WRITTEN = Given(
    address_kind="phone",
    address="(201) 555-0118",
    person_name="Priya Raman",
    kind="written",
    channels=("sms",),
    seller="Attaché LLC",
    text=TEXT,
    automation_shown=True,
    not_condition_shown=True,
    affirmative_act="checkbox",
    source="web form",
    page_url="https://attache.example/join",
    given_at=NOON,
    ip="203.0.113.7",
    user_agent="Mozilla/5.0",
)


def test_a_record_keeps_the_words_and_their_fingerprint() -> None:
    consent = record(WRITTEN, actor="ella")
    consent.refresh_from_db()
    assert (consent.address, consent.text, consent.recorded_by) == ("+12015550118", TEXT, "ella")
    assert consent.text_hash == hashlib.sha256(TEXT.encode()).hexdigest()
    entry = AuditEntry.objects.get(action="consent.recorded")
    assert entry.data["text_hash"] == consent.text_hash
    assert "5550118" not in str(entry.data)
    assert "Priya" not in str(entry.data)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": " "}, "words that were shown"),
        ({"seller": ""}, "names the seller"),
        ({"affirmative_act": "none"}, "an act of the person"),
        ({"affirmative_act": "spoken"}, "an act of the person"),
        ({"kind": "assumed"}, "no kind of consent"),
        ({"channels": ()}, "Name the channels"),
        ({"channels": ("pigeon",)}, "Name the channels"),
        ({"source": " "}, "where the consent"),
        ({"given_at": datetime(2999, 1, 1, tzinfo=UTC)}, "future"),
        ({"given_at": datetime(2026, 1, 1)}, "no time zone"),
        ({"ip": "here"}, "not an IP address"),
        ({"page_url": "javascript:alert(1)"}, "https://"),
        ({"address_kind": "domain", "address": "jets.example"}, "one e-mail address"),
        ({"person_name": "x" * 161}, "too long"),
    ],
)
def test_what_proves_nothing_is_refused_in_words(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ConsentError, match=words):
        record(replace(WRITTEN, **changes), actor="ella")
    assert not Consent.objects.exists()


def test_a_number_with_letters_is_refused() -> None:
    with pytest.raises(BadAddressError):
        record(replace(WRITTEN, address="1-800-FLOWERS"), actor="ella")


def test_the_database_itself_refuses_a_written_consent_without_words() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(
            address_kind="phone", address="+1", kind="written", seller="us", given_at=NOON
        )


def test_the_same_consent_twice_is_one_record() -> None:
    first = record(WRITTEN, actor="ella")
    again = record(WRITTEN, actor="sam", evidence=ContentFile(b"x", "x.png"))
    assert again.pk == first.pk
    assert Consent.objects.count() == 1


def test_a_record_is_neither_changed_nor_deleted() -> None:
    consent = record(WRITTEN, actor="ella")
    consent.text = "something else"
    for how in ({}, {"update_fields": ["text"]}):
        with pytest.raises(TypeError, match="evidence"):
            consent.save(**how)
    with pytest.raises(TypeError, match="never deleted"):
        consent.delete()


@pytest.mark.parametrize(
    ("kind", "ends"),
    [
        ("written", None),
        ("oral", None),
        ("existing_business", datetime(2027, 9, 2, 17, tzinfo=UTC)),
        ("inquiry", datetime(2026, 6, 2, 17, tzinfo=UTC)),
    ],
)
def test_a_relationship_ends_by_itself(kind: str, ends: datetime | None) -> None:
    assert record(replace(WRITTEN, kind=kind), actor="ella").expires_at == ends


@pytest.mark.parametrize("kind", ["existing_business", "inquiry"])
def test_what_is_for_mail_alone_lasts_as_the_country_says(kind: str) -> None:
    given = replace(WRITTEN, kind=kind, address_kind="email", address="p@x.example",
                    channels=("email",))  # fmt: skip
    assert record(given, actor="ella").expires_at is None


def test_a_published_address_says_on_which_page() -> None:
    given = replace(WRITTEN, kind="publicly_listed", page_url="")
    with pytest.raises(ConsentError, match="on which page"):
        record(given, actor="ella")


def test_an_earlier_end_that_was_agreed_wins() -> None:
    end = NOON + timedelta(days=7)
    given = replace(WRITTEN, kind="inquiry", expires_at=end)
    assert record(given, actor="ella").expires_at == end


def test_revoking_ends_it_once_and_keeps_it() -> None:
    consent = record(WRITTEN, actor="ella")
    assert revoke(consent, actor="ella", reason="by phone")
    assert not revoke(consent, actor="sam", reason="again")
    consent.refresh_from_db()
    assert (consent.revoked_by, consent.revoke_reason) == ("ella", "by phone")
    assert AuditEntry.objects.filter(action="consent.revoked").count() == 1


def test_an_opt_out_ends_every_consent_of_the_address_for_its_channel() -> None:
    record(WRITTEN, actor="ella")
    other = record(replace(WRITTEN, channels=("phone",), text=TEXT + "!"), actor="ella")
    assert (
        revoke_all([("phone", "+1 201 555 0118")], actor="x", reason="STOP", channels=["sms"]) == 1
    )
    assert list(Consent.objects.filter(revoked_at=None)) == [other]


def test_a_batch_is_found_in_one_query_by_what_was_given_by_then() -> None:
    record(WRITTEN, actor="ella")
    pairs = [("phone", f"+1201555{n:04}") for n in range(100, 400)]
    with CaptureQueriesContext(connection) as queries:
        found = find(pairs, NOON)
    assert len(queries) == 1
    assert list(found) == ["+12015550118"]
    assert find(pairs, NOON - timedelta(seconds=1)) == {}


def test_the_evidence_of_who_was_erased_permits_nothing() -> None:
    consent = record(WRITTEN, actor="ella")
    Consent.objects.filter(pk=consent.pk).update(restricted_at=NOON)
    assert find([("phone", "+12015550118")]) == {}
