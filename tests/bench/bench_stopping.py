"""From the post of a signed inbound webhook to the touches that are left being cancelled.

A real web server, a real cluster, one reply after the other; looked for in the database.
"""

import json
import statistics
import time
import urllib.request
import uuid
from datetime import timedelta

from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from outreach.models import Message
from tests.bench.rows import Row, at_most
from tests.cluster import running_cluster, wait_for
from tests.factories import make_approved
from tests.outreach.inbound.conftest import SECRET, postmark
from tests.web_server import Web, running_web

REPLIES = 60
LEFT = 3
LIMIT_MS = 1000
WORDS = ("Please stop emailing me.", "Yes, we are interested. Can you call me?", "Not for us.")


def run() -> list[Row]:
    """Every third reply a wish to stop, a yes and a no; 95th percentile and median."""
    call_command("createcachetable", "django_cache")
    asked = written_to(REPLIES + 1)
    _plan_touches(asked)
    with running_web() as web, running_cluster():
        _warm_up(web, asked.pop())
        taken = [_until_cancelled(web, one, n) for n, one in enumerate(asked)]
    p50, p95 = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    return [
        at_most("reply in → touches cancelled, p95", f"{p95:.0f} ms", p95, LIMIT_MS, "ms"),
        Row("reply in → touches cancelled, p50", f"{p50:.0f} ms"),
    ]


def written_to(people: int) -> list[Message]:
    """The first mail to each of so many people, sent."""
    campaign = make_approved(people, User.objects.get(username="bench"))
    sent = Message.objects.filter(campaign=campaign)
    sent.update(status="sent", sent_at=timezone.now())
    return list(sent.select_related("enrollment"))


def _plan_touches(asked: list[Message]) -> None:
    """Touches to each of them that wait for tomorrow."""
    Message.objects.bulk_create(
        Message(
            enrollment=row.enrollment, campaign=row.campaign, direction="outbound",
            kind="follow_up", status="approved", approved_at=timezone.now(), step=number + 2,
            body="Still open?", to_address=row.to_address, mailbox=row.mailbox,
            due_at=timezone.now() + timedelta(days=1),
        )
        for row in asked
        for number in range(LEFT)
    )  # fmt: skip


def _warm_up(web: Web, message: Message) -> None:
    """The first reply pays for what each process compiles once."""
    post(web, message, "Not for us.")
    wait_for(lambda: _left(message) == 0, what="the first reply")


def _until_cancelled(web: Web, message: Message, number: int) -> float:
    began = time.perf_counter()
    post(web, message, WORDS[number % len(WORDS)])
    deadline = began + 60
    while _left(message):
        assert time.perf_counter() < deadline, "the touches were not cancelled in a minute"
        time.sleep(0.005)
    return (time.perf_counter() - began) * 1000


def _left(message: Message) -> int:
    rows = Message.objects.filter(enrollment=message.enrollment_id, direction="outbound")
    return rows.filter(status="approved").count()


def post(web: Web, message: Message, words: str) -> None:
    """A reply of the one who was written to, as the provider posts it; it must be taken."""
    body = postmark(
        message, words, event_id=str(uuid.uuid4()), message_id=f"<{uuid.uuid4()}@jets.example>"
    )
    request = urllib.request.Request(
        f"http://127.0.0.1:{web.port}/webhooks/inbound-email",
        json.dumps(body).encode(),
        {"Authorization": SECRET, "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.status == 200
