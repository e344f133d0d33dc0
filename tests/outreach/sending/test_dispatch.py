"""The dispatcher against a real SMTP server: what is approved leaves once, what is held stays."""

import threading
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone

from compliance import suppression
from compliance.models import AuditEntry
from outreach import editing, pause
from outreach.channels.email import EmailConnection
from outreach.choices import AttemptOutcome, MessageStatus
from outreach.models import Approval, Attempt, Campaign, Mailbox, Message
from outreach.sending import handover, message_ids
from outreach.sending.claim import claim
from outreach.sending.dispatch import dispatch
from outreach.sending.reconcile import recover_expired, resolve_uncertain
from tests.factories import make_approved, make_campaign, make_drafts, make_mailbox
from tests.smtp_sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)


def statuses(campaign: Campaign) -> dict[str, int]:
    rows = Message.objects.filter(campaign=campaign).values_list("status", flat=True)
    return {status: list(rows).count(status) for status in set(rows)}


def test_what_is_approved_leaves_once_with_its_reply_address(sink: Sink, ella: User) -> None:
    campaign = make_approved(3, ella)
    dispatch()
    dispatch()
    assert statuses(campaign) == {"sent": 3}
    assert len(sink.mails) == 3
    assert sink.twice == {}
    mail = sink.mails[0]
    row = Message.objects.get(pk=message_ids.read(str(mail["Message-ID"])))
    assert mail["Reply-To"] == row.reply_to
    assert mail["To"] == row.to_address
    assert row.sent_at
    assert row.attempts == 1
    entries = AuditEntry.objects.filter(action="message.sent")
    assert entries.count() == 3
    assert all(entry.data["decision"]["decided_at_utc"] for entry in entries)
    assert list(Attempt.objects.values_list("outcome", flat=True)) == ["sent"] * 3


def test_all_that_sending_reads_is_loaded_with_the_claim(sink: Sink, ella: User) -> None:
    campaign = make_approved(3, ella)
    with mock.patch.object(Message, "refresh_from_db") as loaded_later:
        dispatch()
    loaded_later.assert_not_called()
    assert statuses(campaign) == {"sent": 3}


def test_what_nobody_approved_stays(sink: Sink, ella: User) -> None:
    campaign = make_campaign(status="active")
    make_drafts(campaign, 2)
    dispatch()
    assert sink.mails == []


def test_an_approval_forged_by_status_alone_sends_nothing(sink: Sink) -> None:
    campaign = make_campaign(status="active")
    make_drafts(campaign, 2, status="approved")
    dispatch()
    assert sink.mails == []


def test_words_changed_behind_the_approval_do_not_leave(sink: Sink, ella: User) -> None:
    campaign = make_approved(1, ella)
    Message.objects.filter(campaign=campaign).update(body="Something nobody approved.")
    dispatch()
    assert sink.mails == []
    row = Message.objects.get(campaign=campaign)
    assert row.status == MessageStatus.EA_REVIEW
    assert "approve it again" in row.reason


def test_an_edit_takes_the_approval_back(sink: Sink, ella: User) -> None:
    campaign = make_approved(1, ella)
    row = Message.objects.get(campaign=campaign)
    editing.edit(row.pk, actor="ella", version=1, subject=row.subject, body=row.body + "\nThanks!")
    dispatch()
    assert sink.mails == []


@pytest.mark.parametrize("brake", ["campaign", "everything", "mailbox"])
def test_a_pause_before_the_claim_holds_everything(sink: Sink, ella: User, brake: str) -> None:
    campaign = make_approved(2, ella)
    put_on(brake, campaign)
    dispatch()
    assert sink.mails == []
    assert statuses(campaign) == {"approved": 2}


def put_on(brake: str, campaign: Campaign) -> None:
    if brake == "campaign":
        pause.pause_campaign(campaign, actor="ella")
    elif brake == "everything":
        pause.pause_everything(actor="ella")
    else:
        Mailbox.objects.update(paused_at=timezone.now())


@pytest.mark.parametrize("brake", ["campaign", "everything", "mailbox", "opt_out", "domain"])
def test_a_brake_between_claim_and_hand_over_wins(sink: Sink, ella: User, brake: str) -> None:
    campaign = make_approved(1, ella)
    batch = claim(campaign.mailbox, worker="w", now=timezone.now(), size=10)
    message = batch.messages[0]
    if brake in {"opt_out", "domain"}:
        kind, address = (
            ("email", message.to_address) if brake == "opt_out" else ("domain", "jets.example")
        )
        suppression.suppress(
            kind, address, reason="opt_out", source="reply", received_at=timezone.now()
        )
    else:
        put_on(brake, campaign)
    assert not handover.begin([handover.question(message, worker="w")], now=timezone.now())


