"""One marketing message a person a day, whatever sends at once; and never after they wrote."""

import threading
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from compliance import keyed_hash, suppression
from compliance.dnc.internal import add_internal, lift_internal
from compliance.models import Suppression
from outreach import approvals, legal_lines, lifecycle
from outreach.choices import CampaignKind, EnrollmentStatus
from outreach.models import Approval, Campaign, Enrollment, MarketingTouch, Message, SequenceVersion
from outreach.sending import handover
from outreach.sending.claim import claim
from outreach.sending.dispatch import dispatch
from outreach.sending.explain import explain
from outreach.sending.reconcile import recover_expired
from outreach.sequences.stop import hand_over, pause, resume
from tests.factories import make_approved, make_campaign, make_drafts, make_mailbox
from tests.outreach.sequences.build import make_version
from tests.smtp_sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)


def drip(count: int, approver: User, **changes: object) -> Campaign:
    changes["sequence_version"] = SequenceVersion.objects.first() or make_version()
    campaign = make_campaign(kind=CampaignKind.SEQUENCE, name="Drip", **changes)
    for draft in make_drafts(campaign, count):
        body = legal_lines.complete(draft.body, channel="email", to=draft.to_address)
        Message.objects.filter(pk=draft.pk).update(body=body)
    approvals.approve_all(campaign, approver=approver)
    return campaign


def same_people(campaign: Campaign, approver: User, **changes: object) -> Campaign:
    """Another campaign that has an approved message for each of the same contacts."""
    other = drip(campaign.enrollments.count(), approver, **changes)
    contacts = list(campaign.enrollments.values_list("contact", flat=True))
    for enrollment, contact in zip(other.enrollments.all(), contacts, strict=True):
        Enrollment.objects.filter(pk=enrollment.pk).update(contact=contact)
    return other


def sent(campaign: Campaign) -> int:
    return Message.objects.filter(campaign=campaign, status="sent").count()


def test_two_campaigns_reach_a_person_on_two_days(sink: Sink, ella: User) -> None:
    first = drip(3, ella)
    second = same_people(first, ella)
    dispatch()
    assert sent(first) + sent(second) == 3
    held = Message.objects.filter(status="approved").first()
    assert held is not None
    assert "one a day" in held.reason
    assert held.due_at is not None
    assert held.due_at > timezone.now() + timedelta(hours=23)
    tomorrow = timezone.now() + timedelta(hours=24, minutes=5)
    dispatch(clock=lambda: tomorrow)
    assert sent(first) + sent(second) == 6


def test_an_inquiry_does_not_use_up_the_day(sink: Sink, ella: User) -> None:
    inquiry = make_approved(2, ella)
    dispatch()
    drip_campaign = same_people(inquiry, ella)
    dispatch()
    assert sent(drip_campaign) == 2
    assert MarketingTouch.objects.count() == 2


def test_what_the_provider_put_off_keeps_the_persons_day(sink: Sink, ella: User) -> None:
    sink.answer = lambda to, count: "451 later"
    campaign = drip(1, ella)
    dispatch()
    assert sent(campaign) == 0
    sink.answer = None
    later = timezone.now() + timedelta(hours=2)
    dispatch(clock=lambda: later)
    assert sent(campaign) == 1


@pytest.mark.postgres
def test_two_workers_with_two_campaigns_at_once_reach_each_person_once(
    sink: Sink, ella: User
) -> None:
    first = drip(40, ella, mailbox=make_mailbox())
    other = make_mailbox(from_email="sam@desk.attache.example")
    second = same_people(first, ella, mailbox=other)
    start = threading.Barrier(2)

    def work(mailbox_id: object) -> None:
        try:
            start.wait(10)
            dispatch()
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    people = Message.objects.filter(status="sent").values_list("enrollment__contact", flat=True)
    assert len(people) == len(set(people)) == 40
    assert sent(first) + sent(second) == 40


def test_a_reply_between_claim_and_hand_over_wins(ella: User) -> None:
    campaign = make_approved(1, ella)
    now = timezone.now()
    message = claim(campaign.mailbox, worker="w", now=now, size=1).messages[0]
    Enrollment.objects.update(last_inbound_at=now)
    assert not handover.begin([handover.question(message, worker="w")], now=now)


def test_a_stopped_enrollment_gets_nothing_more(ella: User) -> None:
    campaign = make_approved(1, ella)
    message = claim(campaign.mailbox, worker="w", now=timezone.now(), size=1).messages[0]
    Enrollment.objects.update(status=EnrollmentStatus.STOPPED)
    assert not handover.begin([handover.question(message, worker="w")], now=timezone.now())


def claimed_touch(approver: User) -> Message:
    """A sequence's touch that a worker holds, with nothing handed over yet."""
    campaign = drip(1, approver)
    Message.objects.filter(campaign=campaign).update(step=1)
    campaign.enrollments.update(version=campaign.sequence_version)
    return claim(campaign.mailbox, worker="w", now=timezone.now(), size=1).messages[0]


