"""Ordered drafts: a worker writes them one by one, and none is lost or written twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from compliance.models import AuditEntry
from crm.models import ContactPoint
from outreach import tasks
from outreach.briefs.create import create_request
from outreach.campaigns import create_campaign
from outreach.choices import CampaignStatus
from outreach.drafting import generate, orders
from outreach.drafting.templates import DraftTemplateError
from outreach.models import Campaign, DraftOrder, Enrollment, Message
from tests.desk import BRIEF, add_mailbox, add_vendors

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(ella: User) -> Campaign:
    """Three vendors, each with a draft ordered and none written yet."""
    add_mailbox()
    add_vendors(3)
    request = create_request(BRIEF, actor="ella")
    made, generated = create_campaign(request, actor=ella, later=True)
    assert generated.messages == []
    return made


@pytest.fixture
def kicks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr("compliance.waking.async_task", heard.append)
    return heard


def progress(campaign: Campaign) -> tuple[int, int]:
    found = orders.progress_of(campaign.pk)
    return found.done, found.total


def test_a_worker_drafts_what_was_ordered(campaign: Campaign) -> None:
    assert progress(campaign) == (0, 3)
    assert orders.fulfil() is False
    assert progress(campaign) == (3, 3)
    assert Message.objects.filter(campaign=campaign, status="ea_review").count() == 3
    assert Enrollment.objects.filter(campaign=campaign).exclude(match_reasons=[]).count() == 3


def test_the_ledger_names_who_ordered_the_draft(campaign: Campaign) -> None:
    orders.fulfil()
    drafted = AuditEntry.objects.filter(action="message.drafted")
    assert set(drafted.values_list("actor", flat=True)) == {"ella"}


def test_each_draft_is_there_as_soon_as_it_is_written(campaign: Campaign) -> None:
    assert orders.fulfil(seconds=0) is True
    assert progress(campaign) == (1, 3)
    assert Message.objects.filter(campaign=campaign).count() == 1


def test_a_killed_drafting_goes_on_where_it_stopped(campaign: Campaign) -> None:
    orders.fulfil(seconds=0)
    # A worker that died left its claim behind.
    assert orders._claim(timezone.now)
    assert not orders.stalled(timezone.now())
    later = timezone.now() + timedelta(minutes=5)
    assert orders.stalled(later)
    orders.fulfil(clock=lambda: later)
    assert progress(campaign) == (3, 3)
    companies = list(Enrollment.objects.values_list("company", flat=True))
    assert len(companies) == len(set(companies)) == 3


def test_only_one_worker_drafts_at_a_time(campaign: Campaign) -> None:
    assert orders._claim(timezone.now)
    assert orders.fulfil() is False
    assert progress(campaign) == (0, 3)


def test_two_workers_never_hold_the_same_order(campaign: Campaign) -> None:
    claimed = [orders._claim(timezone.now) for _ in range(4)]
    assert len({order.pk for order in claimed if order}) == 3
    assert claimed[3] is None


def test_a_worker_slower_than_its_lease_makes_no_second_draft(campaign: Campaign) -> None:
    slow = orders._claim(timezone.now)
    assert slow
    later = timezone.now() + timedelta(minutes=5)
    orders.fulfil(clock=lambda: later)
    orders._fulfil(slow)
    assert Message.objects.filter(campaign=campaign).count() == 3
    assert orders.progress_of(campaign.pk).left_out == []


def test_the_minute_s_tick_wakes_a_worker_for_what_was_left(
    campaign: Campaign, kicks: list[str]
) -> None:
    tasks.tick()
    assert kicks == ["outreach.tasks.draft_ordered"]
    tasks.draft_ordered()
    tasks.tick()
    assert len(kicks) == 1


def test_a_long_list_takes_several_turns(
    campaign: Campaign, kicks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders.fulfil, "__kwdefaults__", {"clock": timezone.now, "seconds": 0})
    tasks.draft_ordered()
    assert kicks == ["outreach.tasks.draft_ordered"]


def test_a_vendor_who_cannot_be_drafted_to_is_named_and_the_others_go_on(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(row: Campaign, match: Any) -> generate.Draft:
        if match.company.name == "Charter B":
            raise DraftTemplateError("The template uses {{ moon }}.")
        return generate.draft_for(row, match)

    monkeypatch.setattr(orders, "draft_for", broken)
    orders.fulfil()
    found = orders.progress_of(campaign.pk)
    assert found.left_out == [("Charter B", "The template uses {{ moon }}.")]
    assert (found.done, found.drafted) == (3, 2)


def test_what_kills_every_worker_is_given_up_after_three_times(campaign: Campaign) -> None:
    DraftOrder.objects.filter(position=0).update(attempts=orders.MOST_ATTEMPTS)
    orders.fulfil()
    ((_vendor, reason),) = orders.progress_of(campaign.pk).left_out
    assert reason == "Drafting failed 3 times; write this one by hand."


def test_a_cancelled_campaign_gets_no_more_drafts(campaign: Campaign) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(status=CampaignStatus.CANCELLED)
    orders.fulfil()
    assert not Message.objects.filter(campaign=campaign).exists()
    assert progress(campaign) == (3, 3)


def test_an_address_removed_meanwhile_is_left_out(campaign: Campaign) -> None:
    ContactPoint.objects.filter(value="charter@chartera.example").delete()
    orders.fulfil()
    assert orders.progress_of(campaign.pk).left_out == [("Charter A", "The address was removed.")]


def test_the_budget_holds_for_ordered_drafts_too(campaign: Campaign) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(contact_budget=2)
    orders.fulfil()
    assert Message.objects.filter(campaign=campaign).count() == 2
    ((_vendor, reason),) = orders.progress_of(campaign.pk).left_out
    assert reason == "The budget of 2 contacts is used up."


def test_drafted_at_once_leaves_no_order_behind(ella: User, kicks: list[str]) -> None:
    add_mailbox()
    add_vendors(2)
    _campaign, made = create_campaign(create_request(BRIEF, actor="ella"), actor=ella)
    assert len(made.messages) == 2
    assert not DraftOrder.objects.exists()
    assert kicks == []


def test_drafting_at_once_that_dies_is_finished_by_a_worker(
    ella: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_mailbox()
    add_vendors(2)
    request = create_request(BRIEF, actor="ella")

    def killed(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("outreach.campaigns.generate_drafts", killed)
    with pytest.raises(KeyboardInterrupt):
        create_campaign(request, actor=ella)
    assert not orders.stalled(timezone.now())
    later = timezone.now() + timedelta(minutes=5)
    assert orders.stalled(later)
    orders.fulfil(clock=lambda: later)
    assert Message.objects.count() == 2
