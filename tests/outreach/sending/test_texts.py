"""Texts leave through Twilio's API over real HTTP, in their hours, once; errors are obeyed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from compliance import consent, suppression
from compliance.models import AuditEntry
from config.demo.twilio import Sent, TwilioStandIn
from crm.models import ContactPoint
from outreach import approvals
from outreach.inbound.process import process_open
from outreach.models import Campaign, Mailbox, Message
from outreach.sending.dispatch import dispatch
from tests.factories import make_campaign, make_drafts, make_mailbox

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)  # Tuesday noon in Miami
OURS = "+13055550100"


@pytest.fixture(autouse=True)
def _that_noon() -> Iterator[None]:
    """Drafts are made on that day too: what is written today is not due in a past."""
    with time_machine.travel(NOON - timedelta(minutes=1), tick=True):
        yield


@pytest.fixture
def twilio(live_server: Any, settings: Any) -> Iterator[TwilioStandIn]:
    stand_in = TwilioStandIn(base_url=live_server.url, report=connection.vendor != "sqlite")
    settings.PUBLIC_URL = live_server.url
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN = stand_in.account, stand_in.token
    settings.TWILIO_API_URL = stand_in.start()
    yield stand_in
    stand_in.stop()


def number(n: int) -> str:
    return f"+1305555{1000 + n}"


def approved_texts(count: int, approver: User, **mailbox: Any) -> Campaign:
    box = make_mailbox(channel="sms", from_email="", from_number=OURS, **mailbox)
    campaign = make_campaign(mailbox=box)
    for n, draft in enumerate(make_drafts(campaign, count)):
        assert draft.enrollment is not None
        ContactPoint.objects.create(contact=draft.enrollment.contact, kind="phone", value=number(n))
        Message.objects.filter(pk=draft.pk).update(
            channel="sms", to_address=number(n), from_address=OURS, subject="",
            body="Is the house on Palm Street for sale? Reply STOP to opt out",
        )  # fmt: skip
    assert len(approvals.approve_all(campaign, approver=approver).approved) == count
    return campaign


def statuses(campaign: Campaign) -> set[str]:
    return set(Message.objects.filter(campaign=campaign).values_list("status", flat=True))


def settle(campaign: Campaign, status: str) -> None:
    """Let the stand-in's reports arrive and be worked off."""
    deadline = timezone.now() + timedelta(seconds=15)
    while statuses(campaign) != {status} and timezone.now() < deadline:
        process_open()
    assert statuses(campaign) == {status}


@pytest.mark.postgres  # reports come back while we write
def test_texts_leave_once_with_deadline_and_are_reported_delivered(
    twilio: TwilioStandIn, ella: User
) -> None:
    campaign = approved_texts(3, ella)
    dispatch(clock=lambda: NOON)
    dispatch(clock=lambda: NOON)
    assert sorted(sent.to for sent in twilio.sent) == [number(n) for n in range(3)]
    assert "ValidityPeriod" in twilio.sent[0].fields
    assert Message.objects.exclude(provider_message_id="").count() == 3
    settle(campaign, "delivered")


def test_at_night_a_text_waits_for_the_morning(twilio: TwilioStandIn, ella: User) -> None:
    campaign = approved_texts(1, ella)
    night = NOON + timedelta(hours=9)  # 21:00 in Miami
    dispatch(clock=lambda: night)
    message = Message.objects.get(campaign=campaign)
    assert twilio.sent == []
    assert message.status == "approved"
    assert message.due_at == datetime(2026, 12, 2, 14, 0, tzinfo=UTC)
    assert "US-FL allows 08:00 to 20:00" in message.reason
    dispatch(clock=lambda: message.due_at)  # type: ignore[arg-type,return-value]
    assert len(twilio.sent) == 1


@pytest.mark.postgres  # reports come back while we write
def test_an_answer_by_text_comes_back_into_the_thread(twilio: TwilioStandIn, ella: User) -> None:
    def answer(sent: Sent) -> str:
        return "Make me an offer"

    twilio.answer = answer
    campaign = approved_texts(1, ella)
    dispatch(clock=lambda: NOON)
    settle_inbound()
    assert Message.objects.filter(campaign=campaign, direction="inbound").count() == 1


