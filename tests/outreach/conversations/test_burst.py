"""Four hundred replies worked off by two workers of which one is killed: each once, in order."""

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from compliance.models import AuditEntry
from outreach.choices import EventKind
from outreach.conversations import moves
from outreach.inbound.process import process_open
from outreach.models import Conversation, Message, MessageReading, ProviderEvent
from tests.cluster import ROOT, database_url
from tests.outreach.conversations.conftest import sent_by

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
THREADS, EACH, DIES_AT = 100, 4, 60
WORDS = (
    "What does it cost per hour?",
    "And how many passengers does it take?",
    "Thanks, but we are not interested.",
    "Please remove me from your list.",
)

# The product's worker; the first is killed with a reply half worked off, after its effects.
WORKER = """
import os, signal, sys
import django
django.setup()
from outreach.inbound import mail, process

def killed(*args, take=mail.take_reply, seen=[]):
    done = take(*args)
    seen.append(1)
    if len(seen) == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
    return done

if sys.argv[1] != "0":
    mail.take_reply = killed
process.process_open()
"""


def start_worker(dies_at: int = 0) -> "subprocess.Popen[bytes]":
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database_url()}
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WORKER, str(dies_at)],
        cwd=ROOT, env={**os.environ, **settings, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def put_replies(asked: list[Message]) -> None:
    """Mails as the webhook stores them, a second apart, thread by thread in turn."""
    start = timezone.now() - timedelta(hours=1)
    events = []
    for turn, words in enumerate(WORDS):
        for number, one in enumerate(asked):
            name = f"{turn}-{number}"
            raw = (
                f"From: Person <{one.to_address}>\nTo: {one.reply_to}\nSubject: Re: Teterboro\n"
                f"Message-ID: <{name}@jets.example>\nIn-Reply-To: {one.rfc_message_id}\n\n{words}\n"
            )
            events.append(
                ProviderEvent(
                    esp="postmark", kind=EventKind.INBOUND, key=name, event_type="inbound",
                    payload=json.loads(json.dumps({"recipient": one.reply_to})),
                    raw=raw.encode(),
                    received_at=start + timedelta(seconds=turn * THREADS + number),
                )
            )  # fmt: skip
    ProviderEvent.objects.bulk_create(events)


def test_four_hundred_replies_are_each_read_once_and_in_order(ella: User) -> None:
    asked = sent_by(ella, THREADS)
    put_replies(asked)
    workers = [start_worker(DIES_AT), start_worker()]
    assert [worker.wait(420) for worker in workers] == [-signal.SIGKILL, 0]
    process_open(timezone.now() + timedelta(minutes=6))  # the dead worker's lease is over

    assert set(ProviderEvent.objects.values_list("status", flat=True)) == {"processed"}
    assert MessageReading.objects.count() == THREADS * EACH
    assert Message.objects.filter(direction="inbound").count() == THREADS * EACH
    assert AuditEntry.objects.filter(action="message.received").count() == THREADS * EACH
    talks = Conversation.objects.all()
    assert talks.count() == THREADS
    assert set(talks.values_list("state", "outcome", "engaged")) == {("closed", "opted_out", True)}
    expected = ["question", "question", "not_interested", "opt_out"]
    for talk in talks[:50]:
        replies = Message.objects.filter(enrollment=talk.pk, direction="inbound")
        said = replies.order_by("received_at").values_list("reading__intent", flat=True)
        assert list(said) == expected
        told = [step.what for step in moves.history(talk.pk)]
        assert told.count("engaged") == 1
