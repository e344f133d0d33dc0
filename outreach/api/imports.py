"""Lists taken in by programs: an upload that a worker checks or applies, or people as JSON."""

import json
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import File, Form, Query, Router, Schema
from ninja.errors import AuthorizationError, HttpError, ValidationError
from ninja.files import UploadedFile
from ninja.responses import Status
from pydantic import Field

from crm.imports import handing, profiles, uploads
from crm.imports.cells import country as read_country
from crm.imports.kinds import KINDS
from crm.imports.plan import Plan, read_plan
from crm.imports.run import import_records
from crm.imports.streaming import is_cut, limit
from crm.models import ImportBatch, RejectedRow
from crm.models.imported import ImportKind, ImportState
from outreach.actors import name_of
from outreach.api.access import ApiKeyAuth, owner_of
from outreach.api.once import DOCUMENTED, once
from outreach.api.pages import PageQuery, page
from outreach.api.shapes import Line, Text

READ = ApiKeyAuth("imports:read", "crm.view_importbatch")
WRITE = ApiKeyAuth("imports:write", "crm.add_importbatch")
UPLOAD = ApiKeyAuth("imports:write", "crm.add_importbatch", before_body=limit)
BULK = ApiKeyAuth("contacts:write", "crm.add_contact")
MOST_PEOPLE = 1000
CSV: dict[str, Any] = {
    "responses": {
        200: {
            "description": "The file.",
            "content": {"text/csv": {"schema": {"type": "string"}}},
        }
    }
}
Kind = Literal["contacts", "companies", "leads"]
router = Router(tags=["Imports"])


class UploadIn(Schema):
    """`mapping` (heading → field, blank leaves a column out) and `defaults` (field → what blank
    cells hold) are JSON objects; what is not mapped is understood by its heading. With `dry_run`
    the list is checked and waits to be applied."""

    kind: Kind
    dry_run: bool = False
    session: Line = Field("", max_length=80)
    profile: Line = Field("", max_length=80)
    mapping: Text = Field("", max_length=20_000)
    defaults: Text = Field("", max_length=20_000)
    keep_unknown: bool = False
    country: Line = Field("US", max_length=60, description="Of numbers without a country code.")


class ImportOut(Schema):
    """`read` rows are settled: created, updated, unchanged and rejected together."""

    id: UUID
    kind: str
    state: str
    file_name: str
    session_key: str
    batch_id: int
    columns: dict[str, str]
    notes: list[str]
    problem: str
    about: int = Field(description="How many rows there may be.")
    read: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    flagged: int
    companies_created: int
    contacts_created: int
    properties_created: int
    started_at: datetime
    finished_at: datetime | None


class ImportPage(Schema):
    items: list[ImportOut]
    next_cursor: str | None


class RowQuery(Schema):
    limit: int = Field(100, ge=1, le=500)
    after: int = Field(0, ge=0, le=2**62, description="`next_after` of the page before.")
    taken_in: bool = Field(False, description="Those that are in and worth a look, instead.")


class RowOut(Schema):
    row: int
    line: int
    column: str
    value: str
    code: str
    reason: str


class RowPage(Schema):
    items: list[RowOut]
    next_after: int | None


class PersonIn(Schema):
    """One person as a list has them; several addresses are set apart by “;”."""

    name: Line = Field("", max_length=400)
    first_name: Line = Field("", max_length=200)
    last_name: Line = Field("", max_length=200)
    role: Line = Field("", max_length=400)
    email: Line = Field("", max_length=1000)
    phone: Line = Field("", max_length=500)
    line_type: Line = Field("", max_length=100)
    whatsapp: Line = Field("", max_length=200)
    web_form: Line = Field("", max_length=1000)
    social: Line = Field("", max_length=1000)
    company: Line = Field("", max_length=400)
    domain: Line = Field("", max_length=400)
    country: Line = Field("", max_length=100)
    state: Line = Field("", max_length=100)
    postal_code: Line = Field("", max_length=40)
    county: Line = Field("", max_length=200)
    language: Line = Field("", max_length=20)
    timezone: Line = Field("", max_length=80)
    source: Line = Field("", max_length=200)
    tags: Line = Field("", max_length=1000)
    research: Text = Field("", max_length=20_000)
    confidence: Line = Field("", max_length=20)
    email_verified: bool = False
    phone_verified: bool = False