@pytest.mark.parametrize("connections", [1, 2])
def test_an_opt_out_while_others_are_at_the_server_stops_what_was_made_ready(
    sink: Sink, ella: User, connections: int
) -> None:
    campaign = make_approved(8, ella, mailbox=make_mailbox(max_connections=connections))
    last = Message.objects.filter(campaign=campaign).order_by("created_at").last()
    assert last is not None

    def opt_out() -> None:
        suppression.suppress(
            "email", last.to_address, reason="opt_out", source="reply", received_at=timezone.now()
        )
        connection.close()  # of this thread

    def answer(to: str, count: int) -> str:
        if count == 0:
            other = threading.Thread(target=opt_out)
            other.start()
            other.join()  # committed before the server answers
        return "250 taken"

    sink.answer = answer
    dispatch()
    assert last.to_address not in sink.recipients
    assert len(sink.mails) == 7


def test_a_suppressed_person_is_cancelled_with_the_reason(sink: Sink, ella: User) -> None:
    campaign = make_approved(2, ella)
    to = Message.objects.filter(campaign=campaign).first().to_address  # type: ignore[union-attr]
    suppression.suppress("email", to, reason="opt_out", source="reply", received_at=timezone.now())
    dispatch()
    assert statuses(campaign) == {"sent": 1, "cancelled": 1}
    assert "suppressed" in Message.objects.get(to_address=to).reason


def test_only_the_worker_that_claimed_may_hand_over(ella: User) -> None:
    campaign = make_approved(1, ella)
    message = claim(campaign.mailbox, worker="first", now=timezone.now(), size=1).messages[0]
    assert not handover.begin([handover.question(message, worker="second")], now=timezone.now())
    assert handover.begin([handover.question(message, worker="first")], now=timezone.now())
    assert not handover.begin([handover.question(message, worker="first")], now=timezone.now())


def test_one_refused_recipient_does_not_hold_the_others(sink: Sink, ella: User) -> None:
    sink.rcpt_answer = lambda to: "550 5.1.1 no such user" if "person1@" in to else "250 OK"
    campaign = make_approved(3, ella)
    dispatch()
    assert statuses(campaign) == {"sent": 2, "failed": 1}
    failed = Message.objects.get(campaign=campaign, status="failed")
    assert "no such user" in failed.reason


def test_a_temporary_refusal_is_tried_again_later(sink: Sink, ella: User) -> None:
    sink.answer = lambda to, count: "451 4.7.1 greylisted"
    campaign = make_approved(1, ella)
    dispatch()
    row = Message.objects.get(campaign=campaign)
    assert row.status == MessageStatus.APPROVED
    assert row.due_at > timezone.now()  # type: ignore[operator]
    assert "greylisted" in row.reason
    sink.answer = None
    later = timezone.now() + timedelta(minutes=10)
    dispatch(clock=lambda: later)
    assert len(sink.mails) == 1


def test_a_refusal_for_ever_ends_after_a_bounded_number_of_tries(sink: Sink, ella: User) -> None:
    sink.answer = lambda to, count: "451 try later"
    campaign = make_approved(1, ella)
    now = timezone.now()
    for days in range(10):
        dispatch(clock=lambda days=days: now + timedelta(days=days))
    row = Message.objects.get(campaign=campaign)
    assert row.status == MessageStatus.FAILED
    assert "Given up after 6 tries" in row.reason


def test_a_server_that_is_down_costs_no_message_a_try(settings: object, ella: User) -> None:
    from config.demo.processes import free_port

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port(0)  # type: ignore[attr-defined]
    campaign = make_approved(5, ella)
    dispatch()
    assert statuses(campaign) == {"approved": 5}
    assert set(Message.objects.values_list("attempts", flat=True)) == {0}


def test_every_try_is_kept_even_one_that_was_held_or_cost_nothing(sink: Sink, ella: User) -> None:
    make_approved(1, ella)
    now = timezone.now()
    with mock.patch.object(handover, "begin", return_value=set()):
        dispatch()
    for hours, words in enumerate(["421 come back later", "451 greylisted", "250 taken"]):
        sink.answer = lambda to, count, words=words: words
        dispatch(clock=lambda hours=hours: now + timedelta(hours=2 * hours + 1))
    assert len(sink.mails) == 1
    tries = Attempt.objects.order_by("number").values_list("outcome", flat=True)
    assert list(tries) == ["held", "temporary", "temporary", "sent"]


@pytest.mark.parametrize("connections", [1, 2])
def test_a_message_that_cannot_be_put_in_form_fails_alone_and_says_why(
    sink: Sink, ella: User, connections: int
) -> None:
    campaign = make_approved(6, ella, mailbox=make_mailbox(max_connections=connections))
    bad = Message.objects.filter(campaign=campaign)[2]
    real = EmailConnection.prepare

    def prepare(self: EmailConnection, message: Message, now: datetime) -> EmailMessage:
        if message.pk == bad.pk:
            raise ValueError("no such letter in an address")
        return real(self, message, now)

    with mock.patch.object(EmailConnection, "prepare", prepare):
        dispatch()
    assert statuses(campaign) == {"sent": 5, "failed": 1}
    bad.refresh_from_db()
    assert "no such letter" in bad.reason
    assert bad.hand_over_at is None


