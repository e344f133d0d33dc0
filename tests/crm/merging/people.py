"""People and vendors to merge, made through the doors of the product."""

from typing import Any

from crm.intake import Address, Person, take_in_person
from crm.models import Company, Contact, ContactPoint


def person(name: str, *emails: str, phone: str = "", company: Company | None = None) -> Contact:
    """Somebody with these addresses."""
    addresses = [Address("email", email) for email in emails]
    addresses += [Address("phone", phone)] if phone else []
    return take_in_person(
        Person(name=name, addresses=addresses), company=company, source="list", actor="sam"
    )


def values_of(contact: Contact) -> list[str]:
    """The addresses somebody holds now."""
    rows = ContactPoint.objects.filter(contact=contact.pk)
    return sorted(rows.values_list("value", flat=True))


def state_of(row: Any) -> dict[str, Any]:
    """Every column but the clock's, to compare a row with itself at another time."""
    row.refresh_from_db()
    return {
        one.attname: getattr(row, one.attname)
        for one in row._meta.concrete_fields
        if one.name != "updated_at"
    }
