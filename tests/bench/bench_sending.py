"""Sending to a local SMTP server, against Django's own loop and django-post-office."""

import time

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives, get_connection
from post_office import mail as post_office
from post_office.models import Email

from outreach.choices import MessageStatus
from outreach.models import Message
from outreach.sending.dispatch import dispatch
from tests.bench.rows import Row, at_least
from tests.bench.sink import sink_process
from tests.factories import BODY, make_approved, make_mailbox

COUNT, WARM_UP, SLOW_COUNT, CONNECTIONS, DELAY = 1000, 50, 640, 8, 0.020


def run() -> list[Row]:
    """Rates in mails a second; each ratio within the same minute on the same machine."""
    ella = User.objects.get(username="bench")
    with sink_process() as port:
        settings.EMAIL_PORT = port
        # A worker runs for days: what the first mails of a process cost tells nothing.
        _bare(WARM_UP)
        _post_office(WARM_UP)
        _ours(ella, WARM_UP, connections=4)
        bare = _bare(COUNT)
        peer = _post_office(COUNT)
        ours = _ours(ella, COUNT, connections=4)
    with sink_process(DELAY) as port:
        settings.EMAIL_PORT = port
        single = _bare(40)
        several = _ours(ella, SLOW_COUNT, connections=CONNECTIONS)
    return [
        Row("sending: bare EmailMultiAlternatives, one connection", f"{bare:.0f}/s"),
        Row("sending: django-post-office", f"{peer:.0f}/s"),
        at_least("sending: the desk against the bare loop", f"{ours:.0f}/s", ours / bare, 0.6),
        at_least("sending: the desk against django-post-office", f"{ours:.0f}/s", ours / peer, 1.2),
        at_least(
            f"sending: {CONNECTIONS} connections, 20 ms a reply, against one × {CONNECTIONS}",
            f"{several:.0f}/s, one {single:.1f}/s",
            several / (single * CONNECTIONS),
            0.9,
        ),
    ]


def _mail(number: int) -> EmailMultiAlternatives:
    return EmailMultiAlternatives(
        "Teterboro to Aspen, March 15",
        BODY.format(name=f"Person {number}"),
        "Ella Whitfield <ella@desk.attache.example>",
        [f"person{number}@jets.example"],
    )


def _bare(count: int) -> float:
    connection = get_connection()
    connection.open()
    start = time.perf_counter()
    for number in range(count):
        mail = _mail(number)
        mail.connection = connection
        mail.send()
    elapsed = time.perf_counter() - start
    connection.close()
    return count / elapsed


def _post_office(count: int) -> float:
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
    start = time.perf_counter()
    post_office.send_queued_mail_until_done(processes=1)
    elapsed = time.perf_counter() - start
    assert Email.objects.filter(status=0).count() == count, "django-post-office sent not all"
    return count / elapsed


def _ours(ella: User, count: int, *, connections: int) -> float:
    mailbox = make_mailbox(
        from_email=f"bench{connections}-{count}@desk.attache.example", max_connections=connections
    )
    campaign = make_approved(count, ella, mailbox=mailbox)
    start = time.perf_counter()
    dispatch()
    elapsed = time.perf_counter() - start
    sent = Message.objects.filter(campaign=campaign, status=MessageStatus.SENT).count()
    assert sent == count, f"{sent} of {count} sent"
    return count / elapsed