class BulkIn(Schema):
    people: list[PersonIn] = Field(min_length=1, max_length=MOST_PEOPLE)
    dry_run: bool = False
    session: Line = Field("", max_length=80)
    source: Line = Field("API", max_length=120)
    country: Line = Field("US", max_length=60)


class BulkOut(Schema):
    """`rejected_rows` stayed out, `flagged_rows` are in; the first person is row 1."""

    read: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    companies_created: int
    contacts_created: int
    session_key: str
    batch_id: int | None
    dry_run: bool
    rejected_rows: list[RowOut]
    flagged_rows: list[RowOut]


@router.post("/imports", response={202: ImportOut}, auth=UPLOAD, operation_id="create_import")
def create_import(
    request: HttpRequest, payload: Form[UploadIn], file: File[UploadedFile | None] = None
) -> Any:
    """Upload a list (CSV, TSV, .xlsx); a worker checks it or takes it in. Scope `imports:write`.

    Follow `GET /imports/{id}` until `state` is `checked`, `done` or `failed`.
    """
    if is_cut(request):
        raise HttpError(413, uploads.too_large())
    if file is None:
        raise ValidationError([{"loc": ("body", "file"), "msg": "send the list as “file”"}])
    person = owner_of(request)
    _require_kind(request, payload.kind)
    plan = Plan(
        country=_country(payload.country), keep_unknown=payload.keep_unknown,
        named=_pairs(payload.mapping, "mapping"), defaults=_pairs(payload.defaults, "defaults"),
    )  # fmt: skip
    profile = profiles.by_name(payload.kind, payload.profile) if payload.profile else None
    batch = uploads.receive(
        file, payload.kind, actor=name_of(person), session_key=payload.session, plan=plan,
        profile=profile,
    )  # fmt: skip
    try:
        uploads.choose(batch, read_plan(batch.plan), actor=name_of(person), dry_run=payload.dry_run)
    except BaseException:
        uploads.discard(batch, actor=name_of(person))
        raise
    return Status(202, batch)


@router.get("/imports", response=ImportPage, auth=READ, operation_id="list_imports")
def list_imports(request: HttpRequest, query: Annotated[PageQuery, Query(...)]) -> dict[str, Any]:
    """Every list, the newest first. Scope `imports:read`."""
    rows: QuerySet[Any] = ImportBatch.objects.annotate(created_at=F("started_at"))
    return page(rows, query)


@router.get("/imports/{uuid:import_id}", response=ImportOut, auth=READ, operation_id="get_import")
def get_import(request: HttpRequest, import_id: UUID) -> ImportBatch:
    """How far it is, and its counts. Scope `imports:read`."""
    return get_object_or_404(ImportBatch, pk=import_id)


@router.post(
    "/imports/{uuid:import_id}/apply",
    response={202: ImportOut},
    auth=WRITE,
    operation_id="apply_import",
)
def apply_import(request: HttpRequest, import_id: UUID) -> Any:
    """Take in what was checked. Scope `imports:write`."""
    batch = get_object_or_404(ImportBatch, pk=import_id)
    _require_kind(request, batch.kind)
    if batch.state != ImportState.CHECKED:
        raise HttpError(409, "Only a list that was checked can be applied; look at its state.")
    uploads.apply(batch, actor=name_of(owner_of(request)))
    return Status(202, batch)


