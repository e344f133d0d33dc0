"""Sequences: read them as they fall on the days, write versions, start a campaign with one."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from ninja.errors import ValidationError
from pydantic import Field

from outreach.actors import name_of
from outreach.api.access import ApiKeyAuth, owner_of
from outreach.api.once import DOCUMENTED, once
from outreach.api.pages import PageQuery, page
from outreach.api.shapes import Line, Text
from outreach.choices import ApprovalPolicy, Voice
from outreach.models import Sequence, SequenceVersion
from outreach.sequences import versions
from outreach.sequences.campaigns import MOST_PEOPLE, Terms, create_drip
from outreach.sequences.definition import DefinitionError
from outreach.sequences.overview import Card, list_cards, list_versions
from outreach.sequences.timeline import Mark

READ = ApiKeyAuth("sequences:read", "outreach.view_sequence")
ADD = ApiKeyAuth("sequences:write", "outreach.add_sequence")
WRITE = ApiKeyAuth("sequences:write", "outreach.change_sequence")
START = ApiKeyAuth("campaigns:write", "outreach.add_campaign")
router = Router(tags=["Sequences"])


class SequenceOut(Schema):
    """A sequence at a glance: `days` from enrollment to its last touch, `under_way` people."""

    id: UUID
    slug: str
    name: str
    description: str
    voice: str
    active: bool
    version: int
    touches: int
    days: int
    under_way: int


class SequencePage(Schema):
    items: list[SequenceOut]
    next_cursor: str | None


class VariantOut(Schema):
    """One wording; `share` is its part of the people in percent."""

    name: str
    share: float
    subject: str
    body: str


class StepOut(Schema):
    """One touch: `day` counts from enrollment on a Monday, `at` is the hour of the recipient."""

    number: int
    name: str
    channel: str
    day: int
    after: str
    at: str | None
    only_on: str
    condition: str
    variants: list[VariantOut]


class VersionOut(Schema):
    """A version of a sequence; versions never change."""

    id: UUID
    number: int
    note: str
    created_by: str
    created_at: datetime


class SequenceDetail(SequenceOut):
    """`steps` and `definition` are those of the newest version, `versions` newest first."""

    steps: list[StepOut]
    definition: dict[str, Any]
    versions: list[VersionOut]


class SequenceIn(Schema):
    """A new sequence; `definition` has the shape in which sequences are read here."""

    name: Line = Field(min_length=1, max_length=120)
    description: Text = Field("", max_length=2000)
    voice: Voice | None = None
    definition: dict[str, Any]


class VersionIn(Schema):
    """What people who come in from now on shall follow; `based_on` is the version read."""

    definition: dict[str, Any]
    note: Line = Field("", max_length=200)
    based_on: int = Field(ge=1, le=1_000_000)


class DripIn(Schema):
    """The terms of a campaign; `offer` is its proposal in one sentence."""

    name: Line = Field(min_length=1, max_length=200)
    offer: Line = Field("", max_length=300)
    approval_policy: ApprovalPolicy = ApprovalPolicy.EVERY_MESSAGE
    approve_first: int = Field(50, ge=0, le=100_000)
    exclusive: bool = True
    contact_gap_days: int = Field(14, ge=0, le=365)
    contact_budget: int = Field(1000, ge=1, le=MOST_PEOPLE)


class DripOut(Schema):
    """A campaign that follows a sequence, still without people."""

    id: UUID
    name: str
    status: str
    sequence: str
    version: int


class SequenceQuery(PageQuery):
    """Which sequences."""

    voice: Voice | None = None
    active: bool | None = None


def summary(card: Card) -> dict[str, Any]:
    """A sequence at a glance."""
    sequence = card.sequence
    return {
        "id": sequence.pk, "slug": sequence.slug, "name": sequence.name,
        "description": sequence.description, "voice": sequence.voice, "active": sequence.active,
        "version": card.version.number, "touches": len(card.timeline.marks),
        "days": card.timeline.days, "under_way": card.under_way,
    }  # fmt: skip


def detail(sequence_id: UUID) -> dict[str, Any]:
    """The sequence with its newest steps and all its versions."""
    cards = list_cards(Sequence.objects.filter(pk=sequence_id))
    card = cards[0]
    return {
        **summary(card),
        "steps": [_step(mark) for mark in card.timeline.marks],
        "definition": card.version.definition,
        "versions": [version for version, _definition in list_versions(card.sequence)],
    }


def _step(mark: Mark) -> dict[str, Any]:
    step = mark.step
    return {
        "number": step.number, "name": step.name, "channel": step.channel, "day": mark.day,
        "after": step.delay.words, "at": f"{step.at:%H:%M}" if step.at else None,
        "only_on": mark.only_on, "condition": step.condition.words,
        "variants": [
            {"name": arm.variant.name, "share": round(arm.share, 2),
             "subject": arm.variant.subject, "body": arm.variant.body}
            for arm in mark.arms
        ],
    }  # fmt: skip


@router.get("/sequences", response=SequencePage, auth=READ, operation_id="list_sequences")
def list_sequences(request: HttpRequest, query: Annotated[SequenceQuery, Query(...)]) -> Any:
    """Sequences, newest first. Scope `sequences:read`."""
    rows = Sequence.objects.filter(versions__isnull=False).distinct()
    if query.voice:
        rows = rows.filter(voice=query.voice)
    if query.active is not None:
        rows = rows.filter(active=query.active)
    found = page(rows, query)
    order = [row.pk for row in found["items"]]
    cards = list_cards(Sequence.objects.filter(pk__in=order))
    cards.sort(key=lambda card: order.index(card.sequence.pk))
    return {**found, "items": [summary(card) for card in cards]}


@router.get(
    "/sequences/{uuid:sequence_id}",
    response=SequenceDetail,
    auth=READ,
    operation_id="get_sequence",
)
def get_sequence(request: HttpRequest, sequence_id: UUID) -> dict[str, Any]:
    """One sequence, step by step, with its versions. Scope `sequences:read`."""
    rows = Sequence.objects.filter(versions__isnull=False).distinct()
    return detail(get_object_or_404(rows, pk=sequence_id).pk)


@router.post(
    "/sequences",
    response={201: SequenceDetail},
    auth=ADD,
    operation_id="create_sequence",
    openapi_extra=DOCUMENTED,
)
@once
def add_sequence(request: HttpRequest, payload: SequenceIn) -> tuple[int, Schema]:
    """A new sequence with its first version. Scope `sequences:write`."""
    try:
        made = versions.create_sequence(
            payload.name, payload.definition, actor=name_of(owner_of(request)),
            description=payload.description, voice=payload.voice or "",
        )  # fmt: skip
    except DefinitionError as error:
        raise _refused(error) from error
    return 201, SequenceDetail(**detail(made.pk))


@router.post(
    "/sequences/{uuid:sequence_id}/versions",
    response={201: VersionOut},
    auth=WRITE,
    operation_id="write_sequence_version",
)
def add_version(
    request: HttpRequest, sequence_id: UUID, payload: VersionIn
) -> tuple[int, SequenceVersion]:
    """The next version; people under way stay on theirs. Scope `sequences:write`.

    Where nothing changed the newest version comes back as it is.
    """
    sequence = get_object_or_404(Sequence, pk=sequence_id)
    try:
        version = versions.write_version(
            sequence, payload.definition, actor=name_of(owner_of(request)), note=payload.note,
            based_on=payload.based_on,
        )  # fmt: skip
    except DefinitionError as error:
        raise _refused(error) from error
    return 201, version


@router.post(
    "/sequences/{uuid:sequence_id}/campaign",
    response={201: DripOut},
    auth=START,
    operation_id="start_sequence_campaign",
    openapi_extra=DOCUMENTED,
)
@once
def start_campaign(request: HttpRequest, sequence_id: UUID, payload: DripIn) -> tuple[int, Schema]:
    """A campaign that follows the newest version; people come in by `POST /enrollments`.

    Scope `campaigns:write`.
    """
    sequence = get_object_or_404(Sequence, pk=sequence_id)
    version = versions.newest(sequence)
    terms = Terms(**payload.dict(exclude={"name"}))
    made = create_drip(version, name=payload.name, actor=owner_of(request), terms=terms)
    return 201, DripOut(
        id=made.pk, name=made.name, status=made.status, sequence=sequence.slug,
        version=version.number,
    )  # fmt: skip


def _refused(error: DefinitionError) -> ValidationError:
    return ValidationError(
        [{"loc": ["body", "payload", "definition"], "msg": text} for text in error.problems]
    )
