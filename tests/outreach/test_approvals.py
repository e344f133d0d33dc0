"""Approvals: bound to content, within the budget, one per draft, the same few queries for many."""

import threading
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compliance import suppression
from compliance.models import AuditEntry
from outreach import approvals, editing
from outreach.errors import BudgetExceeded, EditConflict, NotAllowedNow, OutreachError
from outreach.lifecycle import content_hash
from outreach.models import Approval, Campaign, Message
from tests.factories import make_campaign, make_drafts

pytestmark = pytest.mark.django_db


def test_an_approval_is_bound_to_the_content(ella: User) -> None:
    draft = make_drafts(make_campaign(), 1)[0]
    approvals.approve(draft.pk, approver=ella, version=1)
    approval = Approval.objects.get()
    assert (approval.content_hash, approval.approver) == (content_hash(draft), ella)
    assert AuditEntry.objects.filter(action="message.approved").count() == 1


def test_an_edit_ends_the_approval_and_asks_again(ella: User) -> None:
    draft = make_drafts(make_campaign(), 1)[0]
    approvals.approve(draft.pk, approver=ella, version=1)
    edited = editing.edit(draft.pk, actor="ella", version=1, subject=draft.subject, body="New.")
    assert edited.status == "ea_review"
    assert Approval.objects.get().voided_at
    approvals.approve(draft.pk, approver=ella, version=2, checked=True)
    assert Approval.objects.filter(voided_at=None).get().edited


def test_saving_the_same_words_changes_nothing(ella: User) -> None:
    draft = make_drafts(make_campaign(), 1)[0]
    approvals.approve(draft.pk, approver=ella, version=1)
    editing.edit(draft.pk, actor="ella", version=1, subject=draft.subject, body=draft.body)
    draft.refresh_from_db()
    assert draft.status == "approved"


def test_two_writers_the_second_sees_both_versions(ella: User) -> None:
    draft = make_drafts(make_campaign(), 1)[0]
    editing.edit(draft.pk, actor="ella", version=1, subject="S", body="Ella's words.")
    with pytest.raises(EditConflict) as conflict:
        editing.edit(draft.pk, actor="sam", version=1, subject="S", body="Sam's words.")
    assert conflict.value.theirs["body"] == "Ella's words."
    assert conflict.value.version == 2


def test_approving_what_changed_since_it_was_read_is_a_conflict(ella: User) -> None:
    draft = make_drafts(make_campaign(), 1)[0]
    editing.edit(draft.pk, actor="sam", version=1, subject="S", body="Other words.")
    with pytest.raises(EditConflict):
        approvals.approve(draft.pk, approver=ella, version=1)


def test_approve_all_leaves_behind_what_something_speaks_against(ella: User) -> None:
    campaign = make_campaign()
    fine, flagged, phone, stopped, empty = make_drafts(campaign, 5)
    Message.objects.filter(pk=flagged.pk).update(flagged=True, reason="“$9,999” is not known.")
    Message.objects.filter(pk=phone.pk).update(channel="phone")
    Message.objects.filter(pk=empty.pk).update(body="Dear {{ name }},")
    suppression.suppress(
        "email", stopped.to_address, reason="opt_out", source="reply", received_at=timezone.now()
    )
    result = approvals.approve_all(campaign, approver=ella)
    assert result.approved == [fine.pk]
    reasons = {left.message_id: left.reason for left in result.left_behind}
    assert "$9,999" in reasons[flagged.pk]
    assert reasons[phone.pk] == "Phone is done by hand: call, then log it."
    assert "suppressed" in reasons[stopped.pk]
    assert "leftovers" in reasons[empty.pk]


def test_a_flagged_draft_needs_a_person_who_checked(ella: User) -> None:
    draft = make_drafts(make_campaign(), 1, flagged=True, reason="“$9” is not known.")[0]
    with pytest.raises(NotAllowedNow):
        approvals.approve(draft.pk, approver=ella, version=1)
    approvals.approve(draft.pk, approver=ella, version=1, checked=True)
    draft.refresh_from_db()
    assert draft.status == "approved"


