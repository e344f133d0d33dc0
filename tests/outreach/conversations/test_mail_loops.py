"""Two machines that answer each other: at most one automatic message a day in a thread."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from outreach import approvals
from outreach.conversations.drafts import put_answer
from outreach.models import Approval, Campaign, Message
from outreach.policy import approve_by_policy
from tests.outreach.conversations.conftest import Reply

pytestmark = pytest.mark.django_db(transaction=True)

MACHINE = "Your question was received. What is your customer number?"


@pytest.fixture
def trusted(touched: Message, ella: User) -> Message:
    """A thread of a campaign whose policy lets answers go by themselves by now."""
    Campaign.objects.update(approval_policy="first_n", approve_first=1, status="active")
    assert Approval.objects.filter(approver=ella).exists()
    return touched


def answer(heard: Message) -> Message:
    with transaction.atomic():
        return put_answer(heard, "It costs 300 a month.", actor="rules", engine="test")


def test_one_answer_a_day_goes_by_itself(trusted: Message, reply: Reply) -> None:
    gone = []
    for _ in range(5):
        draft = answer(reply(trusted, MACHINE))
        gone += approve_by_policy()
        Message.objects.filter(pk=draft.pk, status="approved").update(
            status="sent", sent_at=timezone.now()
        )
    assert len(gone) == 1
    draft.refresh_from_db()
    assert draft.status == "ea_review"
    assert "a person decides" in draft.reason


def test_a_person_may_still_let_the_second_go(trusted: Message, reply: Reply, ella: User) -> None:
    answer(reply(trusted, MACHINE))
    approve_by_policy()
    second = answer(reply(trusted, MACHINE))
    approve_by_policy()
    second.refresh_from_db()
    approvals.approve(second.pk, approver=ella, version=second.version)
    second.refresh_from_db()
    assert second.status == "approved"
