"""Scores, segments and whom to turn to first, as programs ask for them."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from crm.choices import Scored
from crm.models import Assignment, Contact, Lead, ScoringModel
from crm.scoring import inspect, segmenting
from crm.scoring.prioritise import Floor, Ranked, count_above, prioritise
from outreach.api.access import ApiKeyAuth
from outreach.api.shapes import Line

READ = ApiKeyAuth("scores:read", "crm.view_leadscore")
RANK = ApiKeyAuth("scores:read", "crm.view_contactscore")
SEGMENT = ApiKeyAuth("scores:write", "crm.change_assignment")
MOST_AT_ONCE = 1000
MOST_SEGMENTED = 20_000  # in one call; more are put by the worker
Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
router = Router(tags=["Scores"])


class LineOut(Schema):
    """One sign: points after its group's cap (`asked` before), and the words it was read from."""

    signal: str
    label: str
    part: str
    group: str
    points: float
    asked: float
    field: str
    words: str


class PartOut(Schema):
    """`points` of `max`, the same as 0 to 100, and what it gives to the total."""

    points: float
    max: float
    percent: float
    share: float


class RaiseOut(Schema):
    """A sign that would add `gain` points; `enough` if it alone reaches the next tier."""

    signal: str
    label: str
    part: str
    gain: float
    enough: bool


class ScoreOut(Schema):
    """A score worked out now; `stale` where what is stored differs and will be renewed."""

    id: UUID
    name: str
    model: str
    version: int
    points: float
    scale: float
    percent: float
    tier: str
    stale: bool
    parts: dict[str, PartOut]
    lines: list[LineOut]
    next_tier: str | None
    missing: float
    raises: list[RaiseOut]


class ModelOut(Schema):
    """A scoring model and the version in force; the definition is as versions are written."""

    slug: str
    name: str
    subject: str
    description: str
    version: int | None
    versions: int
    definition: dict[str, Any] | None


class PrioritizeIn(Schema):
    """Minimums are 0 to 100. `user_id` is accepted and not needed: scores are the desk's."""

    user_id: Line = Field("", max_length=200)
    min_fit_score: Percent = 0
    min_referral_capacity: Percent = 0
    min_signal_strength: Percent = 0
    segment: Line = Field("", max_length=40)
    limit: int = Field(50, ge=1, le=MOST_AT_ONCE)


class RankedOut(Schema):
    """Somebody to turn to: `priority_score`, `fit_score` … are 0 to 100, `points` the model's."""

    rank: int
    prospect_id: UUID
    name: str
    role: str
    company: str
    points: float
    priority_score: float
    fit_score: float
    referral_capacity: float
    signal_strength: float
    tier: str
    segment: str | None
    reasons: list[LineOut]


class PrioritizedOut(Schema):
    """The best first; `total` is how many have what was asked."""

    total: int
    prospects: list[RankedOut]


class SegmentIn(Schema):
    """Whom to put into segments; null is everybody. `user_id` is accepted and not needed."""

    user_id: Line = Field("", max_length=200)
    prospect_ids: list[UUID] | None = Field(None, max_length=MOST_AT_ONCE)


class ReasonOut(Schema):
    segment: str
    label: str
    points: float
    field: str
    words: str


class TagOut(Schema):
    kind: str
    value: str
    field: str
    words: str


class AssignmentOut(Schema):
    """Where somebody belongs: `segment` null where nothing says which; `by` is "rules" or who
    said so. `suits` are all segments they suit, with points."""

    prospect_id: UUID
    name: str
    segment: str | None
    by: str
    why: str
    suits: dict[str, float]
    reasons: list[ReasonOut]
    tags: list[TagOut]


class ShareOut(Schema):
    """A segment: people in it, their per cent of all assigned, and the share it is to have."""

    segment: str
    label: str
    people: int
    percent: float
    target: float


class SegmentedOut(Schema):
    """`assignments` are those asked for, or the first 1,000; the distribution is everybody's.

    `pending`: more people than one call puts; the worker goes on with them.
    """

    total: int
    pending: bool
    assignments: list[AssignmentOut]
    distribution: list[ShareOut]
    unassigned: int
    not_found: list[UUID]


