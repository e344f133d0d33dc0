"""A clock to turn, and a stand-in for sending: what is approved and due counts as sent."""

from datetime import datetime, timedelta

import time_machine

from compliance import gate
from outreach import lifecycle
from outreach.choices import MANUAL_CHANNELS, EnrollmentStatus, MessageStatus
from outreach.models import Enrollment, Message
from outreach.outbounds import outbounds_of
from outreach.sequences.advance import advance

TUESDAY = datetime.fromisoformat("2026-12-01T08:00:00-05:00")


class Clock:
    """Turned by hand; the whole product sees its time."""

    def __init__(self, start: datetime = TUESDAY) -> None:
        self.travel = time_machine.travel(start, tick=False)
        self.traveller = self.travel.start()

    @property
    def now(self) -> datetime:
        from django.utils import timezone

        return timezone.now()

    def turn(self, **later: float) -> None:
        self.traveller.shift(timedelta(**later))

    def stop(self) -> None:
        self.travel.stop()


def tick() -> dict[str, int]:
    """One look at everybody who is due."""
    return dict(advance())


def send_due(now: datetime) -> list[Message]:
    """Everything approved whose time has come leaves, as far as the gate lets it."""
    due = Message.objects.filter(status=MessageStatus.APPROVED, due_at__lte=now)
    rows = list(due.select_related("campaign"))
    left = []
    for row, verdict in zip(rows, gate.check_many(outbounds_of(rows, at=now)), strict=True):
        if verdict.time:
            Message.objects.filter(pk=row.pk).update(due_at=verdict.time)
        elif verdict.allowed:
            mark_sent(row, now)
            left.append(row)
    return left


def mark_sent(message: Message, now: datetime) -> None:
    rows = Message.objects.filter(pk=message.pk)
    if message.channel not in MANUAL_CHANNELS:
        lifecycle.move(rows, MessageStatus.SENDING)
    lifecycle.move(rows, MessageStatus.SENT, sent_at=now, rfc_message_id=f"{message.pk}@desk")
    people = Enrollment.objects.filter(pk=message.enrollment_id)
    people.update(last_outbound_at=now)
    people.filter(status=EnrollmentStatus.PENDING).update(status=EnrollmentStatus.ACTIVE)
