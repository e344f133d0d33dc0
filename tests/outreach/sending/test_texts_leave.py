"""Approved texts leave through the provider of their sender, beside the mail."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from compliance import gate
from compliance.gate import Decision, Outbound, Verdict
from config.demo.twilio import TwilioStandIn
from outreach import approvals
from outreach.models import Attempt, Campaign, Message
from outreach.sending.dispatch import dispatch
from tests.factories import make_campaign, make_drafts, make_mailbox

pytestmark = pytest.mark.django_db(transaction=True)
OURS = "+13055550100"


@pytest.fixture
def town(settings: Any) -> Iterator[TwilioStandIn]:
    running = TwilioStandIn(report=False)
    settings.TWILIO_API_URL = running.start()
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN = running.account, running.token
    yield running
    running.stop()


@pytest.fixture
def lawful(monkeypatch: pytest.MonkeyPatch) -> None:
    """The gate lets everything go, for an hour; its own rules are tested elsewhere."""

    def allow(outbounds: list[Outbound], **_options: bool) -> list[Verdict]:
        deadline = timezone.now() + timedelta(hours=1)
        return [Verdict(Decision.ALLOWED, deadline=deadline) for _one in outbounds]

    monkeypatch.setattr(gate, "check_many", allow)


def texting(approver: User, count: int = 3, **mailbox: Any) -> Campaign:
    sender = make_mailbox(channel="sms", from_email="", from_number=OURS, **mailbox)
    campaign = make_campaign(mailbox=sender)
    for number, draft in enumerate(make_drafts(campaign, count)):
        Message.objects.filter(pk=draft.pk).update(
            channel="sms", to_address=f"+1305555{number + 1000}", body="Is 3 Elm St for sale?",
            subject="", from_address=OURS,
        )  # fmt: skip
    approvals.approve_all(campaign, approver=approver)
    assert campaign.messages.filter(status="approved").count() == count
    return campaign


@pytest.mark.parametrize("connections", [1, 3])
def test_texts_leave_from_the_senders_number_inside_the_window(
    ella: User, town: TwilioStandIn, lawful: None, connections: int
) -> None:
    campaign = texting(ella, 6, max_connections=connections)
    dispatch()
    sids = {sent.sid for sent in town.sent}
    assert set(campaign.messages.values_list("provider_message_id", flat=True)) == sids
    assert set(campaign.messages.values_list("status", "provider")) == {("sent", "twilio")}
    assert {sent.from_ for sent in town.sent} == {OURS}
    assert len({sent.to for sent in town.sent}) == 6
    assert all(3400 < int(sent.fields["ValidityPeriod"]) <= 3540 for sent in town.sent)
    assert set(Attempt.objects.values_list("detail", flat=True)) == {"1 segments"}


def test_a_number_the_provider_refuses_fails_alone(
    ella: User, town: TwilioStandIn, lawful: None
) -> None:
    campaign = texting(ella)
    town.refuse["+13055551001"] = (21614, "not a mobile number")
    dispatch()
    assert campaign.messages.filter(status="sent").count() == 2
    failed = campaign.messages.get(status="failed")
    assert (failed.to_address, "21614" in failed.error) == ("+13055551001", True)


def test_a_sender_in_trouble_holds_the_queue_and_loses_nothing(
    ella: User, town: TwilioStandIn, lawful: None, settings: Any
) -> None:
    settings.TWILIO_AUTH_TOKEN = "revoked"
    campaign = texting(ella)
    dispatch()
    assert town.sent == []
    assert set(campaign.messages.values_list("status", flat=True)) == {"approved"}


def test_a_list_that_grew_too_old_holds_what_was_approved_until_the_next(
    ella: User, town: TwilioStandIn, monkeypatch: pytest.MonkeyPatch, lawful: None
) -> None:
    campaign, allow = texting(ella, 1), gate.check_many
    stale = Verdict(Decision.REFUSED, ("The list is 29 days old.",), curable=True)
    monkeypatch.setattr(gate, "check_many", lambda outbounds, **_options: [stale] * len(outbounds))
    dispatch()
    message = campaign.messages.get()
    assert message.status == "approved"
    assert "The list is 29 days old." in message.reason
    monkeypatch.setattr(gate, "check_many", allow)
    later = timezone.now() + timedelta(hours=1, minutes=1)
    dispatch(clock=lambda: later)
    assert campaign.messages.get().status == "sent"
