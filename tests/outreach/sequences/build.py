"""Sequences, campaigns and people for tests, made in bulk as the product would make them."""

from typing import Any

from crm.models import Company, Contact, ContactPoint
from outreach.models import Campaign, Mailbox, Sequence, SequenceVersion
from outreach.sequences.definition import as_data, parse
from tests.factories import make_mailbox

TWO_MAILS: list[dict[str, Any]] = [
    {"channel": "email", "at": "09:00", "subject": "Hello", "body": "Hello {{ greeting }}"},
    {
        "channel": "email",
        "after_days": 3,
        "at": "09:00",
        "subject": "Again",
        "body": "Hello again {{ greeting }}",
    },
]


def make_version(steps: list[dict[str, Any]] | None = None, **definition: Any) -> SequenceVersion:
    """Version 1 of a new sequence; two e-mails three days apart unless told otherwise."""
    count = Sequence.objects.count()
    sequence = Sequence.objects.create(slug=f"test-{count}", name=f"Test {count}")
    data = as_data(parse({"steps": steps or TWO_MAILS, **definition}))
    return SequenceVersion.objects.create(
        sequence=sequence, number=1, definition=data, created_by="sam"
    )


def make_drip(version: SequenceVersion | None = None, **changes: Any) -> Campaign:
    """An active sequence campaign with a mailbox."""
    values: dict[str, Any] = {
        "kind": "sequence",
        "name": "Drip",
        "slug": "drip",
        "status": "active",
        "contact_budget": 1_000_000,
        "sequence_version": version or make_version(),
        "mailbox": Mailbox.objects.first() or make_mailbox(),
    }
    return Campaign.objects.create(**{**values, **changes})


def make_people(
    count: int, *, zone: str = "America/New_York", points: tuple[str, ...] = ("email",)
) -> list[Contact]:
    """`count` people, each at a company of their own, with an address of each kind."""
    start = Contact.objects.count()
    numbers = range(start, start + count)
    companies = Company.objects.bulk_create(
        Company(name=f"Company {n}", country="US") for n in numbers
    )
    contacts = Contact.objects.bulk_create(
        Contact(company=company, name=f"Pat Number{n}", timezone=zone)
        for n, company in zip(numbers, companies, strict=True)
    )
    values = {
        "email": "pat{}@people.example",
        "phone": "+1305555{:04d}",
        "social": "https://social.example/in/pat{}",
    }
    ContactPoint.objects.bulk_create(
        ContactPoint(contact=contact, kind=kind, value=values[kind].format(n))
        for n, contact in zip(numbers, contacts, strict=True)
        for kind in points
    )
    return contacts
