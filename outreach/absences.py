"""People who are away: noted from their automatic replies, and touches that wait for them."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from compliance import audit
from outreach.choices import CANCELLABLE, Direction
from outreach.inbound.notices.reading import Absence as Said
from outreach.models import Absence, Enrollment, Message

# An absence that ends later than this is misread or none we should wait out unasked.
LONGEST = timedelta(days=200)
MORNING = time(9, 0)


def note(message: Message, said: Said, *, at: datetime, actor: str) -> Absence | None:
    """Keep that the person of this thread is away; what was to leave before waits until after.

    In the caller's transaction. None for a message without a thread.
    """
    enrollment = message.enrollment
    if enrollment is None:
        return None
    known = said.return_on and said.return_on - at.date() <= LONGEST
    values = {
        "contact_id": enrollment.contact_id,
        "return_on": said.return_on if known else None,
        "gone": said.gone,
        "noted_at": at,
    }
    absence, _created = Absence.objects.update_or_create(message=message, defaults=values)
    if absence.return_on and absence.return_on >= at.date():
        _postpone(enrollment, absence.return_on, actor=actor)
    return absence


def away_until(contacts: Collection[UUID], today: date) -> dict[UUID, date]:
    """By contact, the last day of an absence that is not over; their latest note counts."""
    latest: dict[UUID, date | None] = {}
    rows = Absence.objects.filter(contact__in=contacts, noted_at__date__gte=today - LONGEST)
    for contact, day in rows.order_by("noted_at").values_list("contact_id", "return_on"):
        latest[contact] = day
    return {contact: day for contact, day in latest.items() if day and day >= today}


def _postpone(enrollment: Enrollment, until: date, *, actor: str) -> None:
    """Touches that are made but have not left are put off to the day after, at their hour."""
    zone = ZoneInfo(enrollment.zone or settings.TIME_ZONE)
    words = f"They are away until {until:%d %b %Y}."
    ends = datetime.combine(until + timedelta(days=1), time(), zone)
    rows = Message.objects.filter(
        enrollment__contact=enrollment.contact_id,
        direction=Direction.OUTBOUND,
        step__isnull=False,
        status__in=CANCELLABLE,
    ).exclude(due_at__gte=ends)
    acts = []
    for row in rows.select_for_update():
        hour = row.due_at.astimezone(zone).time() if row.due_at else MORNING
        row.due_at, row.reason = datetime.combine(_workday(until), hour, zone), words
        row.save(update_fields=["due_at", "reason", "updated_at"])
        acts.append(audit.Act("message.postponed", row, words, row.campaign_id))
    audit.append_many(acts, actor=actor)


def _workday(until: date) -> date:
    """The first Monday to Friday after that day."""
    day = until + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day
