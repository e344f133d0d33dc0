"""Consents from a file: each row complete, or rejected with what it lacks."""

import io

import pytest

from compliance.consent_files import import_consents
from compliance.models import Consent
from compliance.spreadsheets import Report

pytestmark = pytest.mark.django_db
HEAD = "address,kind,channels,source,given_at,seller,text,affirmative_act,automation_shown,ip\n"
GOOD = '+1 201 555 0118,written,sms;email,fair,2026-03-02,Attaché LLC,"I agree, yes",paper,yes,\n'


def take_in(rows: str, *, dry_run: bool = False) -> Report:
    return import_consents(io.BytesIO((HEAD + rows).encode()), actor="ella", dry_run=dry_run)


def test_a_complete_row_becomes_a_record_once() -> None:
    assert take_in(GOOD).created == 1
    assert take_in(GOOD).unchanged == 1
    consent = Consent.objects.get()
    assert (consent.address, consent.channels) == ("+12015550118", ["email", "sms"])
    assert (consent.text, consent.automation_shown) == ("I agree, yes", True)


def test_a_dry_run_keeps_nothing() -> None:
    assert take_in(GOOD, dry_run=True).created == 1
    assert not Consent.objects.exists()


def test_every_rejected_row_is_told_with_its_reason() -> None:
    report = take_in(
        "a@b.example,written,email,fair,2026-03-02,,,,,\n"
        "a@b.example,oral,email,fair,,,,,,\n"
        "a@b.example,,email,fair,2026-03-02,,,,,\n"
        "a@b.example,oral,email,fair,2026-03-02,,,,maybe,\n"
        "1-800-FLOWERS,oral,phone,fair,2026-03-02,,,,,\n"
        "a@b.example,oral,,fair,2026-03-02,,,,,\n"
        "a@b.example,oral,email,fair,2026-03-02,,,,,nowhere\n"
    )
    assert [line for line, _reason in report.rejected] == list(range(2, 9))
    reasons = [reason for _line, reason in report.rejected]
    for words, reason in zip(
        ("words that were shown", "moment", "no kind", "neither yes nor no", "letters in it",
         "channels", "IP address"),
        reasons, strict=True,
    ):  # fmt: skip
        assert words in reason
