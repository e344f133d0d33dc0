"""Rows in bulk, as the product would make them."""

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from crm.models import Category, Company, Contact, ContactPoint, Request
from outreach import approvals, reply_address
from outreach.choices import Channel
from outreach.models import Campaign, Enrollment, Mailbox, Message

BODY = (
    "Hello {name},\n\nCould you quote a light jet from Teterboro to Aspen on March 15 for four "
    "passengers?\n\nKind regards,\nElla Whitfield\nExecutive Assistant"
)


def make_mailbox(**changes: Any) -> Mailbox:
    values = {
        "name": "Charter desk",
        "from_name": "Ella Whitfield",
        "from_email": "ella@desk.attache.example",
        "per_hour": 100_000,
        "daily_cap": 100_000,
        "per_domain_hour": 100_000,
        "max_connections": 1,
    }
    return Mailbox.objects.create(**{**values, **changes})


def make_campaign(**changes: Any) -> Campaign:
    category, _ = Category.objects.get_or_create(
        slug="private_jet", defaults={"name": "Private jet"}
    )
    request = Request.objects.create(
        text="Light jet from Teterboro to Aspen on March 15 for 4 passengers",
        category=category,
        constraints={"origin": "TEB", "destination": "ASE", "date": "2027-03-15", "passengers": 4},
    )
    values: dict[str, Any] = {
        "name": "Teterboro to Aspen",
        "slug": "jet",
        "request": request,
        "contact_budget": 10_000,
    }
    if "mailbox" not in changes:
        values["mailbox"] = Mailbox.objects.first() or make_mailbox()
    return Campaign.objects.create(**{**values, **changes})


def make_drafts(
    campaign: Campaign, count: int, *, domain: str = "jets.example", **changes: Any
) -> list[Message]:
    """`count` vendors, each with a contact, an address and a draft waiting for review."""
    start = Enrollment.objects.count()
    numbers = range(start, start + count)
    companies = Company.objects.bulk_create(
        Company(name=f"Vendor {n}", country="US") for n in numbers
    )
    contacts = Contact.objects.bulk_create(
        Contact(company=company, name=f"Person {n}")
        for n, company in zip(numbers, companies, strict=True)
    )
    points = ContactPoint.objects.bulk_create(
        ContactPoint(contact=contact, kind="email", value=f"person{n}@{domain}")
        for n, contact in zip(numbers, contacts, strict=True)
    )
    enrollments = Enrollment.objects.bulk_create(
        Enrollment(campaign=campaign, contact=contact, company=company, point=point)
        for contact, company, point in zip(contacts, companies, points, strict=True)
    )
    values = {"channel": Channel.EMAIL, "status": "ea_review", "kind": "first", **changes}
    return Message.objects.bulk_create(
        Message(
            enrollment=enrollment,
            campaign=campaign,
            direction="outbound",
            subject="Teterboro to Aspen, March 15",
            body=BODY.format(name=contact.name),
            from_name=campaign.mailbox.from_name,
            from_address=campaign.mailbox.from_email,
            to_address=point.value,
            reply_to=reply_address.build(enrollment),
            mailbox=campaign.mailbox,
            original={
                "subject": "Teterboro to Aspen, March 15",
                "body": BODY.format(name=contact.name),
            },
            **values,
        )
        for enrollment, contact, point in zip(enrollments, contacts, points, strict=True)
    )


def make_approved(count: int, approver: User, **campaign: Any) -> Campaign:
    """A campaign with `count` approved messages, approved through the product's own door."""
    made = make_campaign(**campaign)
    make_drafts(made, count)
    result = approvals.approve_all(made, approver=approver)
    assert len(result.approved) == count, result.left_behind[:3]
    made.refresh_from_db()
    assert timezone.now() >= made.created_at
    return made
