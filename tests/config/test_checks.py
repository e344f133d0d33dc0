"""Settings that cannot work are told at start."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from config.checks import check_production, check_providers

ROOT = Path(__file__).resolve().parents[2]
ASK = """
import django
django.setup()
from django.test import RequestFactory
request = RequestFactory().get("/", headers={"X-Forwarded-Proto": "https"})
print("secure" if request.is_secure() else "plain")
"""


def test_the_settings_of_the_tests_can_work() -> None:
    assert not check_providers()


@pytest.mark.parametrize(
    ("key", "value", "door"),
    [
        ("RESEND_SIGNING_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "resend_tracking"),
        ("SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY", "no key", "sendgrid_tracking"),
        ("MAILGUN_WEBHOOK_SIGNING_KEY", "ключ", "mailgun_inbound"),
    ],
)
def test_a_key_that_would_shut_a_provider_out_is_told_with_what_to_do(
    settings: Any, key: str, value: str, door: str
) -> None:
    settings.ANYMAIL = {**settings.ANYMAIL, key: value}
    found = check_providers()
    assert {error.id for error in found} == {"attache.E004"}
    assert door in found[0].msg
    assert "ANYMAIL_" in str(found[0].hint)


@pytest.mark.parametrize(("proxies", "told"), [("0", "plain"), ("", "plain"), ("1", "secure")])
def test_only_a_proxy_we_said_we_have_may_tell_that_a_request_came_by_https(
    proxies: str, told: str
) -> None:
    lines = (ROOT / "tests/production.env").read_text(encoding="utf-8").split()
    environment = {
        **os.environ, **dict(line.split("=", 1) for line in lines),
        "DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": "sqlite://:memory:",
    }  # fmt: skip
    environment.pop("TRUSTED_PROXIES")
    if proxies:
        environment["TRUSTED_PROXIES"] = proxies
    words = [sys.executable, "-c", ASK]
    ran = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert ran.stdout.split()[-1:] == [told], ran.stderr


@pytest.mark.parametrize(("redirect", "proxies", "told"), [(1, 0, 1), (1, 1, 0), (0, 0, 0)])
def test_who_sends_to_https_and_trusts_no_proxy_is_told_of_the_endless_way(
    settings: Any, redirect: int, proxies: int, told: int
) -> None:
    settings.SECURE_SSL_REDIRECT, settings.TRUSTED_PROXIES = bool(redirect), proxies
    found = [one for one in check_production() if one.id == "attache.I001"]
    assert len(found) == told
    assert all("TRUSTED_PROXIES" in str(one.hint) for one in found)
