"""Campaigns: what they are to reach, where they stand, how much of the budget is used."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from crm.models import Request
from outreach import approvals, budgets, pause
from outreach.actors import name_of
from outreach.api.access import ApiKeyAuth, owner_of
from outreach.api.once import DOCUMENTED, id_for, once, once_by_id
from outreach.api.pages import Paging, page
from outreach.api.shapes import Line
from outreach.campaigns import MOST_VENDORS, create_campaign
from outreach.choices import Direction
from outreach.drafting import orders
from outreach.models import Campaign, Message

APPROVE = ApiKeyAuth("messages:approve", "outreach.approve_message")
CREATE = ApiKeyAuth("campaigns:write", "outreach.add_campaign")
PAUSE = ApiKeyAuth("campaigns:write", "outreach.pause_campaign")
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


class LeftOut(Schema):
    """A vendor without a draft, and why."""

    vendor: str
    reason: str


class CampaignMade(CampaignDetail):
    """A new campaign with its drafts, and the vendors that got none."""

    left_out: list[LeftOut]


class CampaignIn(Schema):
    """Which of the suitable vendors: these, or the best so many; both optional."""

    vendor_ids: list[UUID] | None = Field(None, min_length=1, max_length=MOST_VENDORS)
    max_vendors: int | None = Field(None, ge=1, le=MOST_VENDORS)


class Held(Schema):
    """A draft that was left behind, and why."""

    message_id: UUID
    to: str
    reason: str


class ApprovedOut(Schema):
    """What went, and what waits for a person's look."""

    approved: list[UUID]
    left_behind: list[Held]


class PauseIn(Schema):
    reason: Line = Field("", max_length=200)


class CampaignPage(Schema):
    items: list[CampaignOut]
    next_cursor: str | None


def get_campaign(campaign_id: UUID) -> Campaign:
    """The campaign, or 404."""
    return get_object_or_404(Campaign, pk=campaign_id)


def describe(campaign: Campaign) -> dict[str, Any]:
    """The campaign with its counts; two queries whatever its size."""
    ours = Message.objects.filter(campaign=campaign)
    rows = ours.values("direction", "status").annotate(n=Count("id")).order_by()
    counts = {(row["direction"], row["status"]): row["n"] for row in rows}
    out = {status: n for (way, status), n in counts.items() if way == Direction.OUTBOUND}
    budget = budgets.contact_budget(campaign)
    plain = {name: getattr(campaign, name) for name in CampaignOut.model_fields}
    return {
        **plain,
        "budget": {"used": budget.used, "limit": budget.limit},
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


@router.post(
    "/requests/{uuid:request_id}/campaign",
    response={201: CampaignMade},
    auth=CREATE,
    operation_id="create_campaign",
    openapi_extra=DOCUMENTED,
)
@once_by_id
def add_campaign(request: HttpRequest, request_id: UUID, payload: CampaignIn) -> tuple[int, Schema]:
    """A campaign with one draft for each suitable vendor, best first, within the budget.

    Nothing is sent: every draft waits for an approval. Scope `campaigns:write`.
    """
    wanted = get_object_or_404(Request.objects.select_related("category"), pk=request_id)
    pk = id_for(request)
    if campaign := Campaign.objects.filter(pk=pk).first():
        lost = orders.progress_of(pk).left_out
    else:
        campaign, made = create_campaign(
            wanted,
            actor=owner_of(request),
            vendor_ids=payload.vendor_ids,
            max_vendors=payload.max_vendors,
            pk=pk,
        )
        lost = made.left_out
    left_out = [LeftOut(vendor=vendor, reason=reason) for vendor, reason in lost]
    return 201, CampaignMade(**describe(campaign), left_out=left_out)


@router.post(
    "/campaigns/{uuid:campaign_id}/approve-all",
    response=ApprovedOut,
    auth=APPROVE,
    operation_id="approve_all",
    openapi_extra=DOCUMENTED,
)
@once
def approve_all(request: HttpRequest, campaign_id: UUID) -> tuple[int, Schema]:
    """Approve every draft that nothing speaks against; the others come back with reasons.

    Scope `messages:approve`.
    """
    done = approvals.approve_all(get_campaign(campaign_id), approver=owner_of(request))
    return 200, ApprovedOut.from_orm(done)


@router.post(
    "/campaigns/{uuid:campaign_id}/pause",
    response=CampaignDetail,
    auth=PAUSE,
    operation_id="pause_campaign",
)
def pause_campaign(
    request: HttpRequest, campaign_id: UUID, payload: PauseIn | None = None
) -> dict[str, Any]:
    """Hold everything from the next claim on; what is held shows why. Scope `campaigns:write`."""
    campaign = get_campaign(campaign_id)
    reason = payload.reason if payload else ""
    pause.pause_campaign(campaign, actor=name_of(owner_of(request)), reason=reason)
    return describe(campaign)


@router.post(
    "/campaigns/{uuid:campaign_id}/resume",
    response=CampaignDetail,
    auth=PAUSE,
    operation_id="resume_campaign",
)
def resume_campaign(request: HttpRequest, campaign_id: UUID) -> dict[str, Any]:
    """Let a paused campaign go on. Scope `campaigns:write`."""
    campaign = get_campaign(campaign_id)
    pause.resume_campaign(campaign, actor=name_of(owner_of(request)))
    return describe(campaign)
