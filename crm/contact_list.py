"""People with their addresses as rows: for lists on a screen and files for a spreadsheet."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from compliance.addresses import as_heard, kind_of
from compliance.choices import LineType
from crm.addresses import normalise_domain
from crm.choices import PointKind
from crm.errors import CrmError
from crm.models import Company, Contact

HEADER = (
    "company", "domain", "name", "role", "country", "state", "county", "language", "timezone",
    "tags",
    *(kind.value for kind in PointKind),
    "line_type",
)  # fmt: skip


def find_contacts(*, company: str = "", search: str = "") -> QuerySet[Contact]:
    """Contacts by parts of their company's name or domain, their own name or an address."""
    contacts = Contact.objects.select_related("company").prefetch_related("points")
    if company:
        contacts = contacts.filter(
            Q(company__name__icontains=company) | Q(company__domain__icontains=company)
        )
    if search:
        by_point = Contact.objects.filter(points__value__icontains=search).values("pk")
        contacts = contacts.filter(
            Q(name__icontains=search) | Q(role__icontains=search) | Q(pk__in=by_point)
        )
    return contacts.order_by("company__name", "name", "pk")


def find_one(words: str) -> Contact:
    """The contact with this id, or the only one who has this address; CrmError otherwise.

    The id of somebody who was merged leads to whom they are today.
    """
    bare = words.strip()
    contacts = Contact.objects.select_related("company")
    try:
        found = [one.standing for one in Contact.everybody.filter(pk=UUID(bare))]
    except ValueError:
        value = as_heard(kind_of(bare), bare)
        found = list(contacts.filter(points__value=value).distinct()[:2])
    if not found:
        raise CrmError(f"There is no contact “{bare[:100]}”: give an id or a whole address.")
    if len(found) > 1:
        raise CrmError(f"Several people have the address “{bare[:100]}”: give the id.")
    return found[0]


def as_row(contact: Contact) -> dict[str, str]:
    """One contact by `HEADER`; several addresses of a kind are set apart by “;”."""
    row: dict[str, Any] = {
        "company": contact.company.name if contact.company else "",
        "domain": (contact.company.domain or "") if contact.company else "",
        "name": contact.name,
        "role": contact.role,
        "country": contact.country,
        "state": contact.state,
        "county": contact.county,
        "tags": ", ".join(contact.tags),
        "language": contact.language,
        "timezone": contact.timezone,
    }
    for kind in PointKind:
        values = [point.value for point in contact.points.all() if point.kind == kind]
        row[kind.value] = "; ".join(values)
    told = [point.line_type for point in contact.points.all() if point.kind == PointKind.PHONE]
    row["line_type"] = "; ".join(told) if set(told) - {LineType.UNKNOWN} else ""
    return row


def export_rows(contacts: QuerySet[Contact]) -> Iterator[list[str]]:
    """Rows for a file by `HEADER`, fetched in portions."""
    for contact in contacts.iterator(chunk_size=500):
        row = as_row(contact)
        yield [row[name] for name in HEADER]


def find_company(words: str) -> Company:
    """The company by id, domain or whole name; raises CrmError if none or several match."""
    with suppress(ValueError):
        if known := Company.everybody.filter(pk=UUID(words.strip())).first():
            return known.standing
    domain = normalise_domain(words) if "." in words else None
    if domain and (company := Company.everybody.filter(domain=domain).first()):
        return company.standing
    found = list(Company.objects.filter(name__iexact=" ".join(words.split()))[:2])
    if not found:
        raise CrmError(f"There is no company “{words[:100]}”.")
    if len(found) > 1:
        raise CrmError(f"Several companies are called “{words[:100]}”; give the domain.")
    return found[0]
