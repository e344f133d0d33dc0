"""The mail that leaves: marketing carries the way out in its headers; other mail carries none."""

from typing import Any

import pytest
from django.utils import timezone

from compliance.rules.marketing_mail import ONE_CLICK
from compliance.unsubscribe import read_token
from outreach.models import Campaign, Message
from outreach.sending.render import render
from tests.factories import make_campaign, make_drafts
from tests.outreach.sequences.build import make_version

pytestmark = pytest.mark.django_db


def mail(**changes: Any) -> Any:
    message = make_drafts(make_campaign(), 1, **changes)[0]
    return message, render(message, now=timezone.now())


def test_a_request_to_a_vendor_carries_no_way_to_unsubscribe() -> None:
    _message, sent = mail()
    assert "List-Unsubscribe" not in sent.extra_headers


def marketing() -> Message:
    message: Message = make_drafts(make_campaign(), 1)[0]
    Campaign.objects.filter(pk=message.campaign_id).update(
        kind="sequence", sequence_version=make_version()
    )
    return Message.objects.select_related("campaign").get(pk=message.pk)


def test_marketing_carries_both_headers_for_this_very_recipient(settings: Any) -> None:
    settings.PUBLIC_URL = "https://desk.example.com"
    message = marketing()
    sent = render(message, now=timezone.now())
    link, mailto = sent.extra_headers["List-Unsubscribe"].split(", ")
    token = link.removeprefix("<https://desk.example.com/u/").removesuffix(">")
    assert read_token(token) == ("email", message.to_address)
    assert mailto == f"<mailto:{message.reply_to}?subject=unsubscribe>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == ONE_CLICK
    wire = sent.message().as_bytes()
    assert b"\nList-Unsubscribe-Post: List-Unsubscribe=One-Click" in wire
