"""First N: people approve the first so many, then the policy does; one switch ends it."""

import pytest
from django.contrib.auth.models import User

from compliance import suppression
from compliance.models import AuditEntry
from outreach import approvals, editing
from outreach.models import Approval, Campaign, Enrollment, Message, OutreachPolicy
from outreach.policy import approve_by_policy, recall_policy_approvals
from outreach.sequences import stop
from outreach.sequences.enroll import enroll
from tests.factories import make_campaign, make_drafts
from tests.outreach.sequences.build import make_drip, make_people
from tests.outreach.sequences.clock import Clock, tick

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> Clock:  # type: ignore[misc]
    turned = Clock()
    yield turned  # type: ignore[misc]
    turned.stop()


@pytest.fixture
def drip(clock: Clock) -> Campaign:
    campaign = make_drip(approval_policy="first_n", approve_first=2)
    enroll(campaign, [p.pk for p in make_people(5)], actor="sam")
    tick()
    return campaign


def approve_some(drip: Campaign, count: int, approver: User) -> None:
    for message in approvals.waiting(drip)[:count]:
        approvals.approve(message.pk, approver=approver, version=1)


def states() -> list[str]:
    return sorted(Message.objects.values_list("status", flat=True))


def test_before_people_approved_the_first_nothing_goes_by_itself(
    drip: Campaign, ella: User
) -> None:
    approve_some(drip, 1, ella)
    assert approve_by_policy() == []


def test_after_the_first_the_rest_go_and_the_policy_is_named(drip: Campaign, ella: User) -> None:
    approve_some(drip, 2, ella)
    assert len(approve_by_policy()) == 3
    assert states() == ["approved"] * 5
    by_policy = Approval.objects.filter(approver=None)
    assert {a.approved_by for a in by_policy} == {"policy: a person approved the first 2"}
    entries = AuditEntry.objects.filter(action="message.approved", actor__startswith="policy")
    assert entries.count() == 3
    assert approve_by_policy() == []


def test_flagged_edited_and_taken_back_ones_stay_for_a_person(drip: Campaign, ella: User) -> None:
    approve_some(drip, 2, ella)
    flagged, edited, back = approvals.waiting(drip)
    Message.objects.filter(pk=flagged.pk).update(flagged=True)
    editing.edit(edited.pk, actor="ella", version=1, subject="Hi", body="Hello you")
    approvals.skip(Message.objects.filter(pk=back.pk), actor="ella")
    approvals.return_to_review(
        Message.objects.filter(pk=back.pk), actor="ella", reason="Taken back by ella."
    )
    assert approve_by_policy() == []


def test_what_the_gate_refuses_stays_with_the_reason(
    drip: Campaign, ella: User, clock: Clock
) -> None:
    approve_some(drip, 2, ella)
    left = approvals.waiting(drip)[0]
    suppression.suppress(
        "email", left.to_address, reason="opt_out", source="test", received_at=clock.now
    )
    assert len(approve_by_policy()) == 2
    left.refresh_from_db()
    assert left.status == "ea_review"
    assert "is suppressed since" in left.reason


def test_a_paused_person_waits_and_goes_on_after_it(drip: Campaign, ella: User) -> None:
    approve_some(drip, 2, ella)
    approve_by_policy()
    everybody = Enrollment.objects.all()
    stop.pause(everybody, actor="ella")
    assert approve_by_policy() == []
    stop.resume(everybody, actor="ella")
    assert len(approve_by_policy()) == 5


def test_the_switch_over_everything_stops_and_takes_back(drip: Campaign, ella: User) -> None:
    approve_some(drip, 2, ella)
    approve_by_policy()
    OutreachPolicy.load()
    OutreachPolicy.objects.update(force_every_message=True)
    assert len(recall_policy_approvals()) == 3
    assert states() == ["approved"] * 2 + ["ea_review"] * 3
    assert approve_by_policy() == []
    assert recall_policy_approvals() == []


def test_a_campaign_set_back_to_every_message_is_taken_back(drip: Campaign, ella: User) -> None:
    approve_some(drip, 2, ella)
    approve_by_policy()
    assert recall_policy_approvals() == []
    Campaign.objects.update(approval_policy="every_message")
    assert len(recall_policy_approvals()) == 3


def test_a_request_to_vendors_is_never_approved_by_a_policy(clock: Clock, ella: User) -> None:
    campaign = make_campaign()
    make_drafts(campaign, 3)
    approve_some(campaign, 2, ella)
    assert approve_by_policy() == []
