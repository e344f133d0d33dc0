"""A desk that is in its second year: 100,000 of everything that a page lists."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from compliance import audit
from crm.models import Company, Contact, ContactPoint, Request
from outreach.models import Campaign, Conversation, Enrollment, Message, ProviderEvent
from quotes.models import Quote, QuoteExtra
from tests.factories import make_campaign, make_drafts
from tests.outreach.sequences.build import make_drip

EACH, BATCH, WAITING = 100_000, 5000, 100


def portions() -> Iterator[range]:
    """The numbers from 0 to 99,999, a bulk insert at a time."""
    return (range(start, start + BATCH) for start in range(0, EACH, BATCH))


def fill_campaign() -> Campaign:
    """A request's campaign: 100 vendors, their drafts waiting, 100,000 messages before, and an
    offer read in each of their 33,334 answers."""
    campaign = make_campaign(status="active")
    make_drafts(campaign, WAITING)
    threads = list(Enrollment.objects.filter(campaign=campaign))
    now = timezone.now()
    for numbers in portions():
        Message.objects.bulk_create(
            _message(number, now, enrollment=threads[number % WAITING], campaign=campaign)
            for number in numbers
        )
    _read_answers(campaign)
    analyze()
    return campaign


def _read_answers(campaign: Campaign) -> None:
    """Each answer is an offer with something on top; a vendor's last one stands."""
    answers = Message.objects.filter(campaign=campaign, direction="inbound")
    stands: set[UUID | None] = set()
    quotes = []
    for n, (key, thread) in enumerate(
        answers.order_by("-received_at").values_list("pk", "enrollment_id")
    ):
        status = "superseded" if thread in stands else "current"
        stands.add(thread)
        quotes.append(
            Quote(enrollment_id=thread, message_id=key, status=status, price=30_000 + n,
                  currency="USD", fields={"aircraft": "Phenom 300", "seats": 6})
        )  # fmt: skip
    for start in range(0, len(quotes), BATCH):
        made = Quote.objects.bulk_create(quotes[start : start + BATCH])
        QuoteExtra.objects.bulk_create(
            QuoteExtra(quote=one, label="De-icing", amount=800) for one in made
        )


def _message(number: int, now: datetime, **thread: Any) -> Message:
    heard = number % 3 == 0
    # Mail comes one after the other: a list in order of time has no ties to break.
    at = now - timedelta(seconds=number)
    return Message(
        direction="inbound" if heard else "outbound",
        kind="reply" if heard else "follow_up",
        status="processed" if heard else "sent",
        subject=f"Trip {number}",
        body="Some words about a trip. " * 10,
        from_address=f"p{number}@jets.example",
        to_address=f"q{number}@jets.example",
        received_at=at if heard else None,
        sent_at=None if heard else at,
        **thread,
    )


def fill_conversations() -> Campaign:
    """A sequence's campaign: one answer of each person, a tenth of them questions, one in a
    thousand hot; half of the people are still under way."""
    drip = make_drip()
    now = timezone.now()
    for numbers in portions():
        people = _people(numbers)
        heard = [now - timedelta(minutes=n) for n in numbers]
        threads = Enrollment.objects.bulk_create(
            Enrollment(
                campaign=drip, contact=person, company=person.company, zone="America/New_York",
                version=drip.sequence_version, status="active" if n % 2 else "replied", step=1,
                next_touch_at=now + timedelta(minutes=n) if n % 2 else None,
            )
            for n, person in zip(numbers, people, strict=True)
        )  # fmt: skip
        Conversation.objects.bulk_create(
            Conversation(
                enrollment=thread, state="replied", last_reply_at=at,
                intent="question" if n % 10 == 0 else "not_interested",
                hot_since=at if n % 1000 == 0 else None,
            )
            for n, thread, at in zip(numbers, threads, heard, strict=True)
        )  # fmt: skip
        Message.objects.bulk_create(
            Message(
                enrollment=thread, campaign=drip, direction="inbound", kind="reply",
                status="processed", body="What would it cost, and from when?", received_at=at,
            )
            for thread, at in zip(threads, heard, strict=True)
        )  # fmt: skip
    analyze()
    return drip


def _people(numbers: range) -> list[Contact]:
    """Each at a company of their own, with an address."""
    companies = Company.objects.bulk_create(
        Company(name=f"House {n}", country=("US", "ES", "PL")[n % 3], industry=f"Trade {n % 40}")
        for n in numbers
    )
    people = Contact.objects.bulk_create(
        Contact(name=f"Person {n}", company=company, country=company.country)
        for n, company in zip(numbers, companies, strict=True)
    )
    ContactPoint.objects.bulk_create(
        ContactPoint(contact=person, kind="email", value=f"person{n}@houses.example")
        for n, person in zip(numbers, people, strict=True)
    )
    return people


def fill_records(campaign: Campaign, drip: Campaign) -> None:
    """A request and a quote for each of 100,000, what a provider told, and the ledger of it all;
    one quote in a thousand waits to be checked."""
    assert campaign.request is not None
    category, now = campaign.request.category, timezone.now()
    threads = Enrollment.objects.filter(campaign=drip).order_by("pk")
    for numbers in portions():
        Request.objects.bulk_create(
            Request(
                text=f"A trip for client {n}", category=category, client_name=f"Client {n}",
                missing=[{"field": "date", "question": "When?"}] if n % 100 == 0 else [],
            )
            for n in numbers
        )  # fmt: skip
        Quote.objects.bulk_create(
            Quote(enrollment=thread, price=n, currency="USD",
                  status="needs_review" if n % 1000 == 0 else "current")
            for n, thread in zip(numbers, threads[numbers.start : numbers.stop], strict=True)
        )  # fmt: skip
        ProviderEvent.objects.bulk_create(
            ProviderEvent(esp="postmark", kind="tracking", key=f"bench-{n}", status="processed",
                          event_type="delivered", received_at=now - timedelta(seconds=n))
            for n in numbers
        )  # fmt: skip
        audit.append_many([_act(n, campaign if n % 2 else drip) for n in numbers], actor="bench")
    analyze()


def _act(number: int, campaign: Campaign) -> audit.Act:
    message = audit.Named("outreach.message", str(UUID(int=number)))
    return audit.Act("message.sent", message, campaign_id=campaign.pk)


def analyze() -> None:
    """What autovacuum does within a minute of such a load."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