def settle_inbound() -> None:
    deadline = timezone.now() + timedelta(seconds=15)
    while not Message.objects.filter(direction="inbound").exists():
        assert timezone.now() < deadline, "no answer came"
        process_open()


@pytest.mark.parametrize(
    ("code", "reason"), [(21610, "opt_out"), (21211, "hard_bounce"), (21614, "hard_bounce")]
)
def test_a_number_the_provider_refuses_is_stopped(
    twilio: TwilioStandIn, ella: User, code: int, reason: str
) -> None:
    twilio.refuse = {number(0): (code, "refused")}
    campaign = approved_texts(2, ella)
    dispatch(clock=lambda: NOON)
    assert statuses(campaign) == {"failed", "sent"}
    found = suppression.find([("phone", number(0)), ("phone", number(1))], channel="sms")
    assert {address: row.reason for address, row in found.items()} == {number(0): reason}
    assert AuditEntry.objects.filter(action="provider.alert").exists() is (code == 21610)
    line = ContactPoint.objects.get(value=number(0)).line_type
    assert line == ("landline" if code == 21614 else "unknown")


@pytest.mark.postgres  # reports come back while we write
def test_a_number_out_of_service_ends_its_consents(twilio: TwilioStandIn, ella: User) -> None:
    given = consent.record(
        consent.Given(
            address_kind="phone", address=number(0), kind="oral", channels=("sms",),
            source="phone", given_at=NOON - timedelta(days=400),
        ),
        actor="sam",
    )  # fmt: skip
    twilio.fail = {number(0): 30005}
    campaign = approved_texts(1, ella)
    dispatch(clock=lambda: NOON)
    settle(campaign, "bounced")
    given.refresh_from_db()
    assert given.revoked_at is not None
    assert suppression.find([("phone", number(0))], channel="sms")


@pytest.mark.postgres  # reports come back while we write
def test_a_filtered_text_pauses_its_campaign_before_the_next(
    twilio: TwilioStandIn, ella: User
) -> None:
    twilio.fail = {number(0): 30007}
    campaign = approved_texts(1, ella)
    dispatch(clock=lambda: NOON)
    settle(campaign, "bounced")
    campaign.refresh_from_db()
    assert campaign.paused
    assert "30007" in campaign.pause_reason


def test_a_wrong_token_disables_the_sender_and_loses_nothing(
    twilio: TwilioStandIn, ella: User, settings: Any
) -> None:
    settings.TWILIO_AUTH_TOKEN = "wrong"
    campaign = approved_texts(2, ella)
    dispatch(clock=lambda: NOON)
    assert statuses(campaign) == {"approved"}
    assert Mailbox.objects.get(channel="sms").paused_at is not None
    settings.TWILIO_AUTH_TOKEN = twilio.token
    Mailbox.objects.update(paused_at=None)
    dispatch(clock=lambda: NOON + timedelta(hours=2))
    assert statuses(campaign) == {"sent"}


@pytest.mark.postgres  # reports come back while we write
def test_three_times_out_of_reach_makes_a_number_doubtful(
    twilio: TwilioStandIn, ella: User
) -> None:
    twilio.fail = {number(0): 30003}
    for turn in range(3):
        campaign = approved_texts(1, ella) if turn == 0 else _again(ella, Mailbox.objects.get())
        dispatch(clock=lambda turn=turn: NOON + timedelta(days=turn))  # type: ignore[misc]
        settle(campaign, "bounced")
        held = suppression.find([("phone", number(0))], channel="sms")
        assert bool(held) is (turn == 2)


def _again(approver: User, mailbox: Mailbox) -> Campaign:
    campaign = make_campaign(mailbox=mailbox)
    (draft,) = make_drafts(campaign, 1)
    Message.objects.filter(pk=draft.pk).update(
        channel="sms", to_address=number(0), from_address=OURS, subject="", body="Still there?"
    )
    approvals.approve_all(campaign, approver=approver)
    return campaign
