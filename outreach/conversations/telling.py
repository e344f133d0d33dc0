"""Sends alerts to staff by mail and text: what was said last, and a link; each once, retried."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from anymail.exceptions import AnymailError
from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from outreach.channels.outcomes import Outcome
from outreach.channels.sms import PreparedText, SmsConnection
from outreach.choices import AttemptOutcome, Direction
from outreach.inbound.reports import ALERT
from outreach.models import Alert, AlertDelivery, Message, StaffDuty
from outreach.models.alert import AlertChannel, AlertStatus

log = structlog.get_logger(__name__)
BATCH = 50
LEASE = timedelta(minutes=2)
MOST_TRIES = 6
LAST, LONGEST = 3, 700
TEXT_WORDS = 120


@dataclass(frozen=True, slots=True)
class Telling:
    """What goes out: `subject` for mail alone."""

    subject: str
    body: str


def deliver(now: datetime | None = None) -> dict[str, int]:
    """Send what is due, each claimed first; returns how many were sent, and how many were not.

    A worker that dies in between leaves its claim to run out: an alert may come twice, never not
    at all. Speaks to providers, so never call it inside a transaction.
    """
    at = now or timezone.now()
    counts = {"sent": 0, "later": 0, "failed": 0}
    for pk in list(_due(at).order_by("due_at").values_list("pk", flat=True)[:BATCH]):
        claimed = _due(at).filter(pk=pk).update(
            status=AlertStatus.SENDING, lease_until=at + LEASE, attempts=F("attempts") + 1
        )  # fmt: skip
        if claimed:
            counts[_deliver_one(pk, at)] += 1
    return counts


def _due(now: datetime) -> QuerySet[AlertDelivery]:
    abandoned = Q(status=AlertStatus.SENDING, lease_until__lt=now)
    return AlertDelivery.objects.filter(Q(status=AlertStatus.WAITING, due_at__lte=now) | abandoned)


def _deliver_one(pk: int, now: datetime) -> str:
    row = AlertDelivery.objects.select_related(
        "alert__user", "alert__message", "alert__enrollment__company",
        "alert__enrollment__contact", "alert__enrollment__campaign",
    ).get(pk=pk)  # fmt: skip
    send = _send_text if row.channel == AlertChannel.SMS else _send_mail
    try:
        error, final = send(row.alert)
    except (OSError, AnymailError) as trouble:  # SMTP's errors are OSErrors
        error, final = f"{type(trouble).__name__}: {trouble}", False
    ours = AlertDelivery.objects.filter(pk=pk, status=AlertStatus.SENDING)
    if not error:
        ours.update(status=AlertStatus.SENT, sent_at=timezone.now(), lease_until=None, error="")
        return "sent"
    given_up = final or row.attempts >= MOST_TRIES
    log.warning("alert_not_sent", delivery=pk, channel=row.channel, error=error, final=given_up)
    ours.update(
        status=AlertStatus.FAILED if given_up else AlertStatus.WAITING,
        due_at=now + timedelta(seconds=20 * 2**row.attempts), lease_until=None, error=error[:300],
    )  # fmt: skip
    return "failed" if given_up else "later"


def _send_mail(alert: Alert) -> tuple[str, bool]:
    """The error in words, empty when it went; and whether another try is of no use."""
    if not alert.user.email:
        return "This person has no e-mail address.", True
    told = compose(alert)
    mail = EmailMessage(
        told.subject, told.body, settings.STAFF_MAIL_FROM, [alert.user.email],
        # RFC 3834: no machine at the other end answers it.
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )  # fmt: skip
    # Read by anymail's backends: reports on it are then known to be about nobody outside.
    mail.metadata = {"message_id": f"{ALERT}{alert.pk}"}  # type: ignore[attr-defined]
    mail.send()
    return "", False


def _send_text(alert: Alert) -> tuple[str, bool]:
    duty = StaffDuty.objects.filter(user=alert.user_id).first()
    if duty is None or not duty.phone:
        return "This person has no number for texts.", True
    connection = SmsConnection()
    trouble = connection.open()
    try:
        outcome = trouble or connection.send(PreparedText(duty.phone, compose_text(alert), ""))
    finally:
        connection.close()
    return _verdict(outcome)


def _verdict(outcome: Outcome) -> tuple[str, bool]:
    if outcome.result in {AttemptOutcome.SENT, AttemptOutcome.UNCERTAIN}:
        return "", False
    return outcome.detail or "The provider did not take it.", (
        outcome.result == AttemptOutcome.PERMANENT
    )


def compose(alert: Alert) -> Telling:
    """The mail of an alert: why, the last messages, and where to go."""
    whom = str(alert.enrollment.company or alert.enrollment.contact)
    lines = [f"{alert.get_kind_display()}. {alert.words}".strip(), ""]
    for message in reversed(_last(alert)):
        lines += [_heading(message), _own(message)[:LONGEST].strip(), ""]
    lines += [f"Open the conversation: {_link(alert)}"]
    subject = " ".join(f"{alert.get_kind_display()}: {whom}".split())
    return Telling(subject[:200], "\n".join(lines))


def compose_text(alert: Alert) -> str:
    """The text of an alert, short enough for two segments."""
    whom = str(alert.enrollment.company or alert.enrollment.contact)[:40]
    said = " ".join(_own(alert.message).split())[:TEXT_WORDS] if alert.message else ""
    quoted = f" “{said}”" if said else ""
    return f"{whom}: {alert.words}{quoted} {_link(alert)}"


def _last(alert: Alert) -> list[Message]:
    rows = Message.objects.filter(enrollment=alert.enrollment_id).exclude(
        direction=Direction.OUTBOUND, sent_at=None
    )
    return list(rows.order_by("-created_at")[:LAST])


def _own(message: Message) -> str:
    """What was written now, without the quoted history."""
    spans = message.own_ranges or [[0, len(message.body)]]
    return "".join(message.body[int(start) : int(end)] for start, end in spans)


def _heading(message: Message) -> str:
    at = message.received_at or message.sent_at or message.created_at
    who = message.from_name or message.from_address or "We"
    return f"{who}, {timezone.localtime(at):%d %b %H:%M}:"


def _link(alert: Alert) -> str:
    path = reverse("admin:outreach_thread", args=[alert.enrollment_id])
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}"
