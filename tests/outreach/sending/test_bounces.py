"""Bounces by cause: a few soft ones in a row are as good as hard, policy is about the mailbox."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from compliance.models import AuditEntry, Suppression
from crm.models import ContactPoint
from outreach.models import Alert, Mailbox, Message, OutreachPolicy
from outreach.sending.bounces import soft_in_a_row
from outreach.sending.tracking import Report, apply_report
from tests.factories import make_campaign, make_drafts, make_mailbox

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def sent(count: int, *, to: str = "", mailbox: Mailbox | None = None) -> list[Message]:
    campaign = make_campaign(status="active", **({"mailbox": mailbox} if mailbox else {}))
    messages = make_drafts(campaign, count, status="sent", sent_at=NOW)
    if to:
        Message.objects.filter(campaign=campaign).update(to_address=to)
    return list(Message.objects.filter(pk__in=[message.pk for message in messages]))


def bounce(message: Message, cause: str, *, at: timedelta = timedelta()) -> None:
    apply_report(message, Report("bounced", NOW + at, "550 because", cause=cause))
    message.refresh_from_db()


def state_of(message: Message) -> str:
    return ContactPoint.objects.get(value=message.to_address).state


def test_a_hard_cause_makes_the_address_undeliverable_and_cancels_what_waits() -> None:
    (message,) = sent(1)
    (waiting,) = make_drafts(make_campaign(status="active"), 1, status="approved")
    Message.objects.filter(pk=waiting.pk).update(to_address=message.to_address)
    bounce(message, "no_such_user")
    waiting.refresh_from_db()
    assert (message.status, message.bounce_cause) == ("bounced", "no_such_user")
    why = "It bounced for good: There is no such mailbox at that address. (550 because)"
    assert message.reason == why
    assert Suppression.objects.get().reason == "hard_bounce"
    assert state_of(message) == "undeliverable"
    assert waiting.status == "cancelled"


def test_soft_bounces_count_up_to_the_limit() -> None:
    OutreachPolicy.objects.update_or_create(pk=1, defaults={"soft_bounce_limit": 3})
    rows = sent(3)
    Message.objects.update(to_address=rows[0].to_address)
    for number, message in enumerate(Message.objects.order_by("created_at"), start=1):
        assert Suppression.objects.count() == 0
        bounce(message, "full")
        assert soft_in_a_row(message.to_address) == number
    assert Suppression.objects.get().words == "3 mails in a row came back for now."
    assert state_of(rows[0]) == "undeliverable"


def test_a_mail_that_got_through_ends_the_row() -> None:
    rows = sent(3)
    Message.objects.update(to_address=rows[0].to_address)
    first, second, third = Message.objects.order_by("created_at")
    bounce(first, "full", at=timedelta(days=-3))
    bounce(second, "unreachable", at=timedelta(days=-2))
    Message.objects.filter(pk=second.pk).update(delivered_at=NOW - timedelta(days=1))
    bounce(third, "full")
    assert soft_in_a_row(third.to_address) == 1
    assert Suppression.objects.count() == 0


def test_a_limit_of_nought_never_gives_up() -> None:
    OutreachPolicy.objects.update_or_create(pk=1, defaults={"soft_bounce_limit": 0})
    for message in sent(5, to="full@jets.example"):
        bounce(message, "full")
    assert Suppression.objects.count() == 0


@pytest.mark.parametrize("cause", ["blocklist", "authentication", "rate", "sender_refused"])
def test_what_is_surely_about_us_pauses_the_mailbox_at_once_and_spares_the_person(
    cause: str,
) -> None:
    (message,) = sent(1)
    bounce(message, cause)
    mailbox = Mailbox.objects.get(pk=message.mailbox_id)
    assert mailbox.paused_at == NOW
    assert mailbox.pause_reason
    assert AuditEntry.objects.filter(action="mailbox.paused").count() == 1
    assert Suppression.objects.count() == 0
    assert state_of(message) != "undeliverable"


def test_spam_refusals_pause_the_mailbox_when_several_servers_agree_within_a_day() -> None:
    rows = sent(4, mailbox=make_mailbox())
    bounce(rows[0], "spam", at=timedelta(days=-2))
    for message in rows[1:3]:
        bounce(message, "spam")
        assert not Mailbox.objects.get(pk=message.mailbox_id).paused_at
    bounce(rows[3], "policy")
    assert Mailbox.objects.get(pk=rows[3].mailbox_id).paused_at


def test_one_server_that_refuses_again_and_again_is_no_crowd() -> None:
    for message in sent(4, to="strict@bank.example"):
        bounce(message, "spam")
    assert not Mailbox.objects.filter(paused_at__isnull=False).exists()


@pytest.mark.parametrize("cause", ["size", "attachment", "restricted", "relay"])
def test_what_is_about_one_mail_or_one_recipient_pauses_nothing(cause: str) -> None:
    for message in sent(5):
        bounce(message, cause)
    assert not Mailbox.objects.filter(paused_at__isnull=False).exists()
    assert Suppression.objects.count() == 0


def test_administrators_are_told_once_which_mailbox_stands_still_and_why(sam: User) -> None:
    User.objects.create_superuser("root")
    for message in sent(2):
        bounce(message, "blocklist")
    alert = Alert.objects.get()
    assert (alert.user.username, alert.kind) == ("root", "mailbox")
    assert "stands on a blocklist" in alert.words


def test_administrators_are_told_of_a_complaint() -> None:
    User.objects.create_superuser("root")
    (message,) = sent(1)
    apply_report(message, Report("complained", NOW))
    assert Alert.objects.get().kind == "complaint"


def test_a_mailbox_that_somebody_paused_keeps_their_reason() -> None:
    (message,) = sent(1)
    Mailbox.objects.update(paused_at=NOW, pause_reason="Ella looks into it.")
    bounce(message, "blocklist")
    assert Mailbox.objects.get().pause_reason == "Ella looks into it."
    assert not AuditEntry.objects.filter(action="mailbox.paused").exists()


def test_a_bounce_that_nobody_explained_keeps_the_servers_words() -> None:
    (message,) = sent(1)
    bounce(message, "undetermined")
    assert message.reason == "It bounced: 550 because"
