"""A campaign for a jet, and vendors who were asked."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from crm.models import Category, Company, Contact, Request
from outreach.choices import Direction, MessageKind, MessageStatus
from outreach.models import Campaign, Enrollment, Mailbox, Message

FIELDS = [
    {"name": "passengers", "label": "Passengers", "type": "integer", "used_in": ["brief"]},
    {"name": "aircraft", "label": "Aircraft"},
    {"name": "seats", "label": "Seats", "type": "integer"},
    {"name": "wifi", "label": "Wi-Fi", "type": "boolean"},
    {"name": "check_in", "label": "Check-in", "type": "date"},
]


@pytest.fixture
def boss(db: None) -> User:
    """May everything."""
    return User.objects.create_superuser("boss", first_name="Bo", last_name="Lang")


@pytest.fixture
def campaign(db: None) -> Campaign:
    category, _ = Category.objects.update_or_create(
        slug="private_jet", defaults={"name": "Private jet", "fields": FIELDS}
    )
    request = Request.objects.create(
        text="Light jet from Teterboro to Aspen for 4",
        category=category,
        constraints={"passengers": 4},
        currency="USD",
    )
    mailbox = Mailbox.objects.create(name="desk", from_name="Ella", from_email="ella@desk.example")
    return Campaign.objects.create(
        name="Jet to Aspen", slug="jet", request=request, mailbox=mailbox, status="active"
    )


@pytest.fixture
def vendor(campaign: Campaign) -> Callable[..., Enrollment]:
    """`vendor("NetJets")` was written to a day ago and has not answered."""

    def make(name: str, *, channel: str = "email", **message: Any) -> Enrollment:
        company = Company.objects.create(name=name)
        contact = Contact.objects.create(company=company)
        thread = Enrollment.objects.create(
            campaign=campaign, contact=contact, company=company, channel=channel, status="active"
        )
        values: dict[str, Any] = {
            "status": MessageStatus.SENT,
            "sent_at": timezone.now() - timedelta(days=1),
            **message,
        }
        Message.objects.create(
            enrollment=thread,
            campaign=campaign,
            direction=Direction.OUTBOUND,
            channel=channel,
            kind=MessageKind.FIRST,
            subject="Charter",
            body="Please quote.",
            **values,
        )
        return thread

    return make


@pytest.fixture
def reply(campaign: Campaign) -> Callable[..., Message]:
    """`reply(thread, "We can do it for $42,000.")` arrived just now."""

    def make(thread: Enrollment, body: str, **values: Any) -> Message:
        return Message.objects.create(
            **{
                "enrollment": thread,
                "campaign": campaign,
                "direction": Direction.INBOUND,
                "channel": "email",
                "kind": MessageKind.REPLY,
                "status": MessageStatus.PROCESSED,
                "subject": "Re: Charter",
                "body": body,
                "own_ranges": [[0, len(body)]],
                "received_at": timezone.now(),
                "from_address": "sales@vendor.example",
                **values,
            }
        )

    return make
