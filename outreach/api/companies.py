"""Companies: vendors, prospects and clients."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from crm import intake
from crm.choices import CompanyKind, PointKind, Qualification
from crm.merge import id_today
from crm.models import Company
from outreach.actors import name_of
from outreach.api.access import ApiKeyAuth, owner_of
from outreach.api.once import DOCUMENTED, once
from outreach.api.pages import PageQuery, page
from outreach.api.shapes import Country, Line, Text

READ = ApiKeyAuth("companies:read", "crm.view_company")
ADD = ApiKeyAuth("companies:write", "crm.add_company")
CHANGE = ApiKeyAuth("companies:write", "crm.change_company")
SOURCE = "API"
# What intake's facts do not hold.
LATER = ("preferred_channel", "active", "industry", "employees", "is_sme", "status", "tags")
router = Router(tags=["Companies"])


class CompanyOut(Schema):
    id: UUID
    name: str
    kind: str
    domain: str | None
    tin: str
    registration_number: str
    description: str
    categories: list[str]
    regions: list[str]
    street: str
    city: str
    country: str
    timezone: str
    preferred_channel: str
    active: bool
    industry: str
    employees: int | None
    is_sme: bool | None
    status: str
    tags: list[str]
    source: str
    times_contacted: int
    times_replied: int
    created_at: datetime
    updated_at: datetime


class CompanyPage(Schema):
    items: list[CompanyOut]
    next_cursor: str | None


class CompanyQuery(PageQuery):
    q: Line = Field("", max_length=100, description="In name, domain or city.")
    kind: CompanyKind | None = None
    category: Line = Field("", max_length=60, description="A category's slug.")
    status: Qualification | None = None
    country: Country = ""
    active: bool | None = None


class CompanyFields(Schema):
    """What may be said of a company; left out, a field stays as it is."""

    kind: CompanyKind = CompanyKind.PROSPECT
    domain: Line = Field("", max_length=253)
    tin: Line = Field("", max_length=40)
    registration_number: Line = Field("", max_length=60)
    description: Text = Field("", max_length=10_000)
    categories: list[Line] = Field(default_factory=list, max_length=50)
    regions: list[Line] = Field(default_factory=list, max_length=100)
    street: Line = Field("", max_length=200)
    city: Line = Field("", max_length=120)
    country: Country = ""
    timezone: Line = Field("", max_length=64)
    preferred_channel: PointKind = PointKind.EMAIL
    active: bool = True
    industry: Line = Field("", max_length=120)
    employees: int | None = Field(None, ge=0, le=2_147_483_647)
    is_sme: bool | None = None
    status: Qualification = Qualification.NEW
    tags: list[Line] = Field(default_factory=list, max_length=50)


class CompanyIn(CompanyFields):
    name: Line = Field(min_length=1, max_length=160)


class CompanyPatch(CompanyFields):
    name: Line = Field("", max_length=160)


def _rows() -> QuerySet[Company]:
    return Company.objects.prefetch_related("categories")


def _out(row: Company) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in CompanyOut.model_fields if name != "categories"}
    return {**found, "categories": sorted(one.slug for one in row.categories.all())}


@router.get("/companies", response=CompanyPage, auth=READ, operation_id="list_companies")
def list_companies(
    request: HttpRequest, query: Annotated[CompanyQuery, Query(...)]
) -> dict[str, Any]:
    """Companies, the newest first. Scope `companies:read`."""
    rows = _rows()
    wanted = {"kind": query.kind, "status": query.status, "active": query.active,
              "country": query.country.upper() or None,
              "categories__slug": query.category or None}  # fmt: skip
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    if query.q:
        words = query.q
        rows = rows.filter(
            Q(name__icontains=words) | Q(domain__icontains=words) | Q(city__icontains=words)
        )
    found = page(rows, query)
    return {**found, "items": [_out(row) for row in found["items"]]}


@router.get(
    "/companies/{uuid:company_id}", response=CompanyOut, auth=READ, operation_id="get_company"
)
def show(request: HttpRequest, company_id: UUID) -> dict[str, Any]:
    """One company. Scope `companies:read`."""
    return _out(get_object_or_404(_rows(), pk=id_today(Company, company_id)))


@router.post(
    "/companies",
    response={201: CompanyOut},
    auth=ADD,
    operation_id="create_company",
    openapi_extra=DOCUMENTED,
)
@once
def create(request: HttpRequest, payload: CompanyIn) -> tuple[int, Schema]:
    """Create a company, or complete the one with the same domain, tax id, registration number or
    name; the same call twice makes one. Scope `companies:write`."""
    actor = name_of(owner_of(request))
    facts = intake.CompanyFacts(
        name=payload.name, kind=payload.kind, website=payload.domain, tin=payload.tin,
        registration_number=payload.registration_number, description=payload.description,
        regions=payload.regions, categories=payload.categories, street=payload.street,
        city=payload.city, country=payload.country, timezone=payload.timezone,
    )  # fmt: skip
    more = payload.model_dump(exclude_unset=True)
    with transaction.atomic():
        row = intake.take_in_company(facts, source=SOURCE, actor=actor)
        rest = {name: more[name] for name in LATER if name in more}
        intake.change_company(row, rest, actor=actor)
    return 201, CompanyOut(**_out(_rows().get(pk=row.pk)))


@router.patch(
    "/companies/{uuid:company_id}", response=CompanyOut, auth=CHANGE, operation_id="change_company"
)
def change(request: HttpRequest, company_id: UUID, payload: CompanyPatch) -> dict[str, Any]:
    """Change the fields that are given. Scope `companies:write`."""
    row = get_object_or_404(Company, pk=id_today(Company, company_id))
    wanted = payload.model_dump(exclude_unset=True)
    if not wanted.get("name"):
        wanted.pop("name", None)
    if "country" in wanted:
        wanted["country"] = wanted["country"].upper()
    intake.change_company(row, wanted, actor=name_of(owner_of(request)))
    return _out(_rows().get(pk=row.pk))
