"""What really happens in a week: messages that leave or left, and people who move on, by hour."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncHour

from outreach.choices import CANCELLABLE, HANDED_OVER, UNDER_WAY, Direction, MessageStatus
from outreach.models import Enrollment, Message
from outreach.sequences.cadence import monday_of
from outreach.sequences.planning import Calendar

WAITING = CANCELLABLE | {MessageStatus.SENDING}
OTHER = "other"


class What(StrEnum):
    """What is counted, with the words for it."""

    DUE = "due"  # a message that leaves then, if it is approved by then
    SENT = "sent"
    MOVES_ON = "moves_on"  # the desk writes the next touch then, or ends it


@dataclass(frozen=True, slots=True)
class Entry:
    """So many in the hour that begins at `hour` (aware, the desk's clock).

    `segment` is the voice of the sequence, "other" for what has none; `held` of them wait for a
    pause to end.
    """

    hour: datetime
    segment: str
    what: What
    count: int
    held: int = 0


def load_agenda(day: date, zone: ZoneInfo) -> list[Entry]:
    """Everything due or done in the week that `day` lies in; three queries however much it is."""
    calendar, monday = Calendar(zone), monday_of(day)
    begins = calendar.moment(monday, time())
    ends = calendar.moment(monday + timedelta(days=7), time())
    ours = Message.objects.filter(direction=Direction.OUTBOUND)
    due = ours.filter(status__in=sorted(WAITING), due_at__gte=begins, due_at__lt=ends)
    sent = ours.filter(status__in=sorted(HANDED_OVER), sent_at__gte=begins, sent_at__lt=ends)
    moving = Enrollment.objects.filter(
        status__in=sorted(UNDER_WAY), next_touch_at__gte=begins, next_touch_at__lt=ends
    )
    of_message = "campaign__sequence_version__sequence__voice"
    entries = [
        *_counted(What.DUE, due, "due_at", of_message, "enrollment__paused_at", zone),
        *_counted(What.SENT, sent, "sent_at", of_message, "", zone),
        *_counted(What.MOVES_ON, moving, "next_touch_at", "version__sequence__voice",
                  "paused_at", zone),
    ]  # fmt: skip
    return sorted(entries, key=lambda entry: (entry.hour, entry.what, entry.segment))


def _counted(
    what: What,
    rows: QuerySet[Message] | QuerySet[Enrollment],
    moment: str,
    voice: str,
    paused: str,
    zone: ZoneInfo,
) -> list[Entry]:
    held = Q(campaign__paused_at__isnull=False)
    if paused:
        held |= Q(**{f"{paused}__isnull": False})
    counted = (
        rows.order_by()
        .annotate(hour=TruncHour(moment, tzinfo=zone))
        .values_list("hour", voice)
        .annotate(count=Count("*"), held=Count(moment, filter=held))
    )
    return [
        Entry(hour, segment or OTHER, what, count, 0 if what is What.SENT else waiting)
        for hour, segment, count, waiting in counted
    ]
