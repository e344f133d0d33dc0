"""Enrollments: take people in, see each touch with its local time, pause, move and remove."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from outreach.actors import name_of
from outreach.api.access import ApiKeyAuth, owner_of
from outreach.api.pages import PageQuery, page
from outreach.api.shapes import Line
from outreach.choices import EnrollmentStatus
from outreach.errors import NotAllowedNow
from outreach.models import Campaign, Enrollment, SequenceVersion
from outreach.sequences import moving, stop
from outreach.sequences.enroll import enroll, rehearse
from outreach.sequences.outlook import Next, next_touches
from outreach.sequences.preview import preview_enrollment

MOST_AT_ONCE = 1000
READ = ApiKeyAuth("enrollments:read", "outreach.view_enrollment")
WRITE = ApiKeyAuth("enrollments:write", "outreach.change_enrollment")
router = Router(tags=["Enrollments"])
FactName = Literal["role", "city", "insight", "topic", "market", "property_address", "mutual"]
FactValue = Annotated[Line, Field(max_length=500)]


class EnrollmentOut(Schema):
    """Who stands where: `step` of `steps` touches made; `next_touch_at` carries the offset of the
    person's own clock, `next_touch` says what it is or why there is none, `left_out` which touches
    they do not get, with the reason."""

    id: UUID
    campaign_id: UUID
    contact_id: UUID
    name: str
    company: str
    sequence: str
    version: int
    variant: str
    state: str
    paused: bool
    needs_person: bool
    stop_reason: str
    step: int
    steps: int
    next_touch: str
    next_touch_at: datetime | None
    left_out: list[str]
    created_at: datetime


class EnrollmentPage(Schema):
    items: list[EnrollmentOut]
    next_cursor: str | None


class WordingOut(Schema):
    """One text a touch may have; `problems` say why it is not fit to leave."""

    variant: str
    weight: int
    subject: str
    body: str
    problems: list[str]


class TouchOut(Schema):
    """One touch: `at` in UTC, `local` with the offset of the recipient; both null if left out.

    `state` is "planned", "left out", or the status of the message that was made.
    """

    step: int
    name: str
    channel: str
    to: str
    state: str
    at: datetime | None
    local: datetime | None
    reasons: list[str]
    wordings: list[WordingOut]


class EnrollmentDetail(EnrollmentOut):
    """With every touch, made and to come."""

    touches: list[TouchOut]


class EnrollIn(Schema):
    """Whom to take in; `facts` by contact id are what texts may use of a person.

    With `dry_run` nothing is written: the answer says what would happen.
    """

    campaign_id: UUID
    contact_ids: list[UUID] = Field(min_length=1, max_length=MOST_AT_ONCE)
    facts: dict[UUID, dict[FactName, FactValue]] = Field(default_factory=dict)
    dry_run: bool = False


class LeftOutOut(Schema):
    """Somebody who was not taken in: `code` to count by, `reason` in words."""

    contact_id: UUID
    name: str
    code: str
    reason: str


class EnrolledOut(Schema):
    """How many came in, and of everybody left out why."""

    taken_in: int
    left_out: list[LeftOutOut]
    counts: dict[str, int]


class RemoveIn(Schema):
    reason: Line = Field("", max_length=300)


class MoveIn(Schema):
    version_id: UUID


class EnrollmentQuery(PageQuery):
    """Whose."""

    campaign_id: UUID | None = None
    sequence_id: UUID | None = None
    contact_id: UUID | None = None
    state: EnrollmentStatus | None = None
    paused: bool | None = None


def followers() -> QuerySet[Enrollment]:
    """Enrollments that follow a sequence, with what their shapes show."""
    return Enrollment.objects.filter(version__isnull=False).select_related(
        "contact", "company", "version__sequence", "campaign__mailbox"
    )


def describe(row: Enrollment, ahead: Next) -> dict[str, Any]:
    """One enrollment with its next touch."""
    version = row.version
    assert version is not None
    return {
        "id": row.pk, "campaign_id": row.campaign_id, "contact_id": row.contact_id,
        "name": str(row.contact), "company": str(row.company or ""),
        "sequence": version.sequence.slug, "version": version.number, "variant": row.variant,
        "state": row.status, "paused": row.paused_at is not None,
        "needs_person": row.needs_person, "stop_reason": row.stop_reason, "step": row.step,
        "steps": ahead.steps, "next_touch": ahead.words, "next_touch_at": ahead.local,
        "left_out": ahead.left_out, "created_at": row.created_at,
    }  # fmt: skip


def describe_all(rows: Iterable[Enrollment]) -> list[dict[str, Any]]:
    """Several; the same few queries however many."""
    found = list(rows)
    ahead = next_touches(found, now=timezone.now())
    return [describe(row, ahead[row.pk]) for row in found]


def with_touches(row: Enrollment) -> dict[str, Any]:
    """One enrollment with every touch, made and to come."""
    [facts] = describe_all([row])
    return {**facts, "touches": preview_enrollment(row, now=timezone.now())}


@router.get("/enrollments", response=EnrollmentPage, auth=READ, operation_id="list_enrollments")
def list_enrollments(request: HttpRequest, query: Annotated[EnrollmentQuery, Query(...)]) -> Any:
    """Who stands where, newest first. Scope `enrollments:read`."""
    asked = {
        "campaign": query.campaign_id, "version__sequence": query.sequence_id,
        "contact": query.contact_id, "status": query.state,
    }  # fmt: skip
    rows = followers().filter(**{name: value for name, value in asked.items() if value})
    if query.paused is not None:
        rows = rows.filter(paused_at__isnull=not query.paused)
    found = page(rows, query)
    return {**found, "items": describe_all(found["items"])}


@router.post("/enrollments", response=EnrolledOut, auth=WRITE, operation_id="enroll_contacts")
def enroll_contacts(request: HttpRequest, payload: EnrollIn) -> dict[str, Any]:
    """Take people into a campaign's sequence; the same again adds nobody.

    Nothing is sent: each touch is drafted a day ahead and waits for an approval. Scope
    `enrollments:write`.
    """
    rows = Campaign.objects.select_related("sequence_version")
    campaign = get_object_or_404(rows, pk=payload.campaign_id)
    known = {pk: {str(n): v for n, v in facts.items()} for pk, facts in payload.facts.items()}
    if payload.dry_run:
        report = rehearse(campaign, payload.contact_ids, facts=known)
    else:
        actor = name_of(owner_of(request))
        report = enroll(campaign, payload.contact_ids, actor=actor, facts=known)
    return {"taken_in": report.taken_in, "left_out": report.left_out, "counts": report.counts}


@router.get(
    "/enrollments/{uuid:enrollment_id}",
    response=EnrollmentDetail,
    auth=READ,
    operation_id="get_enrollment",
)
def get_enrollment(request: HttpRequest, enrollment_id: UUID) -> dict[str, Any]:
    """One person's way through their sequence, touch by touch. Scope `enrollments:read`."""
    return with_touches(get_object_or_404(followers(), pk=enrollment_id))


