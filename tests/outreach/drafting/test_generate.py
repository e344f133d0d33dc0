"""A campaign's drafts: one per vendor, within the budget, however often it is asked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance.models import AuditEntry
from crm.models import Company, Request
from crm.vendors import vendors_for
from outreach.briefs.create import create_request
from outreach.choices import CampaignKind, MessageKind, MessageStatus
from outreach.drafting.generate import contacts_left, generate_drafts
from outreach.errors import NothingToSend
from outreach.models import Campaign, Enrollment, Message, SequenceVersion
from tests.desk import BRIEF, add_mailbox, add_vendor, add_vendors

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    request = create_request(BRIEF, actor="Ella")
    return Campaign.objects.create(
        kind=CampaignKind.RFQ, name="Jet", slug="jet", request=request, mailbox=add_mailbox()
    )


def vendors(campaign: Campaign) -> list:  # type: ignore[type-arg]
    assert campaign.request is not None
    return vendors_for(campaign.request)[0][:100]


def test_every_vendor_gets_one_draft_to_review(campaign: Campaign) -> None:
    add_vendors(3)
    made = generate_drafts(campaign, vendors=vendors(campaign), actor="Ella")
    assert made.left_out == []
    assert Enrollment.objects.count() == 3
    message = made.messages[0]
    message.refresh_from_db()
    assert (message.status, message.kind, message.flagged) == ("ea_review", "first", False)
    assert message.to_address.endswith(".example")
    assert message.reply_to.startswith("jet-")
    assert message.original == {"subject": message.subject, "body": message.body}
    assert message.enrollment.match_reasons


def test_drafting_twice_makes_no_second_draft(campaign: Campaign) -> None:
    add_vendors(2)
    generate_drafts(campaign, vendors=vendors(campaign), actor="Ella")
    again = generate_drafts(campaign, vendors=vendors(campaign), actor="Ella")
    assert again.messages == []
    assert [reason for _, reason in again.left_out] == ["Already in this campaign."] * 2
    assert Message.objects.count() == 2


def test_a_vendor_added_later_is_drafted_to_alone(campaign: Campaign) -> None:
    add_vendors(2)
    generate_drafts(campaign, vendors=vendors(campaign), actor="Ella")
    add_vendor("Late Air")
    made = generate_drafts(campaign, vendors=vendors(campaign), actor="Ella")
    assert [message.enrollment.company.name for message in made.messages] == ["Late Air"]


def test_the_budget_bounds_the_drafts_and_says_who_is_left_out(campaign: Campaign) -> None:
    add_vendors(3)
    campaign.contact_budget = 2
    campaign.save()
    made = generate_drafts(campaign, vendors=vendors(campaign), actor="Ella")
    assert len(made.messages) == 2
    assert made.left_out == [("Charter C", "The budget of 2 contacts is used up.")]


def test_a_skipped_draft_gives_its_place_back(campaign: Campaign) -> None:
    add_vendors(2)
    generate_drafts(campaign, vendors=vendors(campaign), actor="Ella")
    assert contacts_left(campaign) == 18
    Message.objects.filter(pk=Message.objects.first().pk).update(status=MessageStatus.SKIPPED)
    assert contacts_left(campaign) == 19


def test_progress_is_told_draft_by_draft(campaign: Campaign) -> None:
    add_vendors(3)
    seen: list[tuple[int, int]] = []
    generate_drafts(
        campaign, vendors=vendors(campaign), actor="Ella", progress=lambda *at: seen.append(at)
    )
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_draft_with_an_unbacked_fact_is_flagged_with_the_reason(campaign: Campaign) -> None:
    add_vendor("Plain Air")
    category = campaign.request.category
    category.draft_template = "Hello {{ greeting }}, we pay $99,999. {{ sender.name }}"
    category.save()
    campaign.refresh_from_db()
    message = generate_drafts(campaign, vendors=vendors(campaign), actor="Ella").messages[0]
    assert message.flagged
    assert message.fact_marks[0]["text"] == "$99,999"
    assert "“$99,999”" in message.reason


def test_manual_channels_get_text_for_a_person(campaign: Campaign) -> None:
    add_vendor("Call Air", kind="phone", value="+12015550118")
    message = generate_drafts(campaign, vendors=vendors(campaign), actor="Ella").messages[0]
    assert (message.channel, message.subject) == ("phone", "")
    assert message.body.startswith("- Ask for Pat")


def test_every_draft_leaves_an_audit_entry(campaign: Campaign) -> None:
    add_vendors(2)
    generate_drafts(campaign, vendors=vendors(campaign), actor="Ella")
    assert AuditEntry.objects.filter(action="message.drafted", actor="Ella").count() == 2


def test_more_vendors_do_not_mean_more_queries(campaign: Campaign) -> None:
    def queries(matches: list) -> int:  # type: ignore[type-arg]
        with CaptureQueriesContext(connection) as captured:
            generate_drafts(campaign, vendors=matches, actor="Ella")
        return len(captured)

    add_vendor("First Air")
    few = queries(vendors(campaign))
    add_vendors(9)
    assert queries(vendors(campaign)) <= few


def test_a_sequence_without_a_request_has_nothing_to_draft_from() -> None:
    campaign = Campaign.objects.create(
        kind=CampaignKind.SEQUENCE,
        name="Drip",
        slug="drip",
        mailbox=add_mailbox(),
        sequence_version=SequenceVersion.objects.first(),
    )
    with pytest.raises(NothingToSend):
        generate_drafts(campaign, vendors=[], actor="Ella")


def test_the_first_message_kind_is_first(campaign: Campaign) -> None:
    add_vendor("One Air")
    generate_drafts(campaign, vendors=vendors(campaign), actor="Ella")
    assert Message.objects.get().kind == MessageKind.FIRST
    assert Company.objects.count() == Request.objects.count() == 1
