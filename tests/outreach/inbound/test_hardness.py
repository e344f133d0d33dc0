"""Hard or soft: by the provider's word, unless the status it cites blames something else."""

from typing import Any

import pytest
from anymail.signals import AnymailTrackingEvent

from outreach.inbound.hardness import cause_of
from outreach.inbound.notices.severity import Hardness


def bounce(raw: Any, *, response: str = "", reason: str | None = "bounced") -> AnymailTrackingEvent:
    return AnymailTrackingEvent(
        event_type="bounced", esp_event=raw, mta_response=response, reject_reason=reason
    )


def is_hard(esp: str, event: AnymailTrackingEvent) -> bool:
    """Whether this report says that the address will never take mail."""
    cause = cause_of(esp, event)
    return cause is not None and cause.hardness is Hardness.HARD


@pytest.mark.parametrize(
    ("esp", "hard", "soft"),
    [
        ("mailersend", {"data": {"type": "hard_bounced"}}, {"data": {"type": "soft_bounced"}}),
        ("mailjet", {"hard_bounce": True}, {"hard_bounce": False}),
        ("mailtrap", {"event": "bounce"}, {"event": "soft bounce"}),
        ("mandrill", {"event": "hard_bounce"}, {"event": "soft_bounce"}),
        (
            "sparkpost",
            {"msys": {"message_event": {"bounce_class": "10"}}},
            {"msys": {"message_event": {"bounce_class": "22"}}},
        ),
        ("unisender_go", {"status": "hard_bounced"}, {"status": "soft_bounced"}),
    ],
)
def test_each_providers_word_is_read_where_it_stands(esp: str, hard: Any, soft: Any) -> None:
    assert is_hard(esp, bounce(hard))
    assert not is_hard(esp, bounce(soft))


@pytest.mark.parametrize("status", ["4.2.2", "5.2.2", "5.7.1", "5.6.0"])
def test_a_status_that_spares_the_address_overrules_permanent(status: str) -> None:
    raw = {"bounce": {"bounceType": "Permanent"}}
    assert not is_hard("amazon_ses", bounce(raw, response=f"smtp; 550 {status} refused"))
    assert is_hard("amazon_ses", bounce(raw, response="smtp; 550 5.1.1 unknown"))


def test_without_a_word_anymails_reason_decides() -> None:
    assert is_hard("postal", bounce({}))
    assert not is_hard("postal", bounce({}, reason="blocked"))
    assert not is_hard("postmark", bounce("no dictionary", reason=None))


def test_an_address_in_the_response_is_no_status() -> None:
    raw = {"Type": "HardBounce"}
    assert is_hard("postmark", bounce(raw, response="host 10.4.2.2 said: 550 no such user"))
