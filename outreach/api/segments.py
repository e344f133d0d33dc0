"""Segments: what may be asked, whom a definition means, and who a campaign was made for."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Max
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.errors import ValidationError
from pydantic import Field

from crm.models import Segment, SegmentVersion
from crm.segments import preview, registry, versions
from crm.segments.definition import DefinitionError, Group, parse
from crm.segments.words import in_words
from outreach.actors import name_of
from outreach.api.access import ApiKeyAuth, owner_of
from outreach.api.once import DOCUMENTED, once
from outreach.api.pages import LARGEST, PageQuery, page
from outreach.api.shapes import Line, Text

READ = ApiKeyAuth("segments:read", "crm.view_segment")
ADD = ApiKeyAuth("segments:write", "crm.add_segment")
WRITE = ApiKeyAuth("segments:write", "crm.change_segment")
router = Router(tags=["Segments"])
Definition = dict[str, Any]


class FieldOut(Schema):
    """Something that may be asked; `operators` are the values of `op`."""

    field: str
    of: str
    label: str
    kind: str
    operators: list[str]


class FieldsOut(Schema):
    items: list[FieldOut]


class SegmentOut(Schema):
    """A segment at a glance; `version` is the newest."""

    id: UUID
    name: str
    description: str
    archived: bool
    version: int
    created_at: datetime


class SegmentsPage(Schema):
    items: list[SegmentOut]
    next_cursor: str | None


class SegmentVersionOut(Schema):
    """A version; versions never change."""

    number: int
    definition: Definition
    note: str
    created_by: str
    created_at: datetime


class SegmentDetail(SegmentOut):
    """`words` and `definition` are those of the newest version, `versions` newest first."""

    words: str
    definition: Definition
    versions: list[SegmentVersionOut]


class SegmentIn(Schema):
    """A new segment; a definition is `{"match": "all", "conditions": [{"field", "op", "value"}]}`,
    conditions may be groups of the same shape, `match` is all, any or none."""

    name: Line = Field(min_length=1, max_length=120)
    description: Text = Field("", max_length=2000)
    definition: Definition


class SegmentVersionIn(Schema):
    """The next version; `based_on` is the version read."""

    definition: Definition
    note: Line = Field("", max_length=200)
    based_on: int = Field(ge=1, le=1_000_000)


class DefinitionIn(Schema):
    """A definition to be tried; nothing is kept."""

    definition: Definition


class CountOut(Schema):
    """How many it means now; `notices` say what is odd about it."""

    count: int
    words: str
    notices: list[str]


class MemberOut(Schema):
    """Somebody it means, with what is `known` of them by the fields asked."""

    id: UUID
    name: str
    company: str | None
    known: dict[str, Any]


class MembersPage(Schema):
    items: list[MemberOut]
    next_cursor: str | None


class MembersQuery(Schema):
    """A page of members."""

    limit: int = Field(25, ge=1, le=LARGEST, description="Rows a page.")
    cursor: str = Field("", max_length=40, description="`next_cursor` of the page before.")


class SegmentQuery(PageQuery):
    """Which segments."""

    archived: bool = False


def read_cursor(cursor: str, kind: Any) -> Any:
    """The place a cursor names, as `kind`; None for none, 422 for what is no cursor of ours."""
    try:
        return kind(cursor) if cursor else None
    except ValueError as error:
        message = "This is no cursor of ours; take `next_cursor` from the page before."
        raise ValidationError([{"loc": ("query", "cursor"), "msg": message}]) from error


def _rows() -> Any:
    return Segment.objects.annotate(version=Max("versions__number"))


def _summary(segment: Any) -> dict[str, Any]:
    return {
        "id": segment.pk, "name": segment.name, "description": segment.description,
        "archived": segment.archived_at is not None, "version": segment.version,
        "created_at": segment.created_at,
    }  # fmt: skip


def _detail(segment_id: UUID) -> dict[str, Any]:
    segment = get_object_or_404(_rows(), pk=segment_id)
    history = list(SegmentVersion.objects.filter(segment=segment).order_by("-number"))
    try:
        words = in_words(versions.definition_of(history[0]))
    except DefinitionError as error:
        words = str(error)
    return {
        **_summary(segment), "words": words, "definition": history[0].definition,
        "versions": history,
    }  # fmt: skip


def _group(definition: Definition) -> Group:
    try:
        return parse(definition)
    except DefinitionError as error:
        raise _refused(error) from error


def _refused(error: DefinitionError) -> ValidationError:
    return ValidationError(
        [
            {"loc": ["body", "payload", "definition", *one.path], "msg": one.text}
            for one in error.problems
        ]
    )


@router.get("/segments/fields", response=FieldsOut, auth=READ, operation_id="list_segment_fields")
def list_fields(request: HttpRequest) -> Any:
    """Everything a condition may ask, with its operators. Scope `segments:read`."""
    items = [
        {"field": one.name, "of": one.source.heading, "label": one.label,
         "kind": one.kind.value, "operators": list(one.operators)}
        for one in registry.fields()
    ]  # fmt: skip
    return {"items": items}


@router.get("/segments", response=SegmentsPage, auth=READ, operation_id="list_segments")
def list_segments(request: HttpRequest, query: Annotated[SegmentQuery, Query(...)]) -> Any:
    """Segments, newest first. Scope `segments:read`."""
    found = page(_rows().filter(archived_at__isnull=not query.archived), query)
    return {**found, "items": [_summary(one) for one in found["items"]]}


@router.post(
    "/segments", response={201: SegmentDetail}, auth=ADD, operation_id="create_segment",
    openapi_extra=DOCUMENTED,
)  # fmt: skip
@once
def add_segment(request: HttpRequest, payload: SegmentIn) -> tuple[int, Schema]:
    """A new segment with its first version. Scope `segments:write`."""
    owner = owner_of(request)
    try:
        made = versions.create_segment(
            payload.name, payload.definition, actor=name_of(owner), owner=owner,
            description=payload.description,
        )  # fmt: skip
    except DefinitionError as error:
        raise _refused(error) from error
    return 201, SegmentDetail(**_detail(made.pk))


@router.post("/segments/count", response=CountOut, auth=READ, operation_id="count_definition")
def count_definition(request: HttpRequest, payload: DefinitionIn) -> Any:
    """How many a definition means, kept or not. Scope `segments:read`."""
    return _count(_group(payload.definition))


def _count(group: Group) -> dict[str, Any]:
    now = timezone.now()
    found = preview.count(group, now=now)
    notices = preview.notices(group, found, now=now)
    return {"count": found, "words": in_words(group), "notices": notices}


@router.get(
    "/segments/{uuid:segment_id}", response=SegmentDetail, auth=READ, operation_id="get_segment"
)
def get_segment(request: HttpRequest, segment_id: UUID) -> Any:
    """One segment with its versions. Scope `segments:read`."""
    return _detail(segment_id)


@router.post(
    "/segments/{uuid:segment_id}/versions", response={201: SegmentVersionOut}, auth=WRITE,
    operation_id="write_segment_version",
)  # fmt: skip
def add_version(
    request: HttpRequest, segment_id: UUID, payload: SegmentVersionIn
) -> tuple[int, SegmentVersion]:
    """The next version; where nothing changed the newest comes back. Scope `segments:write`."""
    segment = get_object_or_404(Segment, pk=segment_id)
    try:
        version = versions.write_version(
            segment, payload.definition, actor=name_of(owner_of(request)), note=payload.note,
            based_on=payload.based_on,
        )  # fmt: skip
    except DefinitionError as error:
        raise _refused(error) from error
    return 201, version


def _newest_group(segment_id: UUID) -> Group:
    return versions.definition_of(versions.newest(get_object_or_404(Segment, pk=segment_id)))


@router.get(
    "/segments/{uuid:segment_id}/count", response=CountOut, auth=READ,
    operation_id="count_segment",
)  # fmt: skip
def count_segment(request: HttpRequest, segment_id: UUID) -> Any:
    """How many the newest version means now. Scope `segments:read`."""
    return _count(_newest_group(segment_id))


@router.get(
    "/segments/{uuid:segment_id}/people", response=MembersPage, auth=READ,
    operation_id="list_segment_people",
)  # fmt: skip
def list_people(
    request: HttpRequest, segment_id: UUID, query: Annotated[MembersQuery, Query(...)]
) -> Any:
    """Whom the newest version means now, by id. Scope `segments:read`."""
    found = preview.page(
        _newest_group(segment_id), after=read_cursor(query.cursor, UUID), size=query.limit
    )
    items = [
        {"id": one.contact.pk, "name": str(one.contact), "known": one.known,
         "company": one.contact.company.name if one.contact.company else None}
        for one in found.members
    ]  # fmt: skip
    return {"items": items, "next_cursor": str(found.after) if found.after else None}