@router.get(
    "/imports/{uuid:import_id}/rejected", response=RowPage, auth=READ, operation_id="list_rejected"
)
def list_rejected(
    request: HttpRequest, import_id: UUID, query: Annotated[RowQuery, Query(...)]
) -> dict[str, Any]:
    """The rows that stayed out, with column, value and reason.

    Scope `imports:read`. Values and reasons tell addresses: as for the files, the key's owner
    brought the list in or may export contacts, and the ledger keeps who was shown each page. How
    many rows stayed out, `GET /imports/{id}` says to everybody who reads imports.
    """
    person, batch = _who_takes(request, import_id)
    rows = RejectedRow.objects.filter(batch=batch, is_in=query.taken_in, pk__gt=query.after)
    found = list(rows.order_by("pk").defer("cells")[: query.limit + 1])
    items = found[: query.limit]
    if items:
        handing.record_shown(batch, len(items), flagged=query.taken_in, actor=name_of(person))
    return {"items": items, "next_after": items[-1].pk if len(found) > query.limit else None}


@router.post(
    "/imports/{uuid:import_id}/rejected.csv",
    auth=WRITE,
    operation_id="download_rejected",
    openapi_extra=CSV,
)
def download_rejected(request: HttpRequest, import_id: UUID) -> HttpResponseBase:
    """The rows that stayed out, in the list's own shape, to correct and send again.

    Scope `imports:write`. They hold addresses: the key's owner brought the list in or may export
    contacts, and the ledger keeps who took them.
    """
    person, batch = _who_takes(request, import_id)
    return handing.hand_out_rejected(batch, actor=name_of(person))


@router.post(
    "/imports/{uuid:import_id}/report.csv",
    auth=WRITE,
    operation_id="download_import_report",
    openapi_extra=CSV,
)
def download_report(request: HttpRequest, import_id: UUID) -> HttpResponseBase:
    """Its counts, then every row that stayed out or is worth a look. Scope `imports:write`.

    The key's owner brought the list in or may export contacts; the ledger keeps who took it.
    """
    person, batch = _who_takes(request, import_id)
    return handing.hand_out_report(batch, actor=name_of(person))


def _who_takes(request: HttpRequest, import_id: UUID) -> tuple[User, ImportBatch]:
    person, batch = owner_of(request), get_object_or_404(ImportBatch, pk=import_id)
    if not handing.may_take(person, batch):
        raise AuthorizationError(message=handing.NOT_YOURS)
    return person, batch


@router.post(
    "/contacts/bulk",
    response=BulkOut,
    auth=BULK,
    operation_id="bulk_contacts",
    openapi_extra=DOCUMENTED,
)
@once
def bulk_contacts(request: HttpRequest, payload: BulkIn) -> tuple[int, BulkOut]:
    """Take up to 1,000 people in as a list of them would be: checked alike, reported alike.

    The same people again change nothing; who cannot be taken in stands in `rejected_rows`. Scope
    `contacts:write`.
    """
    plan = Plan(country=_country(payload.country), defaults={"source": payload.source})
    report = import_records(
        [_cells(one) for one in payload.people], ImportKind.CONTACTS, name=payload.source or "API",
        actor=name_of(owner_of(request)), plan=plan, session_key=payload.session,
        dry_run=payload.dry_run,
    )  # fmt: skip
    return 200, BulkOut(**{**report.as_data(), "dry_run": payload.dry_run})


def _cells(person: PersonIn) -> dict[str, str]:
    told = {name: "yes" if value is True else value for name, value in person.dict().items()}
    return {name: value for name, value in told.items() if value}


def _require_kind(request: HttpRequest, kind: str) -> None:
    permission = KINDS[kind].permission
    if not owner_of(request).has_perm(permission):
        raise AuthorizationError(message=f"The key's owner lacks the permission {permission}.")


def _country(word: str) -> str:
    return read_country(word) or "US"


def _pairs(text: str, name: str) -> dict[str, str]:
    """A JSON object of texts."""
    if not text:
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        message = "is no JSON object of texts, such as {“Tel. 1”: “phone”}"
        raise ValidationError([{"loc": ("body", "payload", name), "msg": message}])
    return found
