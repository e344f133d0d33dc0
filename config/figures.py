"""Counts of messages for the home page, each read from an index however many there are."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Value
from django.utils import timezone

from outreach.choices import HANDED_OVER, Direction, MessageKind, MessageStatus
from outreach.models import Message

WAITING = {
    "review": MessageStatus.EA_REVIEW,
    "attention": MessageStatus.NEEDS_ATTENTION,
    "uncertain": MessageStatus.UNCERTAIN,
    "failed": MessageStatus.FAILED,
}
# Of these we know that they left; of an uncertain one nobody does.
LEFT = HANDED_OVER - {MessageStatus.UNCERTAIN}


def waiting_by_status() -> dict[str, int]:
    """How many messages wait for a person, by the names in WAITING; one query."""
    found = _by(Message.objects.filter(status__in=WAITING.values()), "status")
    return {name: found.get((status,), 0) for name, status in WAITING.items()}


def campaign_counts(campaigns: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """Of each campaign what is `to_review`, `out`, and `answered`; two queries."""
    ours = Message.objects.filter(campaign__in=campaigns)
    out = _by(ours.filter(direction=Direction.OUTBOUND), "campaign", "status")
    replies = ours.filter(direction=Direction.INBOUND, kind=MessageKind.REPLY)
    answered = _by(replies, "campaign")
    return {
        key: {
            "to_review": out.get((key, MessageStatus.EA_REVIEW), 0),
            "out": sum(out.get((key, status), 0) for status in LEFT),
            "answered": answered.get((key,), 0),
        }
        for key in campaigns
    }


def day_counts(days: Sequence[date]) -> list[tuple[int, int]]:
    """How many were sent and how many answered on each day of the desk's calendar; one query.

    A range of an index per day: to find the day of each row, zone and all, costs ten times that.
    """
    parts = []
    for number, day in enumerate(days):
        begins, ends = _midnight(day), _midnight(day + timedelta(days=1))
        sent = Message.objects.filter(
            direction=Direction.OUTBOUND, sent_at__gte=begins, sent_at__lt=ends
        )
        heard = Message.objects.filter(
            direction=Direction.INBOUND, kind=MessageKind.REPLY,
            received_at__gte=begins, received_at__lt=ends,
        )  # fmt: skip
        parts += [_numbered(sent, 2 * number), _numbered(heard, 2 * number + 1)]
    found = dict(parts[0].union(*parts[1:], all=True)) if parts else {}
    return [(found.get(2 * n, 0), found.get(2 * n + 1, 0)) for n in range(len(days))]


def _numbered(rows: QuerySet[Message], number: int) -> QuerySet[Message, Any]:
    counted = rows.order_by().annotate(number=Value(number)).values("number")
    return counted.annotate(count=Count("*")).values_list("number", "count")


def _by(rows: QuerySet[Message], *names: str) -> dict[tuple[Any, ...], int]:
    """Counts by these columns. COUNT(*), not of keys: the indexes do not hold the key."""
    counted = rows.order_by().values_list(*names).annotate(count=Count("*"))
    return {tuple(key): count for *key, count in counted}


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
