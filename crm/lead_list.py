"""Leads as rows: for lists on a screen and files for a spreadsheet."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from compliance.addresses import as_heard, kind_of
from crm.choices import PointKind
from crm.errors import CrmError
from crm.models import Lead

HEADER = (
    "id", "name", "company", "email", "phone", "parcel_id", "county", "state", "situs_address",
    "city", "postal_code", "distress_reason", "status", "score", "tier", "market", "owner",
    "deal_value", "currency", "source",
)  # fmt: skip
OF_PROPERTY = ("parcel_id", "county", "state", "situs_address", "city", "postal_code",
               "distress_reason")  # fmt: skip
OF_LEAD = ("status", "score", "tier", "market", "deal_value", "currency", "source")


def find_leads(*, status: str = "", tier: str = "", owner: str = "") -> QuerySet[Lead]:
    """Leads, the best score first; `owner` is a user name."""
    rows = Lead.objects.select_related("contact", "company", "property", "owner")
    wanted = {"status": status, "tier": tier, "owner__username": owner}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    return rows.order_by(F("score").desc(nulls_last=True), "pk")


def find_lead(words: str) -> Lead:
    """The lead with this id, or the only one of this parcel or address; CrmError otherwise."""
    bare = words.strip()
    rows = Lead.objects.select_related("contact", "company", "property", "owner")
    try:
        found = list(rows.filter(pk=UUID(bare)))
    except ValueError:
        value = as_heard(kind_of(bare), bare)
        found = list(rows.filter(property__parcel_id=bare)[:2]) or list(
            rows.filter(contact__points__value=value).distinct()[:2]
        )
    if not found:
        raise CrmError(f"There is no lead “{bare[:100]}”: give an id, a parcel or an address.")
    if len(found) > 1:
        raise CrmError(f"Several leads are of “{bare[:100]}”: give the id.")
    return found[0]


def as_row(lead: Lead) -> dict[str, Any]:
    """One lead by `HEADER`, empty where nothing is known."""
    house, contact = lead.property, lead.contact
    points = list(contact.points.all()) if contact else []
    of_kind = {
        kind: "; ".join(point.value for point in points if point.kind == kind)
        for kind in (PointKind.EMAIL, PointKind.PHONE)
    }
    row: dict[str, Any] = {
        "id": str(lead.pk),
        "name": str(contact or ""),
        "company": lead.company.name if lead.company else "",
        "email": of_kind[PointKind.EMAIL],
        "phone": of_kind[PointKind.PHONE],
        "owner": lead.owner.get_username() if lead.owner else "",
    }
    row |= {name: getattr(house, name) if house else "" for name in OF_PROPERTY}
    row |= {name: getattr(lead, name) for name in OF_LEAD}
    return {name: "" if row[name] is None else row[name] for name in HEADER}


def export_rows(leads: QuerySet[Lead]) -> Iterator[list[Any]]:
    """Rows for a file by `HEADER`, fetched in portions."""
    for lead in leads.prefetch_related("contact__points").iterator(chunk_size=500):
        yield list(as_row(lead).values())
