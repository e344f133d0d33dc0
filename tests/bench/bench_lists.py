"""List pages over 100,000 messages: time and number of queries."""

import statistics
import time

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from outreach.models import Enrollment, Message
from tests.bench.rows import Row, at_most
from tests.factories import make_campaign, make_drafts

PAGES = {
    "home": "/admin/",
    "messages": "/admin/outreach/message/",
    "inbox": "/admin/inbox/",
    "review": "/admin/review/",
}
MESSAGES, BATCH = 100_000, 5000


def run() -> list[Row]:
    """Median of five loads of each page, through the whole stack."""
    _fill()
    client = Client()
    client.force_login(User.objects.get(username="bench"))
    return [_page(client, name, url) for name, url in PAGES.items()]


def _page(client: Client, name: str, url: str) -> Row:
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
    return at_most(f"list with 100,000 messages: {name}", figure, median, 300, "ms")


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
                received_at=now if number % 3 == 0 else None,
                sent_at=None if number % 3 == 0 else now,
            )
            for number in range(start, start + BATCH)
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
