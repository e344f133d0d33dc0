"""List pages over 100,000 messages and 100,000 conversations: time and number of queries."""

import statistics
import time
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.models import Contact
from outreach.models import Conversation, Enrollment, Message
from tests.bench.rows import Row, at_most
from tests.factories import make_campaign, make_drafts

PAGES = {
    "home": "/admin/",
    "messages": "/admin/outreach/message/",
    "mail": "/admin/inbox/mail/",
    "review": "/admin/review/",
}
INBOX = {
    "open": "/admin/inbox/",
    "hot": "/admin/inbox/?show=hot",
    "all, page 20": "/admin/inbox/?show=all&page=20",
}
MESSAGES, CONVERSATIONS, BATCH = 100_000, 100_000, 5000


def run() -> list[Row]:
    """Median of five loads of each page, through the whole stack."""
    _fill()
    client = Client()
    client.force_login(User.objects.get(username="bench"))
    lists = [
        page_row(client, f"list with 100,000 messages: {name}", url) for name, url in PAGES.items()
    ]
    _fill_conversations()
    return lists + [
        page_row(client, f"inbox with 100,000 conversations: {name}", url)
        for name, url in INBOX.items()
    ]


def page_row(client: Client, name: str, url: str) -> Row:
    """Median of five loads, and how many queries one takes."""
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        answer = client.get(url)
        taken.append((time.perf_counter() - start) * 1000)
        assert answer.status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    median = statistics.median(taken)
    figure = f"{median:.0f} ms, {len(captured)} queries"
    return at_most(name, figure, median, 300, "ms")


def _fill() -> None:
    campaign = make_campaign(status="active")
    make_drafts(campaign, 100)
    threads = list(Enrollment.objects.filter(campaign=campaign))
    now = timezone.now()
    for start in range(0, MESSAGES, BATCH):
        Message.objects.bulk_create(
            Message(
                enrollment=threads[number % len(threads)],
                campaign=campaign,
                direction="inbound" if number % 3 == 0 else "outbound",
                kind="reply" if number % 3 == 0 else "follow_up",
                status="processed" if number % 3 == 0 else "sent",
                subject=f"Trip {number}",
                body="Some words about a trip. " * 10,
                from_address=f"p{number}@jets.example",
                to_address=f"q{number}@jets.example",
                # Mail comes one after the other: a list in order of time has no ties to break.
                received_at=now - timedelta(seconds=number) if number % 3 == 0 else None,
                sent_at=None if number % 3 == 0 else now - timedelta(seconds=number),
            )
            for number in range(start, start + BATCH)
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _fill_conversations() -> None:
    """One answer each, a tenth of them questions, one in a thousand hot."""
    campaign = make_campaign(status="active")
    now = timezone.now()
    for start in range(0, CONVERSATIONS, BATCH):
        numbers = range(start, start + BATCH)
        people = Contact.objects.bulk_create(Contact(name=f"Person {n}") for n in numbers)
        threads = Enrollment.objects.bulk_create(
            Enrollment(campaign=campaign, contact=person, status="replied") for person in people
        )
        heard = [now - timedelta(minutes=n) for n in numbers]
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
                enrollment=thread, campaign=campaign, direction="inbound", kind="reply",
                status="processed", body="What would it cost, and from when?", received_at=at,
            )
            for thread, at in zip(threads, heard, strict=True)
        )  # fmt: skip