def test_the_contact_budget_holds_in_bulk_and_one_by_one(ella: User) -> None:
    campaign = make_campaign(contact_budget=3)
    make_drafts(campaign, 5)
    result = approvals.approve_all(campaign, approver=ella)
    assert len(result.approved) == 3
    assert all("budget of 3" in left.reason for left in result.left_behind)
    with pytest.raises(BudgetExceeded):
        approvals.approve(result.left_behind[0].message_id, approver=ella, version=1)


def test_only_a_used_up_limit_is_told_as_one(ella: User, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "Shadwell Air had no budget for it, they said."
    draft = make_drafts(make_campaign(), 1)[0]
    monkeypatch.setattr(approvals, "refusals_of", lambda messages: {draft.pk: words})
    with pytest.raises(NotAllowedNow, match="Shadwell"):
        approvals.approve(draft.pk, approver=ella, version=1)


def test_a_vendor_gets_no_more_follow_ups_than_allowed(ella: User) -> None:
    campaign = make_campaign(follow_up_limit=1)
    first, second = make_drafts(campaign, 2, kind="follow_up")
    Message.objects.filter(pk=second.pk).update(enrollment=first.enrollment_id)
    result = approvals.approve_all(campaign, approver=ella)
    assert len(result.approved) == 1


@pytest.mark.parametrize("status", ["approved", "sent", "cancelled", "skipped"])
def test_only_what_waits_can_be_approved(ella: User, status: str) -> None:
    draft = make_drafts(make_campaign(), 1)[0]
    Message.objects.filter(pk=draft.pk).update(status=status)
    with pytest.raises(NotAllowedNow):
        approvals.approve(draft.pk, approver=ella, version=1)


def test_a_skipped_draft_can_be_taken_back(ella: User) -> None:
    draft = make_drafts(make_campaign(), 1)[0]
    rows = Message.objects.filter(pk=draft.pk)
    approvals.skip(rows, actor="ella", reason="Too far away.")
    draft.refresh_from_db()
    assert (draft.status, draft.reason) == ("skipped", "Too far away.")
    approvals.return_to_review(rows, actor="ella", reason="Changed my mind.")
    draft.refresh_from_db()
    assert draft.status == "ea_review"


def queries_for(campaign: Campaign, ella: User) -> int:
    with CaptureQueriesContext(connection) as captured:
        approvals.approve_all(campaign, approver=ella)
    return len(captured)


def test_many_drafts_take_no_more_queries_than_few(ella: User) -> None:
    small, large = make_campaign(), make_campaign()
    make_drafts(small, 5)
    make_drafts(large, 60)  # SQLite splits statements of more than 999 values
    assert queries_for(small, ella) == queries_for(large, ella)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_the_same_draft_exactly_one_approves(ella: User, sam: User) -> None:
    draft = make_drafts(make_campaign(), 1)[0]
    outcomes = at_once(
        lambda: approvals.approve(draft.pk, approver=ella, version=1),
        lambda: approvals.approve(draft.pk, approver=sam, version=1),
    )
    assert sorted(outcomes) == ["NotAllowedNow", "done"]
    assert Approval.objects.filter(voided_at=None).count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_approve_alls_at_once_keep_the_budget(ella: User, sam: User) -> None:
    campaign = make_campaign(contact_budget=5)
    make_drafts(campaign, 10)
    at_once(
        lambda: approvals.approve_all(campaign, approver=ella),
        lambda: approvals.approve_all(campaign, approver=sam),
    )
    assert Message.objects.filter(campaign=campaign, status="approved").count() == 5
    assert Approval.objects.count() == 5


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run the acts in threads of their own; "done" or the name of the refusal for each."""
    outcomes: list[str] = []
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
            outcomes.append("done")
        except OutreachError as error:
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
