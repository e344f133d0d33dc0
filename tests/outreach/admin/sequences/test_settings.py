"""A campaign's settings: its own fields by kind, and every change in the ledger."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from compliance.models import AuditEntry
from outreach.models import Campaign
from tests.factories import make_campaign
from tests.outreach.sequences.build import make_drip

pytestmark = pytest.mark.django_db


def settings_of(campaign: Campaign) -> str:
    return reverse("admin:outreach_campaign_change", args=[campaign.pk])


def filled_in(campaign: Campaign, **changed: Any) -> dict[str, Any]:
    values = {
        "name": campaign.name, "mailbox": campaign.mailbox_id, "owner": "", "offer": "",
        "contact_budget": campaign.contact_budget, "approval_policy": campaign.approval_policy,
        "approve_first": campaign.approve_first, "text_mailbox": "", "exclusive": "on",
        "contact_gap_days": campaign.contact_gap_days, "follow_up_limit": campaign.follow_up_limit,
        "negotiation_limit": campaign.negotiation_limit,
    }  # fmt: skip
    return {**values, **changed}


def test_a_drip_opens_at_its_batches_and_a_request_at_its_queue(client_of: Any, ella: User) -> None:
    client = client_of(ella)

    assert client.get(settings_of(make_drip()))["Location"].endswith("/drip/")
    assert client.get(settings_of(make_campaign()))["Location"].endswith("/queue/")


def test_each_kind_has_its_own_settings(client_of: Any, ella: User) -> None:
    client = client_of(ella)

    drip = client.get(settings_of(make_drip()) + "?settings").content.decode()
    rfq = client.get(settings_of(make_campaign()) + "?settings").content.decode()

    assert 'name="offer"' in drip
    assert 'name="negotiation_limit"' not in drip
    assert 'name="negotiation_limit"' in rfq
    assert 'name="offer"' not in rfq


def test_a_change_is_written_down_with_its_fields(client_of: Any, ella: User) -> None:
    drip = make_drip()
    values = filled_in(drip, offer="We look after planes.", approval_policy="first_n")

    client_of(ella).post(settings_of(drip) + "?settings", values)

    drip.refresh_from_db()
    assert (drip.offer, drip.approval_policy) == ("We look after planes.", "first_n")
    entry = AuditEntry.objects.get(action="campaign.changed")
    assert (entry.actor, entry.data["fields"]) == ("ella", ["approval_policy", "offer"])


def test_saving_without_a_change_writes_nothing_down(client_of: Any, ella: User) -> None:
    drip = make_drip()

    client_of(ella).post(settings_of(drip) + "?settings", filled_in(drip))

    assert not AuditEntry.objects.filter(action="campaign.changed").exists()


def test_a_request_s_messages_are_approved_one_and_all(client_of: Any, ella: User) -> None:
    rfq = make_campaign()

    client_of(ella).post(settings_of(rfq) + "?settings", filled_in(rfq, approval_policy="first_n"))

    rfq.refresh_from_db()
    assert rfq.approval_policy == "every_message"
