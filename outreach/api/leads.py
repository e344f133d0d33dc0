"""Leads: opportunities with their people and properties, and the board they stand on."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, TypeVar
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from crm import leads
from crm.choices import LeadStatus
from crm.errors import CrmError
from crm.merge import id_today
from crm.models import Company, Contact, Lead, Property
from crm.pipeline import board
from outreach.actors import name_of
from outreach.api.access import ApiKeyAuth, owner_of
from outreach.api.once import DOCUMENTED, once
from outreach.api.pages import PageQuery, page
from outreach.api.shapes import Line, Text

READ = ApiKeyAuth("leads:read", "crm.view_lead")
ADD = ApiKeyAuth("leads:write", "crm.add_lead")
CHANGE = ApiKeyAuth("leads:write", "crm.change_lead")
router = Router(tags=["Leads"])
CENT = Decimal("0.01")
Money = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{3}$")]
Score = Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False)]


class PropertyOut(Schema):
    id: UUID
    parcel_id: str
    county: str
    state: str
    situs_address: str
    city: str
    postal_code: str
    distress_reason: str


class LeadOut(Schema):
    id: UUID
    contact_id: UUID | None
    contact: str
    company_id: UUID | None
    company: str
    property: PropertyOut | None
    status: str
    status_changed_at: datetime | None
    score: float | None
    tier: str
    market: str
    owner: str
    deal_value: Decimal | None
    currency: str
    source: str
    notes: str
    created_at: datetime
    updated_at: datetime


class LeadPage(Schema):
    items: list[LeadOut]
    next_cursor: str | None


class BoardQuery(Schema):
    owner: Line = Field("", max_length=150, description="A user name; “none” for nobody's.")
    tier: Line = Field("", max_length=10)
    market: Line = Field("", max_length=80)
    county: Line = Field("", max_length=80)
    q: Line = Field("", max_length=100, description="In name, address or parcel.")


class LeadQuery(PageQuery, BoardQuery):
    status: LeadStatus | None = None
    contact_id: UUID | None = None
    company_id: UUID | None = None
    min_score: Score | None = None


class WorthOut(Schema):
    currency: str
    total: Decimal


class ColumnOut(Schema):
    status: str
    label: str
    count: int
    worth: list[WorthOut]


class BoardOut(Schema):
    columns: list[ColumnOut]


class LeadFields(Schema):
    """What may be said of a lead; left out, a field stays as it is."""

    owner: Line = Field("", max_length=150, description="A user name; empty for nobody.")
    score: Score | None = None
    tier: Line = Field("", max_length=10)
    market: Line = Field("", max_length=80)
    deal_value: Money | None = None
    currency: Currency = "USD"
    source: Line = Field("", max_length=120)
    notes: Text = Field("", max_length=20_000)


class LeadIn(LeadFields):
    """Name at least one of the three."""

    contact_id: UUID | None = None
    company_id: UUID | None = None
    property_id: UUID | None = None


class MoveIn(Schema):
    """`seen` is the stage the caller saw it in: 409 if it is not there any more."""

    to: LeadStatus
    seen: LeadStatus | None = None
    reason: Line = Field("", max_length=200, description="Names nobody; a lost lead needs one.")
    deal_value: Money | None = None


def _rows() -> QuerySet[Lead]:
    return Lead.objects.select_related("contact", "company", "property", "owner")


def _out(row: Lead) -> dict[str, Any]:
    own = ("contact", "company", "owner", "property")
    found = {name: getattr(row, name) for name in LeadOut.model_fields if name not in own}
    house = row.property
    return {
        **found, "contact": str(row.contact or ""), "company": str(row.company or ""),
        "owner": row.owner.get_username() if row.owner else "",
        "property": {name: getattr(house, name) for name in PropertyOut.model_fields}
        if house else None,
    }  # fmt: skip


def _narrowed(query: BoardQuery, user: User) -> QuerySet[Lead]:
    owner = query.owner
    if owner and owner != "none":
        found = User.objects.filter(username=owner).values_list("pk", flat=True).first()
        owner = str(found or 0)
    chosen = board.Chosen(owner, query.tier, query.market, query.county, query.q)
    return board.narrow(chosen, user)


@router.get("/leads", response=LeadPage, auth=READ, operation_id="list_leads")
def list_leads(request: HttpRequest, query: Annotated[LeadQuery, Query(...)]) -> dict[str, Any]:
    """Leads, the newest first. Scope `leads:read`."""
    rows = _narrowed(query, owner_of(request))
    wanted = {"status": query.status, "contact": query.contact_id, "company": query.company_id,
              "score__gte": query.min_score}  # fmt: skip
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    found = page(rows.select_related("contact", "company", "property", "owner"), query)
    return {**found, "items": [_out(row) for row in found["items"]]}


@router.get("/leads/board", response=BoardOut, auth=READ, operation_id="lead_board")
def show_board(request: HttpRequest, query: Annotated[BoardQuery, Query(...)]) -> dict[str, Any]:
    """How many leads stand in each stage, and what they are worth. Scope `leads:read`."""
    columns = board.columns_in_numbers(_narrowed(query, owner_of(request)))
    return {
        "columns": [
            {"status": one.status, "label": one.status.label, "count": one.count,
             "worth": [{"currency": name, "total": total.quantize(CENT)}
                       for total, name in one.worth]}
            for one in columns
        ]
    }  # fmt: skip


@router.get("/leads/{uuid:lead_id}", response=LeadOut, auth=READ, operation_id="get_lead")
def show(request: HttpRequest, lead_id: UUID) -> dict[str, Any]:
    """One lead. Scope `leads:read`."""
    return _out(get_object_or_404(_rows(), pk=lead_id))


@router.post(
    "/leads",
    response={201: LeadOut},
    auth=ADD,
    operation_id="create_lead",
    openapi_extra=DOCUMENTED,
)
@once
def create(request: HttpRequest, payload: LeadIn) -> tuple[int, Schema]:
    """Make a lead of a contact, a company or a property. 409 where there is one already.

    Scope `leads:write`.
    """
    facts = payload.model_dump(include={"score", "tier", "market", "deal_value", "source", "notes"})
    row = leads.create(
        actor=name_of(owner_of(request)), contact=_row(Contact, payload.contact_id),
        company=_row(Company, payload.company_id), about=_row(Property, payload.property_id),
        owner=_owner(payload.owner), currency=payload.currency.upper(), **facts,
    )  # fmt: skip
    return 201, LeadOut(**_out(_rows().get(pk=row.pk)))


@router.patch("/leads/{uuid:lead_id}", response=LeadOut, auth=CHANGE, operation_id="change_lead")
def change(request: HttpRequest, lead_id: UUID, payload: LeadFields) -> dict[str, Any]:
    """Change the fields that are given; the stage has its own call. Scope `leads:write`."""
    row = get_object_or_404(_rows(), pk=lead_id)
    wanted = payload.model_dump(exclude_unset=True)
    if "currency" in wanted:
        wanted["currency"] = wanted["currency"].upper()
    if "owner" in wanted:
        wanted["owner"] = _owner(wanted["owner"])
    leads.change(row, wanted, actor=name_of(owner_of(request)))
    return _out(_rows().get(pk=row.pk))


@router.post("/leads/{uuid:lead_id}/move", response=LeadOut, auth=CHANGE, operation_id="move_lead")
def move(request: HttpRequest, lead_id: UUID, payload: MoveIn) -> dict[str, Any]:
    """Move a lead to another stage; where it stands there already, nothing happens.

    409 with `stands` where somebody was faster. Scope `leads:write`.
    """
    row = get_object_or_404(_rows(), pk=lead_id)
    leads.move(
        row, payload.to, actor=name_of(owner_of(request)), reason=payload.reason,
        seen=payload.seen or "", deal_value=payload.deal_value,
    )  # fmt: skip
    return _out(_rows().get(pk=row.pk))


M = TypeVar("M", Contact, Company, Property)


def _row(model: type[M], key: UUID | None) -> M | None:
    if key is None:
        return None
    merging: Any = model
    today = key if model is Property else id_today(merging, key)
    found = model.objects.filter(pk=today).first()
    if found is None:
        raise CrmError(f"There is no {model._meta.verbose_name} by that id.")
    return found


def _owner(username: str) -> User | None:
    if not username:
        return None
    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise CrmError(f"There is no active user “{username}”.")
    return found
