"""Workers killed at every step of sending, on PostgreSQL: none twice, none lost, on it goes."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from outreach.models import Campaign, Message
from outreach.sending.dispatch import dispatch
from outreach.sending.pool import UNKNOWN_AT_MOST
from outreach.sending.reconcile import recover_expired
from tests.factories import make_approved, make_mailbox
from tests.smtp_sink import Sink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
ROOT = Path(__file__).resolve().parents[3]

# The worker of the product, with one step replaced by its own death.
WORKER = """
import os, signal, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from django.conf import settings
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sys.argv[1])
from outreach.channels.email import EmailConnection
from outreach.sending import dispatch as room, sender, story

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

def then_die(function, after):
    calls = []
    def wrapped(*args, **kwargs):
        result = yield from function(*args, **kwargs)
        calls.append(1)
        if len(calls) >= after:
            die()
        return result
    return wrapped

step = sys.argv[2]
if step == "claimed":
    room._gate = die
elif step == "gated":
    room.ConnectionPool.give = die
elif step == "hand-over committed":
    EmailConnection.talk = die
elif step == "taken by the server":
    EmailConnection.talk = then_die(EmailConnection.talk, 3)
elif step == "about to record":
    sender.record_sent = die
elif step == "recorded, batch open":
    story.record_batch = die
room.dispatch()
"""
STEPS = [
    "claimed", "gated", "hand-over committed", "taken by the server", "about to record",
    "recorded, batch open",
]  # fmt: skip


def worker_environment() -> dict[str, str]:
    options = connection.settings_dict
    url = f"postgres://{options['USER']}@/{options['HOST']}/{options['NAME']}"
    if not str(options["HOST"]).startswith("/"):
        url = f"postgres://{options['USER']}@{options['HOST']}:{options['PORT']}/{options['NAME']}"
    return {**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(ROOT)}


def start_worker(port: int, step: str = "") -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WORKER, str(port), step],
        cwd=ROOT,
        env=worker_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def statuses(campaign: Campaign) -> list[str]:
    return list(Message.objects.filter(campaign=campaign).values_list("status", flat=True))


@pytest.mark.parametrize("step", STEPS)
def test_a_worker_killed_at_this_step_sends_nothing_twice_and_loses_nothing(
    step: str, sink: Sink, ella: User
) -> None:
    campaign = make_approved(8, ella)
    assert start_worker(sink.port, step).wait(60) == -9
    taken_before = len(sink.mails)
    later = timezone.now() + timedelta(hours=1)
    recover_expired(later)
    dispatch(clock=lambda: later)
    found = statuses(campaign)
    assert sink.twice == {}
    assert set(found) <= {"sent", "uncertain"}
    # Each message left, or is listed as one that may have.
    arrived = {str(mail["To"]) for mail in sink.mails}
    uncertain = set(
        Message.objects.filter(campaign=campaign, status="uncertain").values_list(
            "to_address", flat=True
        )
    )
    assert len(arrived | uncertain) == 8
    if step in {"claimed", "gated"}:
        assert (taken_before, found.count("sent")) == (0, 8)


def test_five_killings_during_a_thousand_mails(sink: Sink, ella: User, settings: object) -> None:
    mailbox = make_mailbox(max_connections=2)
    campaign = make_approved(1000, ella, mailbox=mailbox)
    for _ in range(5):
        seen = len(sink.mails)
        worker = start_worker(sink.port)
        wait_for(lambda seen=seen: len(sink.mails) >= min(seen + 60, 1000))  # type: ignore[misc]
        worker.kill()
        worker.wait(10)
        recover_expired(timezone.now() + timedelta(hours=1))
    later = timezone.now() + timedelta(hours=2)
    recover_expired(later)
    dispatch(clock=lambda: later)
    found = statuses(campaign)
    arrived = {str(mail["To"]) for mail in sink.mails}
    uncertain = set(
        Message.objects.filter(campaign=campaign, status="uncertain").values_list(
            "to_address", flat=True
        )
    )
    assert sink.twice == {}
    assert len(arrived | uncertain) == 1000
    assert set(found) <= {"sent", "uncertain"}
    # What each connection had in its hands cannot be known, and no more.
    assert found.count("uncertain") <= 5 * 2 * UNKNOWN_AT_MOST
    assert UNKNOWN_AT_MOST <= 8, "a person has to look at each of them"


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the worker did not get that far"
        time.sleep(0.02)


def test_two_workers_share_a_queue_without_sending_twice(sink: Sink, ella: User) -> None:
    campaign = make_approved(200, ella)
    workers = [start_worker(sink.port) for _ in range(2)]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    dispatch()
    assert set(statuses(campaign)) == {"sent"}
    assert sink.twice == {}
    assert len(sink.mails) == 200


def test_a_database_connection_cut_in_the_middle_costs_no_message(sink: Sink, ella: User) -> None:
    campaign = make_approved(60, ella)
    sink.answer = lambda to, count: cut() if count == 10 else "250 taken"
    dispatch()
    sink.answer = None
    connection.close()
    later = timezone.now() + timedelta(hours=1)
    recover_expired(later)
    dispatch(clock=lambda: later)
    assert set(statuses(campaign)) <= {"sent", "uncertain"}
    assert sink.twice == {}
    assert statuses(campaign).count("uncertain") <= 11


def cut() -> str:
    """Kill every other session of this database, from a connection of its own."""
    import psycopg

    options = connection.settings_dict
    with psycopg.connect(
        host=options["HOST"], user=options["USER"], dbname=options["NAME"], autocommit=True
    ) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    return "250 taken"
