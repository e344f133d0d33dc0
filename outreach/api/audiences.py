"""From a segment to a campaign, and whom a campaign was made for."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from crm.models import Segment, SegmentMember, SegmentSnapshot
from crm.segments import versions
from outreach.api.access import ApiKeyAuth, owner_of
from outreach.api.once import DOCUMENTED, once
from outreach.api.segments import MembersQuery, read_cursor
from outreach.api.shapes import Line
from outreach.choices import ApprovalPolicy
from outreach.models import Campaign, Sequence
from outreach.sequences import from_segment
from outreach.sequences.campaigns import MOST_PEOPLE, Terms
from outreach.sequences.versions import newest

START = ApiKeyAuth("campaigns:write", "outreach.add_campaign")
AUDIENCE = ApiKeyAuth("enrollments:read", "outreach.view_enrollment")
router = Router(tags=["Segments"])


class SegmentCampaignIn(Schema):
    """A campaign for the people a segment means now; `everyone` says that all are meant."""

    sequence: Line = Field(min_length=1, max_length=60, description="The sequence's slug.")
    name: Line = Field("", max_length=200)
    offer: Line = Field("", max_length=300)
    approval_policy: ApprovalPolicy = ApprovalPolicy.EVERY_MESSAGE
    approve_first: int = Field(50, ge=0, le=100_000)
    exclusive: bool = True
    contact_gap_days: int = Field(14, ge=0, le=365)
    contact_budget: int = Field(MOST_PEOPLE, ge=1, le=MOST_PEOPLE)
    everyone: bool = False


class AudienceOut(Schema):
    """Whom a campaign was made for; `left_out` counts by reason, `waiting` are still taken in."""

    campaign: UUID
    segment: UUID
    version: int
    words: str
    taken_at: datetime
    taken_by: str
    size: int
    taken_in: int
    waiting: int
    left_out: dict[str, int]


class AudienceMember(Schema):
    """A member with the `values` they were chosen by; `outcome` is in, empty, or why not."""

    id: UUID
    values: dict[str, Any]
    outcome: str
    reason: str


class AudiencePage(Schema):
    items: list[AudienceMember]
    next_cursor: str | None


@router.post(
    "/segments/{uuid:segment_id}/campaign", response={201: AudienceOut}, auth=START,
    operation_id="start_segment_campaign", openapi_extra=DOCUMENTED,
)  # fmt: skip
@once
def start_campaign(
    request: HttpRequest, segment_id: UUID, payload: SegmentCampaignIn
) -> tuple[int, Schema]:
    """A campaign whose people are frozen now; the worker takes them in. Scope `campaigns:write`.

    A segment that means everybody needs `everyone`.
    """
    segment = get_object_or_404(Segment, pk=segment_id, archived_at=None)
    sequence = get_object_or_404(Sequence, slug=payload.sequence, active=True)
    terms = Terms(**payload.dict(exclude={"name", "sequence", "everyone"}))
    campaign = from_segment.start_from_segment(
        versions.newest(segment), newest(sequence), name=payload.name, actor=owner_of(request),
        terms=terms, everyone=payload.everyone,
    )  # fmt: skip
    return 201, AudienceOut(**_audience(campaign))


@router.get(
    "/campaigns/{uuid:campaign_id}/audience", response=AudienceOut, auth=AUDIENCE,
    operation_id="get_campaign_audience",
)  # fmt: skip
def get_audience(request: HttpRequest, campaign_id: UUID) -> Any:
    """Whom a campaign was made for, and what came of it. Scope `enrollments:read`."""
    return _audience(_made_for(campaign_id))


@router.get(
    "/campaigns/{uuid:campaign_id}/audience/people", response=AudiencePage, auth=AUDIENCE,
    operation_id="list_campaign_audience",
)  # fmt: skip
def list_audience(
    request: HttpRequest, campaign_id: UUID, query: Annotated[MembersQuery, Query(...)]
) -> Any:
    """The members with the values they were chosen by. Scope `enrollments:read`."""
    campaign = _made_for(campaign_id)
    rows = SegmentMember.objects.filter(snapshot=campaign.audience_id).order_by("pk")
    after = read_cursor(query.cursor, int)
    found = list((rows.filter(pk__gt=after) if after else rows)[: query.limit + 1])
    more = len(found) > query.limit
    items = [
        {"id": one.contact_id, "values": one.values, "outcome": one.outcome, "reason": one.reason}
        for one in found[: query.limit]
    ]
    return {"items": items, "next_cursor": str(found[query.limit - 1].pk) if more else None}


def _made_for(campaign_id: UUID) -> Campaign:
    rows = Campaign.objects.select_related("audience__version").exclude(audience=None)
    return get_object_or_404(rows, pk=campaign_id)


def _audience(campaign: Campaign) -> dict[str, Any]:
    snapshot: SegmentSnapshot | None = campaign.audience
    assert snapshot is not None
    told = from_segment.progress(campaign)
    return {
        "campaign": campaign.pk, "segment": snapshot.version.segment_id,
        "version": snapshot.version.number, "words": snapshot.words,
        "taken_at": snapshot.taken_at, "taken_by": snapshot.taken_by, "size": told.size,
        "taken_in": told.taken_in, "waiting": told.waiting, "left_out": told.left_out,
    }  # fmt: skip