@router.post(
    "/enrollments/{uuid:enrollment_id}/pause",
    response=EnrollmentDetail,
    auth=WRITE,
    operation_id="pause_enrollment",
)
def pause(request: HttpRequest, enrollment_id: UUID) -> dict[str, Any]:
    """Hold this person's touches; what was approved waits in review again.

    Scope `enrollments:write`.
    """
    stop.pause(_one(enrollment_id), actor=name_of(owner_of(request)))
    return get_enrollment(request, enrollment_id)


@router.post(
    "/enrollments/{uuid:enrollment_id}/resume",
    response=EnrollmentDetail,
    auth=WRITE,
    operation_id="resume_enrollment",
)
def resume(request: HttpRequest, enrollment_id: UUID) -> dict[str, Any]:
    """Let a held person go on at the next lawful moment. Scope `enrollments:write`."""
    stop.resume(_one(enrollment_id), actor=name_of(owner_of(request)))
    return get_enrollment(request, enrollment_id)


@router.post(
    "/enrollments/{uuid:enrollment_id}/remove",
    response=EnrollmentDetail,
    auth=WRITE,
    operation_id="remove_enrollment",
)
def remove(
    request: HttpRequest, enrollment_id: UUID, payload: RemoveIn | None = None
) -> dict[str, Any]:
    """Take a person out for good and cancel what waits. Scope `enrollments:write`."""
    reason = payload.reason if payload else ""
    stop.remove(_one(enrollment_id), actor=name_of(owner_of(request)), reason=reason)
    return get_enrollment(request, enrollment_id)


@router.post(
    "/enrollments/{uuid:enrollment_id}/move",
    response=EnrollmentDetail,
    auth=WRITE,
    operation_id="move_enrollment",
)
def move(request: HttpRequest, enrollment_id: UUID, payload: MoveIn) -> dict[str, Any]:
    """Let a person who is under way follow another version; what was made is never made again.

    409 where the version would tell them again what they were told. Scope `enrollments:write`.
    """
    to = get_object_or_404(
        SequenceVersion.objects.select_related("sequence"), pk=payload.version_id
    )
    moved = moving.move(_one(enrollment_id), to, actor=name_of(owner_of(request)))
    if moved.repeated:
        raise NotAllowedNow(moved.why_not)
    return get_enrollment(request, enrollment_id)


def _one(enrollment_id: UUID) -> QuerySet[Enrollment]:
    rows = Enrollment.objects.filter(pk=enrollment_id, version__isnull=False)
    get_object_or_404(rows)
    return rows
