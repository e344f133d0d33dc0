"""What happens in the desk becomes news in the same transaction."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compliance.opt_outs import opt_out
from outreach.models import WebhookDelivery, WebhookEndpoint

pytestmark = pytest.mark.django_db


def say(reason: str) -> None:
    opt_out(
        [("email", "priya@hudsonair.example")], words="Stop.", source="email", actor="inbound",
        received_at=timezone.now() - timedelta(seconds=1), reason=reason,
    )  # fmt: skip


def test_an_opt_out_is_news(endpoint: WebhookEndpoint) -> None:
    say("opt_out")
    row = WebhookDelivery.objects.get(endpoint=endpoint)
    assert row.event == "contact.opted_out"
    assert row.payload["data"]["address"] == "priya@hudsonair.example"


def test_a_doubtful_wish_is_no_news_until_a_person_decides(endpoint: WebhookEndpoint) -> None:
    say("ambiguous")
    assert not WebhookDelivery.objects.exists()
