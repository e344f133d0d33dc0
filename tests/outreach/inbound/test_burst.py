"""A burst of answers at one real server, worked off by two workers of which one is killed."""

import json
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from compliance.models import AuditEntry
from crm.models import Company
from outreach.inbound.process import process_open
from outreach.models import Message, ProviderEvent
from tests.cluster import ROOT, database_url
from tests.factories import make_approved
from tests.outreach.inbound.conftest import SECRET, postmark
from tests.web_server import running_web

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
COUNT, TWICE, DIES_AT = 100, 20, 10

# The product's worker; with "dies" it is killed with a mail half worked off.
WORKER = """
import os, signal, sys
import django
django.setup()
from outreach.inbound import mail, process

def killed(*args, deliver=mail.deliver, seen=[]):
    seen.append(1)
    if len(seen) == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
    return deliver(*args)

if sys.argv[1] != "0":
    mail.deliver = killed
process.process_open()
"""


def start_worker(dies_at: int = 0) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WORKER, str(dies_at)],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": database_url(),
            "PYTHONPATH": str(ROOT),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_a_hundred_answers_at_once_are_each_worked_off_once(ella: User) -> None:
    campaign = make_approved(COUNT, ella)
    Message.objects.filter(campaign=campaign).update(status="sent", sent_at=timezone.now())
    asked = Message.objects.filter(campaign=campaign, direction="outbound")
    bodies = [
        json.dumps(
            postmark(one, "We can do it.", event_id=f"e{n}", message_id=f"<{n}@jets.example>")
        ).encode()
        for n, one in enumerate(asked)
    ]
    posts = bodies + bodies[:TWICE]
    together = threading.Barrier(len(posts))
    with running_web() as web:

        def post(body: bytes) -> int:
            together.wait()
            return web.ask("/webhooks/inbound-email", body, Authorization=SECRET).status

        with ThreadPoolExecutor(len(posts)) as people:
            assert set(people.map(post, posts)) == {200}
    assert ProviderEvent.objects.count() == COUNT

    workers = [start_worker(DIES_AT), start_worker()]
    assert [worker.wait(120) for worker in workers] == [-signal.SIGKILL, 0]
    assert ProviderEvent.objects.filter(status="processing").count() == 1
    process_open(timezone.now() + timedelta(minutes=6))  # the dead worker's lease is over

    assert set(ProviderEvent.objects.values_list("status", flat=True)) == {"processed"}
    replies = Message.objects.filter(direction="inbound")
    assert replies.count() == COUNT
    assert replies.values("enrollment").distinct().count() == COUNT
    assert AuditEntry.objects.filter(action="message.received").count() == COUNT
    assert set(Company.objects.values_list("times_replied", flat=True)) == {1}
    assert set(asked.values_list("status", flat=True)) == {"replied"}
