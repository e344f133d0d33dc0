"""The consent pages: everything asked for, nothing changed afterwards, and lifting by consent."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from compliance.consent import Given, record
from compliance.models import Consent, Suppression
from compliance.suppression import suppress

pytestmark = pytest.mark.django_db
OURS = "Harbor Homes LLC"
ClientOf = Callable[[User], Client]
ADD = reverse("admin:compliance_consent_add")
LIST = reverse("admin:compliance_consent_changelist")


def typed(**changes: Any) -> dict[str, Any]:
    then = timezone.localtime() - timedelta(hours=1)
    return {
        "address_kind": "phone", "address": "(201) 555-0118", "person_name": "Priya Raman",
        "kind": "written", "channels": ["sms"], "purpose": "marketing", "seller": OURS,
        "text": "I agree.", "automation_shown": "on", "not_condition_shown": "on",
        "affirmative_act": "paper", "source": "fair", "page_url": "", "form": "",
        "collected_by": "", "given_at_0": f"{then:%Y-%m-%d}", "given_at_1": f"{then:%H:%M:%S}",
        "ip": "", "user_agent": "", "expires_at_0": "", "expires_at_1": "",
        "evidence": SimpleUploadedFile("../signed.html", b"<script>1</script>"), **changes,
    }  # fmt: skip


@pytest.fixture
def consent(sam: User, client_of: ClientOf) -> Consent:
    answer = client_of(sam).post(ADD, typed())
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return Consent.objects.get()


def page_of(consent: Consent, what: str) -> str:
    return reverse(f"admin:compliance_consent_{what}", args=[consent.pk])


def test_a_consent_by_hand_is_a_record_with_its_evidence(
    consent: Consent, sam: User, client_of: ClientOf
) -> None:
    assert (consent.address, consent.recorded_by) == ("+12015550118", "sam")
    answer = client_of(sam).get(page_of(consent, "evidence"))
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Content-Type"] == "application/octet-stream"
    assert b"".join(answer.streaming_content) == b"<script>1</script>"  # type: ignore[attr-defined]


def test_what_is_missing_is_told_on_the_form(sam: User, client_of: ClientOf) -> None:
    answer = client_of(sam).post(ADD, typed(text=""))
    assert b"needs the words that were shown" in answer.content
    assert not Consent.objects.exists()


def test_nobody_changes_or_deletes_it(consent: Consent, admin_client: Client) -> None:
    assert admin_client.get(page_of(consent, "change")).status_code == 200
    assert admin_client.post(page_of(consent, "change"), typed()).status_code == 403
    assert admin_client.post(page_of(consent, "delete"), {"post": "yes"}).status_code == 403


def test_ending_it_takes_a_reason_and_the_right(
    consent: Consent, sam: User, ann: User, client_of: ClientOf
) -> None:
    where = page_of(consent, "revoke")
    assert client_of(ann).post(where, {"reason": "x"}).status_code == 403
    assert client_of(sam).get(where).status_code == 405
    client_of(sam).post(where, {"reason": " "})
    consent.refresh_from_db()
    assert consent.revoked_at is None
    client_of(sam).post(where, {"reason": "They called."})
    consent.refresh_from_db()
    assert (consent.revoked_by, consent.revoke_reason) == ("sam", "They called.")


def test_the_evidence_of_the_erased_is_for_few(
    consent: Consent, sam: User, client_of: ClientOf, admin_client: Client
) -> None:
    Consent.objects.filter(pk=consent.pk).update(restricted_at=timezone.now())
    assert "+12015550118" not in client_of(sam).get(LIST).content.decode()
    assert client_of(sam).get(page_of(consent, "evidence")).status_code == 404
    assert client_of(sam).post(page_of(consent, "revoke"), {"reason": "x"}).status_code == 404
    assert "+12015550118" in admin_client.get(LIST).content.decode()


def stopped() -> Suppression:
    return suppress(
        "phone", "+12015550118", reason="opt_out", source="SMS",
        received_at=timezone.now() - timedelta(days=1),
    )  # fmt: skip


def test_the_lift_page_offers_only_newer_consents(admin_client: Client) -> None:
    row = stopped()
    where = reverse("admin:compliance_suppression_lift", args=[row.pk])
    old = Given("phone", row.address, "oral", ("sms",), source="call",
                given_at=timezone.now() - timedelta(days=2), text="old", seller=OURS)  # fmt: skip
    record(old, actor="ella")
    assert b"There is none given after" in admin_client.get(where).content
    new = record(
        Given("phone", row.address, "oral", ("sms",), source="call",
              given_at=timezone.now() - timedelta(hours=1), text="new", seller=OURS), actor="ella",
    )  # fmt: skip
    assert b"Lift on this consent" in admin_client.get(where).content
    admin_client.post(where, {"consent": str(new.pk)})
    row.refresh_from_db()
    assert row.lifted_by_consent == new


def test_a_refused_lift_says_why(admin_client: Client) -> None:
    row = stopped()
    old = record(
        Given("phone", row.address, "oral", ("sms",), source="call",
              given_at=timezone.now() - timedelta(days=2), seller=OURS), actor="ella",
    )  # fmt: skip
    where = reverse("admin:compliance_suppression_lift", args=[row.pk])
    answer = admin_client.post(where, {"consent": str(old.pk)})
    assert b"asked us to stop later" in answer.content
    row.refresh_from_db()
    assert row.stands


def test_a_hold_is_cleared_on_its_page(
    admin_client: Client, sam: User, client_of: ClientOf
) -> None:
    row = suppress(
        "email", "a@b.example", reason="ambiguous", source="x", received_at=timezone.now()
    )
    where = reverse("admin:compliance_suppression_release", args=[row.pk])
    assert client_of(sam).post(where, {"reason": "x"}).status_code == 403
    admin_client.post(where, {"reason": "They asked how, not that."})
    row.refresh_from_db()
    assert not row.stands


def test_the_page_says_where_a_relationship_opens_mail_and_until_when(
    sam: User, client_of: ClientOf
) -> None:
    form = typed(
        address_kind="email", address="p@x.example", kind="inquiry", channels=["email"],
        given_at_0="2026-03-02", given_at_1="12:00:00", affirmative_act="none",
    )  # fmt: skip
    assert client_of(sam).post(ADD, form).status_code == 302
    page = client_of(sam).get(page_of(Consent.objects.get(), "change")).content.decode()
    assert "CA until 02 Sep 2026" in page


def test_words_of_their_own_need_no_such_note(
    consent: Consent, sam: User, client_of: ClientOf
) -> None:
    page = client_of(sam).get(page_of(consent, "change")).content.decode()
    assert "Nobody said so in words" not in page


def test_a_published_address_without_its_page_is_refused(sam: User, client_of: ClientOf) -> None:
    answer = client_of(sam).post(ADD, typed(kind="publicly_listed"))
    assert "on which page the address is published" in answer.content.decode()
    assert not Consent.objects.exists()


def test_the_page_says_that_a_consent_has_run_out(sam: User, client_of: ClientOf) -> None:
    then = timezone.localtime() - timedelta(days=300)
    form = typed(
        kind="inquiry", given_at_0=f"{then:%Y-%m-%d}", given_at_1="12:00:00",
        affirmative_act="none",
    )  # fmt: skip
    assert client_of(sam).post(ADD, form).status_code == 302
    shown = client_of(sam).get(LIST).content.decode()
    assert "ended" in shown
    assert ">stands<" not in shown


def test_channels_and_fingerprint_are_written_for_people(
    consent: Consent, sam: User, client_of: ClientOf
) -> None:
    page = client_of(sam).get(page_of(consent, "change")).content.decode()
    assert f"{consent.text_hash[:8]} {consent.text_hash[8:16]}" in page
    assert "&quot;sms&quot;" not in page
