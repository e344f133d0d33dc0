"""Settings that cannot work are told at start."""

from typing import Any

import pytest

from config.checks import check_providers


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
