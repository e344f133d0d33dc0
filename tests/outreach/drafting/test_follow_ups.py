"""Follow-ups: only after a first message, never after an answer, never more than allowed."""

from datetime import UTC, datetime
from typing import Any

import pytest

from compliance.models import AuditEntry
from crm.vendors import vendors_for
from outreach.briefs.create import create_request
from outreach.choices import CampaignKind, EnrollmentStatus, MessageStatus
from outreach.drafting.draft import Draft, draft_message
from outreach.drafting.follow_ups import draft_follow_up
from outreach.drafting.generate import generate_drafts
from outreach.errors import BudgetExceeded, NotAllowedNow
from outreach.models import Campaign, Enrollment, Message
from tests.desk import BRIEF, add_mailbox, add_vendor

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrollment() -> Enrollment:
    add_vendor("Quiet Air")
    request = create_request(BRIEF, actor="Ella")
    campaign = Campaign.objects.create(
        kind=CampaignKind.RFQ, name="Jet", slug="jet", request=request, mailbox=add_mailbox()
    )
    generate_drafts(campaign, vendors=vendors_for(request)[0], actor="Ella")
    Message.objects.update(
        status=MessageStatus.SENT,
        sent_at=datetime(2026, 11, 23, 15, tzinfo=UTC),
        rfc_message_id="<first@desk.example>",
    )
    return Enrollment.objects.get()


def send(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(status=MessageStatus.SENT)


def test_a_follow_up_waits_for_review_in_the_same_thread(enrollment: Enrollment) -> None:
    message = draft_follow_up(enrollment, actor="Ella")
    assert (message.status, message.kind) == ("ea_review", "follow_up")
    assert message.in_reply_to == "<first@desk.example>"
    assert message.subject.startswith("Re: Charter request")
    assert "on Monday, November 23, 2026" in message.body
    assert not message.flagged


def test_asking_twice_gives_the_one_that_waits(enrollment: Enrollment) -> None:
    first = draft_follow_up(enrollment, actor="Ella")
    assert draft_follow_up(enrollment, actor="Ella") == first


def test_who_answers_while_the_words_are_found_is_not_followed_up(
    enrollment: Enrollment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answered_meanwhile(*asked: Any, **more: Any) -> Draft:
        Enrollment.objects.filter(pk=enrollment.pk).update(status=EnrollmentStatus.REPLIED)
        return draft_message(*asked, **more)

    monkeypatch.setattr("outreach.drafting.follow_ups.draft_message", answered_meanwhile)
    with pytest.raises(NotAllowedNow, match="already replied"):
        draft_follow_up(enrollment, actor="Ella")
    assert not Message.objects.filter(kind="follow_up").exists()


def test_the_limit_of_follow_ups_holds(enrollment: Enrollment) -> None:
    bodies = set()
    for _ in range(3):
        message = draft_follow_up(enrollment, actor="Ella")
        bodies.add(message.body)
        send(message)
    assert len(bodies) == 3
    with pytest.raises(BudgetExceeded, match="All 3 follow-ups to Quiet Air are used up"):
        draft_follow_up(enrollment, actor="Ella")


def test_nothing_is_followed_up_before_the_first_message_went_out(enrollment: Enrollment) -> None:
    Message.objects.update(status=MessageStatus.APPROVED, sent_at=None)
    with pytest.raises(NotAllowedNow, match="has not gone out"):
        draft_follow_up(enrollment, actor="Ella")


def test_nobody_who_answered_is_followed_up(enrollment: Enrollment) -> None:
    enrollment.status = EnrollmentStatus.REPLIED
    with pytest.raises(NotAllowedNow, match="already replied"):
        draft_follow_up(enrollment, actor="Ella")


def test_one_that_was_skipped_uses_up_nothing_and_the_ledger_counts(enrollment: Enrollment) -> None:
    skipped = draft_follow_up(enrollment, actor="Ella")
    Message.objects.filter(pk=skipped.pk).update(status=MessageStatus.SKIPPED)
    for _ in range(enrollment.campaign.follow_up_limit):
        send(draft_follow_up(enrollment, actor="Ella"))
    with pytest.raises(BudgetExceeded):
        draft_follow_up(enrollment, actor="Ella")
    acts = AuditEntry.objects.filter(action="message.drafted", data__kind="follow_up")
    numbers = [act.data["number"] for act in acts.order_by("id")]
    assert numbers == [1, *range(1, enrollment.campaign.follow_up_limit + 1)]
