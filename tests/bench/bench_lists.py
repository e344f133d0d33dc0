"""Pages over 100,000 messages, conversations, people and records: time and number of queries."""

import statistics
import time

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from outreach.models import Campaign, Enrollment
from tests.bench import busy_desk
from tests.bench.rows import Row, at_most

LIMIT_MS = 300
MESSAGES = {
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
RECORDS = {
    "home": "index",
    "people in sequences": "outreach_people",
    "calendar": "outreach_calendar",
    "sequences": "outreach_sequences",
    "requests": "crm_request_changelist",
    "quotes": "quotes_quote_changelist",
    "contacts": "crm_contact_changelist",
    "companies": "crm_company_changelist",
    "threads": "outreach_enrollment_changelist",
    "campaigns": "outreach_campaign_changelist",
    "provider events": "outreach_providerevent_changelist",
    "audit": "compliance_auditentry_changelist",
    "the bell": "outreach_bell",
}


def run() -> list[Row]:
    """Median of five loads of each page, through the whole stack."""
    campaign = busy_desk.fill_campaign()
    client = Client()
    client.force_login(User.objects.get(username="bench"))
    rows = _rows(client, "list with 100,000 messages", {**MESSAGES, **_of_campaign(campaign)})
    drip = busy_desk.fill_conversations()
    rows += _rows(client, "inbox with 100,000 conversations", INBOX)
    busy_desk.fill_records(campaign, drip)
    records = {name: reverse(f"admin:{page}") for name, page in RECORDS.items()}
    return rows + _rows(client, "100,000 of each", {**records, **_of_drip(drip)})


def _of_campaign(campaign: Campaign) -> dict[str, str]:
    pages = ("queue", "replies", "audit")
    told = {
        f"a campaign's {page}": reverse(f"admin:outreach_campaign_{page}", args=[campaign.pk])
        for page in pages
    }
    return {
        **told,
        "a campaign's comparison": reverse("admin:quotes_comparison", args=[campaign.pk]),
    }


def _of_drip(drip: Campaign) -> dict[str, str]:
    thread = Enrollment.objects.filter(campaign=drip).first()
    assert thread is not None
    return {
        "a campaign's people": reverse("admin:outreach_campaign_people", args=[drip.pk]),
        "a campaign's drafts": reverse("admin:outreach_campaign_drip", args=[drip.pk]),
        "one thread": reverse("admin:outreach_thread", args=[thread.pk]),
    }


def _rows(client: Client, what: str, pages: dict[str, str]) -> list[Row]:
    return [page_row(client, f"{what}: {name}", url) for name, url in pages.items()]


def page_row(client: Client, name: str, url: str) -> Row:
    """Median of five loads, the processor's time in this process, and how many queries."""
    taken, used = [], []
    for _ in range(5):
        start, begun = time.perf_counter(), time.process_time()
        answer = client.get(url)
        taken.append((time.perf_counter() - start) * 1000)
        used.append((time.process_time() - begun) * 1000)
        assert answer.status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    median = statistics.median(taken)
    figure = f"{median:.0f} ms (processor {min(used):.0f}), {len(captured)} queries"
    return at_most(name, figure, median, LIMIT_MS, "ms")
