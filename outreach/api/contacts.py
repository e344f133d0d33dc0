"""People: who they are, where they can be reached, and their wish to be left alone."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.errors import ValidationError
from pydantic import Field

from compliance.choices import LineType, SuppressionScope
from crm import intake
from crm.choices import PointKind, Qualification
from crm.errors import CrmError
from crm.merge import id_today
from crm.models import Company, Contact
from outreach.actors import name_of
from outreach.api.access import ApiKeyAuth, owner_of
from outreach.api.once import DOCUMENTED, once
from outreach.api.pages import PageQuery, page
from outreach.api.shapes import Country, Line, Moment, Text
from outreach.opting_out import stop_contact

READ = ApiKeyAuth("contacts:read", "crm.view_contact")
ADD = ApiKeyAuth("contacts:write", "crm.add_contact")
CHANGE = ApiKeyAuth("contacts:write", "crm.change_contact")
STOP = ApiKeyAuth("compliance:write", "compliance.add_suppression")
SOURCE = "API"
LATER = frozenset({"county", "status", "tags"})  # what intake's facts do not hold
router = Router(tags=["Contacts"])


class AddressOut(Schema):
    kind: str
    value: str
    preferred: bool
    state: str
    line_type: str
    source: str


class ContactOut(Schema):
    id: UUID
    name: str
    role: str
    company_id: UUID | None
    company: str
    language: str
    timezone: str
    country: str
    state: str
    postal_code: str
    county: str
    status: str
    tags: list[str]
    source: str
    addresses: list[AddressOut]
    created_at: datetime
    updated_at: datetime


class ContactPage(Schema):
    items: list[ContactOut]
    next_cursor: str | None


class ContactQuery(PageQuery):
    q: Line = Field("", max_length=100, description="In name, company or address.")
    company_id: UUID | None = None
    address: Line = Field("", max_length=500, description="Exactly, as it is stored.")
    status: Qualification | None = None
    state: Country = ""
    county: Line = Field("", max_length=80)


class AddressIn(Schema):
    kind: PointKind
    value: Line = Field(min_length=1, max_length=500)
    preferred: bool = False
    line_type: LineType = LineType.UNKNOWN


class ContactFields(Schema):
    """What may be said of a person; left out, a field stays as it is."""

    name: Line = Field("", max_length=160)
    role: Line = Field("", max_length=120)
    company_id: UUID | None = None
    language: Line = Field("en", min_length=2, max_length=8)
    timezone: Line = Field("", max_length=64)
    country: Country = ""
    state: Country = Field("", description="US postal code, such as FL.")
    postal_code: Line = Field("", max_length=12)
    county: Line = Field("", max_length=80)
    status: Qualification = Qualification.NEW
    tags: list[Line] = Field(default_factory=list, max_length=50)
    addresses: list[AddressIn] = Field(default_factory=list, max_length=20)


class WishIn(Schema):
    """They asked us to stop; `words` are their own."""

    words: Text = Field("", max_length=2000)
    source: Line = Field("API", max_length=120)
    received_at: Moment | None = None
    channel: Literal["all", "email", "sms", "whatsapp", "phone"] = "all"


class WishOut(Schema):
    """What the wish did: nothing leaves to these addresses any more."""

    suppressed: list[str]
    cancelled: int


def _rows() -> QuerySet[Contact]:
    rows = Contact.objects.filter(erased_at=None).select_related("company")
    return rows.prefetch_related("points").defer("ai_research_data")


def _out(row: Contact) -> dict[str, Any]:
    own = ("company", "addresses")
    found = {name: getattr(row, name) for name in ContactOut.model_fields if name not in own}
    return {
        **found, "company": row.company.name if row.company else "",
        "addresses": [
            {name: getattr(point, name) for name in AddressOut.model_fields}
            for point in row.points.all()
        ],
    }  # fmt: skip


@router.get("/contacts", response=ContactPage, auth=READ, operation_id="list_contacts")
def list_contacts(
    request: HttpRequest, query: Annotated[ContactQuery, Query(...)]
) -> dict[str, Any]:
    """People with their addresses, the newest first. Scope `contacts:read`."""
    rows = _rows()
    wanted = {"company": query.company_id, "status": query.status,
              "state": query.state.upper() or None, "county": query.county or None}  # fmt: skip
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    if query.address:
        rows = rows.filter(points__value=query.address).distinct()
    if query.q:
        words = query.q
        rows = rows.filter(
            Q(name__icontains=words) | Q(company__name__icontains=words)
            | Q(points__value__icontains=words)
        ).distinct()  # fmt: skip
    found = page(rows, query)
    return {**found, "items": [_out(row) for row in found["items"]]}


@router.get(
    "/contacts/{uuid:contact_id}", response=ContactOut, auth=READ, operation_id="get_contact"
)
def show(request: HttpRequest, contact_id: UUID) -> dict[str, Any]:
    """One person; 404 for who was erased. Scope `contacts:read`."""
    return _out(get_object_or_404(_rows(), pk=id_today(Contact, contact_id)))


@router.post(
    "/contacts",
    response={201: ContactOut},
    auth=ADD,
    operation_id="create_contact",
    openapi_extra=DOCUMENTED,
)
@once
def create(request: HttpRequest, payload: ContactFields) -> tuple[int, Schema]:
    """Create a person, or complete the one who has one of the addresses; the same call twice makes
    one. Scope `contacts:write`."""
    if not payload.name and not payload.addresses:
        raise CrmError("Give a name or an address: nobody could be told apart without.")
    more = payload.model_dump(exclude_unset=True)
    person = intake.Person(
        name=payload.name, role=payload.role, language=payload.language,
        timezone=payload.timezone, addresses=_addresses(payload), country=payload.country,
        state=payload.state, postal_code=payload.postal_code,
    )  # fmt: skip
    actor, company = name_of(owner_of(request)), _company(payload.company_id)
    with transaction.atomic():
        row = intake.take_in_person(person, company=company, source=SOURCE, actor=actor)
        rest: dict[str, Any] = {name: more[name] for name in LATER if name in more}
        intake.change_person(row, rest, actor=actor)
    return 201, ContactOut(**_out(_rows().get(pk=row.pk)))


@router.patch(
    "/contacts/{uuid:contact_id}", response=ContactOut, auth=CHANGE, operation_id="change_contact"
)
def change(request: HttpRequest, contact_id: UUID, payload: ContactFields) -> dict[str, Any]:
    """Change the fields that are given; `addresses` are added, none is taken away.

    Scope `contacts:write`.
    """
    row = get_object_or_404(_rows(), pk=id_today(Contact, contact_id))
    wanted = payload.model_dump(exclude_unset=True, exclude={"addresses"})
    if "company_id" in wanted:
        wanted["company"] = _company(wanted.pop("company_id"))
    for name in ("country", "state"):
        if name in wanted:
            wanted[name] = wanted[name].upper()
    intake.change_person(
        row, wanted, actor=name_of(owner_of(request)), addresses=_addresses(payload), source=SOURCE
    )
    return _out(_rows().get(pk=row.pk))


@router.post(
    "/contacts/{uuid:contact_id}/opt-out",
    response=WishOut,
    auth=STOP,
    operation_id="opt_out_contact",
)
def opt_out(request: HttpRequest, contact_id: UUID, payload: WishIn) -> dict[str, Any]:
    """Suppress every address of the person, end their threads and leads and cancel what waits, in
    one transaction. Scope `compliance:write`."""
    row = get_object_or_404(_rows(), pk=id_today(Contact, contact_id))
    received_at = payload.received_at or timezone.now()
    if received_at > timezone.now():
        raise ValidationError([{"loc": ["received_at"], "msg": "It is in the future."}])
    suppressed, cancelled = stop_contact(
        row.pk, words=payload.words, source=payload.source or SOURCE, received_at=received_at,
        scope=SuppressionScope(payload.channel), actor=name_of(owner_of(request)),
    )  # fmt: skip
    return {"suppressed": suppressed, "cancelled": cancelled}


def _addresses(payload: ContactFields) -> tuple[intake.Address, ...]:
    return tuple(
        intake.Address(one.kind, one.value, preferred=one.preferred, line_type=one.line_type)
        for one in payload.addresses
    )


def _company(key: UUID | None) -> Company | None:
    if key is None:
        return None
    found = Company.objects.filter(pk=id_today(Company, key)).first()
    if found is None:
        raise CrmError("There is no company by that id.")
    return found
