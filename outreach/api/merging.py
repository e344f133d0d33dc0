"""Two records that are one: the pairs that wait, merging them, and taking it back."""

from typing import Annotated, Any
from uuid import UUID

from django.db.models import F
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from crm.errors import CrmError
from crm.merge import describe, merge_companies, merge_contacts, unmerge
from crm.merging.candidates import open_candidates
from crm.merging.fields import COMPANY_FIELDS, CONTACT_FIELDS
from crm.models import MergeKind, MergeRecord
from outreach.actors import name_of
from outreach.api.access import ApiKeyAuth, owner_of
from outreach.api.pages import PageQuery, page
from outreach.api.shapes import Line

READ = ApiKeyAuth("contacts:read", "crm.view_contact")
PEOPLE = ApiKeyAuth("contacts:write", "crm.merge_records")
COMPANIES = ApiKeyAuth("companies:write", "crm.merge_records")
router = Router(tags=["Duplicates"])


class MergeIn(Schema):
    """`merged_id` lives on in `survivor_id`; `take` names the fields whose value it gives.

    Without `take` the survivor's values stay wherever there are any.
    """

    survivor_id: UUID
    merged_id: UUID
    take: list[Line] | None = Field(None, max_length=30)


class MergeOut(Schema):
    """What moved, by what it is; `told` is what to know, in sentences."""

    merge: UUID
    survivor: UUID
    merged: UUID
    moved: dict[str, int]
    told: list[str]


class CandidateOut(Schema):
    """Two that may be one: how sure, to 100, and why."""

    id: UUID
    kind: MergeKind
    first: UUID
    second: UUID
    score: int
    reasons: list[str]


class CandidatePage(Schema):
    items: list[CandidateOut]
    next_cursor: str | None


class CandidateQuery(PageQuery):
    kind: MergeKind | None = None


@router.get(
    "/merge-candidates", response=CandidatePage, auth=READ, operation_id="list_merge_candidates"
)
def candidates(
    request: HttpRequest, query: Annotated[CandidateQuery, Query(...)]
) -> dict[str, Any]:
    """Pairs that wait for a decision, the newest first. Scope `contacts:read`."""
    rows = open_candidates(query.kind or "")
    return page(rows.annotate(created_at=F("found_at")), query)


@router.post("/contacts/merge", response=MergeOut, auth=PEOPLE, operation_id="merge_contacts")
def contacts(request: HttpRequest, payload: MergeIn) -> dict[str, Any]:
    """Merge two people with all that hangs on them; a stop of either holds for both.

    Scope `contacts:write`.
    """
    return _merge(request, payload, merge_contacts, CONTACT_FIELDS)


@router.post("/companies/merge", response=MergeOut, auth=COMPANIES, operation_id="merge_companies")
def companies(request: HttpRequest, payload: MergeIn) -> dict[str, Any]:
    """Merge two companies; their people stay people of their own. Scope `companies:write`."""
    return _merge(request, payload, merge_companies, COMPANY_FIELDS)


@router.post(
    "/merges/{uuid:merge_id}/undo", response=MergeOut, auth=PEOPLE, operation_id="undo_merge"
)
def undo(request: HttpRequest, merge_id: UUID) -> dict[str, Any]:
    """Take a merge back: both are as they were, what came since stays. Scope `contacts:write`."""
    record = get_object_or_404(MergeRecord, pk=merge_id)
    return describe(unmerge(record.pk, actor=name_of(owner_of(request))))


def _merge(request: HttpRequest, payload: MergeIn, act: Any, fields: tuple[str, ...]) -> Any:
    take = payload.take
    if take is not None and (unknown := sorted(set(take) - set(fields))):
        raise CrmError(f"There is no field “{unknown[0]}”; there are: {', '.join(fields)}.")
    actor = name_of(owner_of(request))
    return describe(act(payload.survivor_id, payload.merged_id, actor=actor, take=take))
