"""What happens in the desk becomes news in the same transaction."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from compliance.opt_outs import opt_out
from outreach.inbound.process import process_open
from outreach.inbound.triage import reprocess
from outreach.models import Campaign, Message, ProviderEvent, WebhookDelivery, WebhookEndpoint
from tests.outreach.conversations.conftest import sent_by
from tests.outreach.inbound.conftest import post, postmark
from tests.outreach.sequences.build import make_drip

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


def test_a_reply_is_news_once_however_often_it_is_worked_off(
    endpoint: WebhookEndpoint, ella: User
) -> None:
    (asked,) = sent_by(ella)
    post(postmark(asked, "What does it cost?"))
    process_open()
    heard = Message.objects.get(direction="inbound")
    reprocess(ProviderEvent.objects.get(message=heard).pk, actor=ella)
    process_open()
    told = WebhookDelivery.objects.get(event="reply.received").payload["data"]
    assert (told["message_id"], told["intent"]) == (str(heard.pk), "question")
    assert "What does it cost" not in str(told), "texts stay with us"


def test_a_hot_lead_is_news_with_the_reason(endpoint: WebhookEndpoint, ella: User) -> None:
    (asked,) = sent_by(ella)
    version = make_drip().sequence_version
    Campaign.objects.filter(pk=asked.campaign_id).update(kind="sequence", sequence_version=version)
    post(postmark(asked, "Yes, I am interested. Please call me today to go on."))
    process_open()
    told = WebhookDelivery.objects.get(event="lead.hot").payload["data"]
    assert told["enrollment_id"] == str(asked.enrollment_id)
    assert told["reason"]
