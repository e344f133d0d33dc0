"""Inbound webhooks: how fast one is accepted, and whether a burst is stored whole."""

import base64
import json
import statistics
import time
import uuid

from django.test import Client

from outreach.models import ProviderEvent
from tests.bench.rows import Row, at_most

SECRET = "Basic " + base64.b64encode(b"town:secret").decode()


def run() -> list[Row]:
    """A hundred different mails one after the other through the whole stack, 95th percentile."""
    client = Client(headers={"Authorization": SECRET})
    before = ProviderEvent.objects.count()
    taken = []
    for number in range(100):
        body = json.dumps(_mail(number))
        start = time.perf_counter()
        answer = client.post("/webhooks/inbound-email", body, content_type="application/json")
        taken.append((time.perf_counter() - start) * 1000)
        assert answer.status_code == 200
    stored = ProviderEvent.objects.count() - before
    p95 = statistics.quantiles(taken, n=20)[-1]
    return [
        at_most("inbound webhook accepted, p95", f"{p95:.1f} ms", p95, 50, "ms"),
        Row("inbound: 100 in a burst stored", str(stored), stored / 100, "= 1", stored == 100),
    ]


def _mail(number: int) -> dict[str, object]:
    to = "jet-aaaaaaaaaaaaaaaaaaaaaaaaaa@quotes.attache.example"
    sender = f"person{number}@jets.example"
    return {
        "From": sender,
        "FromFull": {"Email": sender, "Name": "P", "MailboxHash": ""},
        "To": to,
        "ToFull": [{"Email": to, "Name": "", "MailboxHash": ""}],
        "OriginalRecipient": to,
        "Subject": "Re: trip",
        "MessageID": str(uuid.uuid4()),
        "Date": "Fri, 20 Nov 2026 10:00:00 -0500",
        "TextBody": "We can do it for $38,500 all in. " * 20,
        "HtmlBody": "",
        "Headers": [{"Name": "Message-ID", "Value": f"<{uuid.uuid4()}@jets.example>"}],
        "Attachments": [],
    }