def test_a_line_that_dies_after_the_text_leaves_it_uncertain_and_unsent(
    sink: Sink, ella: User
) -> None:
    sink.answer = lambda to, count: None
    campaign = make_approved(1, ella)
    dispatch()
    sink.answer = None
    for hours in range(1, 50):
        later = timezone.now() + timedelta(hours=hours)
        recover_expired(later)
        dispatch(clock=lambda later=later: later)
    assert statuses(campaign) == {"uncertain": 1}
    assert sink.twice == {}


def test_a_person_resolves_an_uncertain_message(sink: Sink, ella: User) -> None:
    sink.answer = lambda to, count: None
    campaign = make_approved(2, ella)
    dispatch()
    Message.objects.filter(campaign=campaign).update(status="uncertain")
    first, second = Message.objects.filter(campaign=campaign)
    now = timezone.now()
    assert resolve_uncertain(first.pk, was_sent=True, actor=ella, now=now).status == "sent"
    again = resolve_uncertain(second.pk, was_sent=False, actor=ella, now=now)
    assert again.status == MessageStatus.EA_REVIEW
    assert not again.approvals.filter(voided_at=None).exists()


def test_a_worker_lost_before_hand_over_is_taken_over(sink: Sink, ella: User) -> None:
    campaign = make_approved(2, ella)
    claim(campaign.mailbox, worker="lost", now=timezone.now(), size=10)
    assert recover_expired(timezone.now()) == (0, 0)
    assert recover_expired(timezone.now() + timedelta(minutes=10)) == (2, 0)
    dispatch()
    assert statuses(campaign) == {"sent": 2}
    tries = Attempt.objects.order_by("number").values_list("number", "outcome")
    assert list(tries) == [(1, AttemptOutcome.ABANDONED)] * 2 + [(2, AttemptOutcome.SENT)] * 2


def test_a_worker_lost_during_hand_over_leaves_it_uncertain(sink: Sink, ella: User) -> None:
    campaign = make_approved(1, ella)
    message = claim(campaign.mailbox, worker="lost", now=timezone.now(), size=1).messages[0]
    handover.begin([handover.question(message, worker="lost")], now=timezone.now())
    assert recover_expired(timezone.now() + timedelta(minutes=10)) == (0, 1)
    dispatch(clock=lambda: timezone.now() + timedelta(days=2))
    assert sink.mails == []


def test_the_hour_is_counted_across_dispatches_and_says_so(sink: Sink, ella: User) -> None:
    mailbox = make_mailbox(per_hour=3)
    campaign = make_approved(5, ella, mailbox=mailbox)
    noon = datetime(2030, 1, 1, 12, 10, tzinfo=UTC)
    Message.objects.update(due_at=None)
    for _ in range(3):
        dispatch(clock=lambda: noon)
    assert statuses(campaign) == {"sent": 3, "approved": 2}
    held = Message.objects.filter(campaign=campaign, status="approved").first()
    assert "at most 3 an hour" in held.reason  # type: ignore[union-attr]
    assert held.due_at == datetime(2030, 1, 1, 13, 15, tzinfo=UTC)  # type: ignore[union-attr]
    dispatch(clock=lambda: noon + timedelta(hours=1, minutes=5))
    assert statuses(campaign) == {"sent": 5}


def test_one_recipient_domain_does_not_get_everything_at_once(sink: Sink, ella: User) -> None:
    mailbox = make_mailbox(per_domain_hour=2)
    campaign = make_approved(4, ella, mailbox=mailbox)
    dispatch()
    assert statuses(campaign) == {"sent": 2, "approved": 2}


def test_the_console_backend_and_several_connections_send_too(sink: Sink, ella: User) -> None:
    mailbox = make_mailbox(max_connections=4)
    campaign = make_approved(40, ella, mailbox=mailbox)
    dispatch()
    assert statuses(campaign) == {"sent": 40}
    assert sink.twice == {}


def test_a_budget_lowered_after_the_approval_holds_the_rest_for_review(
    sink: Sink, ella: User
) -> None:
    campaign = make_approved(3, ella)
    Campaign.objects.filter(pk=campaign.pk).update(contact_budget=1)
    dispatch()
    dispatch()
    assert statuses(campaign) == {"sent": 1, "ea_review": 2}
    assert len(sink.mails) == 1
    held = Message.objects.filter(campaign=campaign, status="ea_review")
    assert all("budget of 1 contacts" in message.reason for message in held)
    assert not Approval.objects.filter(message__in=held, voided_at=None).exists()
    returned = AuditEntry.objects.filter(action="message.returned_to_review", actor="dispatcher")
    assert returned.count() == 2


def test_rounds_lowered_after_the_approval_hold_the_rest_for_review(sink: Sink, ella: User) -> None:
    campaign = make_approved(2, ella)
    first, second = Message.objects.filter(campaign=campaign).order_by("created_at")
    Message.objects.filter(campaign=campaign).update(kind="negotiation")
    Message.objects.filter(pk=second.pk).update(enrollment=first.enrollment)
    Campaign.objects.filter(pk=campaign.pk).update(negotiation_limit=1)
    dispatch()
    assert statuses(campaign) == {"sent": 1, "ea_review": 1}
    assert len(sink.mails) == 1
    held = Message.objects.get(campaign=campaign, status="ea_review")
    assert "1 messages of kind" in held.reason
