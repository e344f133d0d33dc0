"""Sending to a local SMTP server, against Django's own loop and django-post-office.

Mail servers as they are installed announce PIPELINING, and the desk makes use of it: measured
with and without. The three take turns, so that whatever else the machine does hits all alike;
what is compared is the median of the rounds. Processor time is this process's own: neither the
database's nor the mail server's, and nothing for waiting.
"""

import gc
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection
from post_office import mail as post_office
from post_office.models import Email

from outreach.choices import MessageStatus
from outreach.models import Message
from outreach.sending.dispatch import dispatch
from tests.bench.rows import Row, at_least
from tests.bench.sink import USUAL, sink_process
from tests.factories import BODY, make_approved, make_mailbox

COUNT, ROUNDS, WARM_UP = 1000, 9, 50
# Against a server that takes its time: one connection with few, several with all.
SLOW_ROUNDS, SINGLE_COUNT, CONNECTIONS, DELAY = 3, 40, 8, 0.020
MAILBOXES = itertools.count()


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast mails left: `rate` a second, `cpu` milliseconds of processor for each."""

    rate: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.rate:.0f}/s, {self.cpu:.2f} ms of processor"


def run() -> list[Row]:
    """Medians of rounds in which the three take turns; each ratio within the same run."""
    ella = User.objects.get(username="bench")
    plain = _medians(ella, ())
    usual = _medians(ella, USUAL)
    single, several = _slow_medians(ella)
    return [
        *_rows("server without extensions", *plain),
        *_rows("server that announces what Postfix does", *usual),
        at_least(
            f"sending: {CONNECTIONS} connections, 20 ms a reply, against one × {CONNECTIONS}",
            f"{several:.0f}/s, one {single:.1f}/s",
            several / (single * CONNECTIONS),
            0.9,
        ),
    ]


def _medians(ella: User, extensions: tuple[str, ...]) -> tuple[Pace, Pace, Pace]:
    """Bare loop, django-post-office, the desk, against a server that announces these."""
    with sink_process(extensions=extensions) as port:
        settings.EMAIL_PORT = port
        # A worker runs for days: what the first mails of a process cost tells nothing. What it
        # loads it keeps out of garbage collection, here for all three.
        _round(ella, WARM_UP)
        gc.collect()
        gc.freeze()
        rounds = [_round(ella, COUNT) for _ in range(ROUNDS)]
    bare, peer, ours = (
        Pace(median(pace.rate for pace in paces), median(pace.cpu for pace in paces))
        for paces in zip(*rounds, strict=True)
    )
    return bare, peer, ours


def _slow_medians(ella: User) -> tuple[float, float]:
    """Mails a second over one connection of the bare loop, and over several of the desk."""
    with sink_process(DELAY) as port:
        settings.EMAIL_PORT = port
        rounds = [
            (_bare(SINGLE_COUNT).rate, _ours(ella, COUNT, connections=CONNECTIONS).rate)
            for _ in range(SLOW_ROUNDS)
        ]
    single, several = (median(rates) for rates in zip(*rounds, strict=True))
    return single, several


def _rows(server: str, bare: Pace, peer: Pace, ours: Pace) -> list[Row]:
    words = f"sending to a {server}: "
    return [
        Row(f"{words}bare EmailMultiAlternatives, one connection", str(bare)),
        Row(f"{words}django-post-office", str(peer)),
        at_least(f"{words}the desk against the bare loop", str(ours), ours.rate / bare.rate, 0.6),
        at_least(
            f"{words}the desk against django-post-office", str(ours), ours.rate / peer.rate, 1.2
        ),
    ]


def _round(ella: User, count: int) -> tuple[Pace, Pace, Pace]:
    return _bare(count), _post_office(count), _ours(ella, count, connections=4)


def _timed(send: Callable[[], object], count: int) -> Pace:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum has done on a desk that has been used for an hour
    start, cpu = time.perf_counter(), time.process_time()
    send()
    cpu, elapsed = time.process_time() - cpu, time.perf_counter() - start
    return Pace(count / elapsed, cpu * 1000 / count)


def _mail(number: int) -> EmailMultiAlternatives:
    return EmailMultiAlternatives(
        "Teterboro to Aspen, March 15",
        BODY.format(name=f"Person {number}"),
        "Ella Whitfield <ella@desk.attache.example>",
        [f"person{number}@jets.example"],
    )


def _bare(count: int) -> Pace:
    server = get_connection()
    server.open()

    def send() -> None:
        for number in range(count):
            mail = _mail(number)
            mail.connection = server
            mail.send()

    pace = _timed(send, count)
    server.close()
    return pace


def _post_office(count: int) -> Pace:
    Email.objects.all().delete()
    post_office.send_many(
        [
            {
                "recipients": [f"person{number}@jets.example"],
                "sender": "ella@desk.attache.example",
                "subject": "Teterboro to Aspen, March 15",
                "message": BODY.format(name=f"Person {number}"),
            }
            for number in range(count)
        ]
    )
    pace = _timed(lambda: post_office.send_queued_mail_until_done(processes=1), count)
    assert Email.objects.filter(status=0).count() == count, "django-post-office sent not all"
    return pace


def _ours(ella: User, count: int, *, connections: int) -> Pace:
    mailbox = make_mailbox(
        from_email=f"bench{next(MAILBOXES)}@desk.attache.example", max_connections=connections
    )
    campaign = make_approved(count, ella, mailbox=mailbox)
    pace = _timed(dispatch, count)
    sent = Message.objects.filter(campaign=campaign, status=MessageStatus.SENT).count()
    assert sent == count, f"{sent} of {count} sent"
    return pace