@router.get(
    "/leads/{uuid:lead_id}/score", response=ScoreOut, auth=READ, operation_id="get_lead_score"
)
def lead_score(request: HttpRequest, lead_id: UUID) -> dict[str, Any]:
    """A lead's score with every reason, and what would raise it. Scope `scores:read`."""
    get_object_or_404(Lead, pk=lead_id)
    return inspect.as_data(inspect.look_at(Scored.LEAD, lead_id))


@router.get(
    "/scoring/models", response=list[ModelOut], auth=READ, operation_id="list_scoring_models"
)
def models(request: HttpRequest) -> list[dict[str, Any]]:
    """The scoring models with the definitions in force. Scope `scores:read`."""
    rows = ScoringModel.objects.select_related("current").prefetch_related("versions")
    return [
        {
            "slug": row.slug, "name": row.name, "subject": row.subject,
            "description": row.description, "versions": len(row.versions.all()),
            "version": row.current.number if row.current else None,
            "definition": row.current.definition if row.current else None,
        }
        for row in rows
    ]  # fmt: skip


@router.post(
    "/outreach/prioritize", response=PrioritizedOut, auth=RANK, operation_id="prioritize_prospects"
)
def prioritize(request: HttpRequest, payload: PrioritizeIn) -> dict[str, Any]:
    """The prospects with the highest scores above the minimums, none of them suppressed.

    Scope `scores:read`.
    """
    floor = Floor(
        fit=payload.min_fit_score, referral_capacity=payload.min_referral_capacity,
        signal_strength=payload.min_signal_strength, segment=payload.segment,
    )  # fmt: skip
    ranked = prioritise(Scored.CONTACT, floor, limit=payload.limit)
    total = count_above(Scored.CONTACT, floor).total
    return {"total": total, "prospects": [_out(one) for one in ranked]}


def _out(one: Ranked) -> dict[str, Any]:
    return {
        "rank": one.rank, "prospect_id": one.key, "name": one.name, "role": one.role,
        "company": one.company, "points": one.points, "priority_score": round(one.percent, 2),
        "fit_score": round(one.parts["fit"], 2), "tier": one.tier,
        "referral_capacity": round(one.parts["referral_capacity"], 2),
        "signal_strength": round(one.parts["signal_strength"], 2),
        "segment": one.segment or None, "reasons": list(one.reasons),
    }  # fmt: skip


@router.post(
    "/outreach/segment", response=SegmentedOut, auth=SEGMENT, operation_id="segment_prospects"
)
def segment(request: HttpRequest, payload: SegmentIn) -> dict[str, Any]:
    """Put prospects into segments by the rules in force, with tags and the reason for each.

    Who was put somewhere by a person stays there. Scope `scores:write`.
    """
    people = Contact.objects.filter(erased_at=None)
    if payload.prospect_ids is not None:
        people = people.filter(pk__in=payload.prospect_ids)
    total = people.count()
    keys = list(people.order_by("pk").values_list("pk", flat=True)[:MOST_SEGMENTED])
    segmenting.segment_these(keys)
    shown = Assignment.objects.filter(contact__in=keys[:MOST_AT_ONCE])
    spread = segmenting.distribution()
    missing = set(payload.prospect_ids or ()) - set(keys)
    return {
        "total": total, "pending": total > len(keys),
        "assignments": [
            assignment_as_data(row)
            for row in shown.select_related("contact__company").order_by("contact")
        ],
        "distribution": [
            {"segment": name, "label": label, "people": count, "percent": round(percent, 1),
             "target": float(share)}
            for name, label, count, percent, share in spread.rows
        ],
        "unassigned": spread.counts.get("", 0), "not_found": sorted(missing),
    }  # fmt: skip


def assignment_as_data(row: Assignment) -> dict[str, Any]:
    """An assignment as programs read it."""
    return {
        "prospect_id": row.contact_id, "name": str(row.contact), "segment": row.holds or None,
        "by": row.said_by if row.said else "rules", "suits": row.suits,
        "why": row.said_because or f"{row.said_by} said so." if row.said else row.why,
        "reasons": row.reasons, "tags": row.tags,
    }  # fmt: skip