def test_a_person_paused_between_claim_and_hand_over_gets_nothing(ella: User) -> None:
    message = claimed_touch(ella)
    pause(Enrollment.objects.all(), actor="ella")
    assert not handover.begin([handover.question(message, worker="w")], now=timezone.now())


def test_a_claim_abandoned_before_the_pause_waits_for_the_resume(sink: Sink, ella: User) -> None:
    message = claimed_touch(ella)
    pause(Enrollment.objects.all(), actor="ella")
    later = timezone.now() + timedelta(hours=1)
    recover_expired(later)
    dispatch(clock=lambda: later)
    message.refresh_from_db()
    assert (sink.mails, message.status) == ([], "approved")
    assert "ella paused this person." in explain(message, now=later)
    resume(Enrollment.objects.all(), actor="ella")
    dispatch(clock=lambda: later)
    assert len(sink.mails) == 1


def test_a_claim_abandoned_before_a_person_took_over_is_cancelled(sink: Sink, ella: User) -> None:
    message = claimed_touch(ella)
    hand_over(Enrollment.objects.get(), actor="sam", reason="Sam knows them.")
    later = timezone.now() + timedelta(hours=1)
    recover_expired(later)
    dispatch(clock=lambda: later)
    message.refresh_from_db()
    assert sink.mails == []
    assert (message.status, message.reason) == ("cancelled", "Sam knows them.")


def test_a_number_that_was_told_us_between_claim_and_hand_over_gets_no_text(ella: User) -> None:
    message = claimed_touch(ella)
    changes = {"channel": "sms", "to_address": "+13055550123"}
    Message.objects.filter(pk=message.pk).update(**changes)
    message.channel, message.to_address = "sms", changes["to_address"]
    content = lifecycle.content_hash(message)
    Approval.objects.filter(message=message).update(content_hash=content)
    told = add_internal("+13055550123", actor="sam", reason="On the phone.")
    assert not handover.begin([handover.question(message, worker="w")], now=timezone.now())
    lift_internal(told, actor="sam", reason="Another number was meant.")
    assert handover.begin([handover.question(message, worker="w")], now=timezone.now())


def test_what_a_reply_overtook_is_cancelled_and_says_why(sink: Sink, ella: User) -> None:
    campaign = make_approved(1, ella)
    ticks: list[int] = []

    def clock() -> datetime:
        # The reply is committed after the claim: the clock is asked again at hand-over.
        ticks.append(1)
        if len(ticks) == 3:
            Enrollment.objects.update(last_inbound_at=timezone.now())
        return timezone.now()

    dispatch(clock=clock)
    message = Message.objects.get(campaign=campaign)
    assert sink.mails == []
    assert (message.status, message.reason) == ("cancelled", "They replied before it left.")


def test_an_answer_may_still_go_after_they_wrote(sink: Sink, ella: User) -> None:
    campaign = make_campaign()
    make_drafts(campaign, 1, kind="answer")
    approvals.approve_all(campaign, approver=ella)
    Enrollment.objects.update(last_inbound_at=timezone.now() + timedelta(seconds=5))
    dispatch()
    assert sent(campaign) == 1


@pytest.mark.parametrize("how", ["address", "domain", "parent domain", "keyed hash"])
def test_every_kind_of_suppression_stops_at_hand_over(ella: User, how: str) -> None:
    campaign = make_approved(1, ella)
    now = timezone.now()
    message = claim(campaign.mailbox, worker="w", now=now, size=1).messages[0]
    domain = message.to_address.rsplit("@", 1)[1]
    if how == "keyed hash":
        Suppression.objects.create(
            kind="email", address=keyed_hash.hashed(message.to_address), reason="erasure"
        )
    else:
        listed = {"address": message.to_address, "domain": domain, "parent domain": domain}[how]
        if how == "parent domain":
            Message.objects.filter(pk=message.pk).update(to_address=f"a@mail.{domain}")
            message.to_address = f"a@mail.{domain}"
            content = lifecycle.content_hash(message)
            Approval.objects.filter(message=message).update(content_hash=content)
        kind = "email" if "@" in listed else "domain"
        suppression.suppress(kind, listed, reason="opt_out", source="test", received_at=now)
    assert not handover.begin([handover.question(message, worker="w")], now=now)


def test_a_lifted_suppression_does_not_stop_at_hand_over(ella: User) -> None:
    campaign = make_approved(1, ella)
    message = claim(campaign.mailbox, worker="w", now=timezone.now(), size=1).messages[0]
    Suppression.objects.create(
        kind="email", address=message.to_address, reason="opt_out", lifted_at=timezone.now(),
        lifted_by="sam",
    )  # fmt: skip
    assert handover.begin([handover.question(message, worker="w")], now=timezone.now())
