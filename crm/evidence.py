"""What compliance must know to gather the evidence about a contact: their addresses and rows."""

from collections.abc import Iterator
from uuid import UUID

from compliance.evidence import Person
from crm.models import Contact, ContactPoint


def load_contact(key: str) -> Person | None:
    """The contact with every address of theirs; None where there is none by that key."""
    try:
        found = Contact.everybody.filter(pk=UUID(key)).first()
    except ValueError:
        return None
    if found is None:
        return None
    contact = found.standing
    points = ContactPoint.objects.filter(contact=contact).values_list("kind", "value")
    company = f", {contact.company.name}" if contact.company and contact.name else ""
    row = (contact._meta.label_lower, str(contact.pk))
    return Person(tuple(points), f"{contact}{company}", row)


def contacts_of(person: Person) -> set[UUID]:
    """Who holds one of the addresses, and the contact the evidence is about."""
    found = set(
        ContactPoint.objects.filter(value__in=person.values).values_list("contact", flat=True)
    )
    if person.row and person.row[0] == Contact._meta.label_lower:
        found.add(UUID(person.row[1]))
    layer = found
    while layer:  # who was merged into them: the ledger names each by the id of its day
        rows = Contact.everybody.filter(merged_into__in=layer).exclude(pk__in=found)
        layer = set(rows.values_list("pk", flat=True))
        found |= layer
    return found


def rows_of(person: Person) -> Iterator[tuple[str, str]]:
    """The contacts as the ledger names them."""
    for key in contacts_of(person):
        yield (Contact._meta.label_lower, str(key))
