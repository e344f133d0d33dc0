"""Campaigns: what they are to reach, where they stand, how much of the budget is used."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from outreach.api.access import ApiKeyAuth
from outreach.api.pages import Paging, page
from outreach.choices import BUDGET_USED, Direction
from outreach.models import Campaign, Message

READ = ApiKeyAuth("campaigns:read", "outreach.view_campaign")
router = Router(tags=["Campaigns"])


class Budget(Schema):
    """Contacts of the campaign: how many were written to or let go, of how many."""

    used: int
    limit: int


class CampaignOut(Schema):
    id: UUID
    kind: str
    name: str
    status: str
    request_id: UUID | None
    paused: bool
    paused_by: str
    pause_reason: str
    approval_policy: str
    follow_up_limit: int
    negotiation_limit: int
    created_at: datetime


class CampaignDetail(CampaignOut):
    """`messages` counts the outbound messages by status, `replies` what came in."""

    budget: Budget
    messages: dict[str, int]
    replies: int


class CampaignPage(Schema):
    items: list[CampaignOut]
    next_cursor: str | None


def get_campaign(campaign_id: UUID) -> Campaign:
    """The campaign, or 404."""
    return get_object_or_404(Campaign, pk=campaign_id)


def describe(campaign: Campaign) -> dict[str, Any]:
    """The campaign with its counts; three queries whatever its size."""
    ours: QuerySet[Message] = Message.objects.filter(campaign=campaign)
    rows = ours.values("direction", "status").annotate(n=Count("id")).order_by()
    counts = {(row["direction"], row["status"]): row["n"] for row in rows}
    out = {status: n for (way, status), n in counts.items() if way == Direction.OUTBOUND}
    used = (
        ours.filter(direction=Direction.OUTBOUND, status__in=BUDGET_USED)
        .values("enrollment_id")
        .distinct()
        .count()
    )
    plain = {
        name: getattr(campaign, name) for name in CampaignOut.model_fields if name != "messages"
    }
    return {
        **plain,
        "budget": {"used": used, "limit": campaign.contact_budget},
        "messages": out,
        "replies": sum(n for (way, _), n in counts.items() if way == Direction.INBOUND),
    }


@router.get("/campaigns", response=CampaignPage, auth=READ, operation_id="list_campaigns")
def list_campaigns(request: HttpRequest, paging: Paging) -> dict[str, Any]:
    """All campaigns, newest first. Scope `campaigns:read`."""
    return page(Campaign.objects.all(), paging)


@router.get(
    "/campaigns/{uuid:campaign_id}",
    response=CampaignDetail,
    auth=READ,
    operation_id="get_campaign",
)
def show_campaign(request: HttpRequest, campaign_id: UUID) -> dict[str, Any]:
    """One campaign with its budget and its messages by status. Scope `campaigns:read`."""
    return describe(get_campaign(campaign_id))
