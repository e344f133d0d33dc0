"""What the lead board and page show of the talk with a person: written, heard, next."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from crm.pipeline.board import Contacted
from crm.pipeline.timeline import Event
from outreach.choices import UNDER_WAY, Direction
from outreach.conversations.listing import snippet
from outreach.models import Enrollment, Message

MOST = 40
SNIPPET = 160

SHOWN = ("contact_id", "pk", "last_outbound_at", "last_inbound_at", "next_touch_at", "status",
         "paused_at")  # fmt: skip


def talks_of(contacts: Collection[UUID]) -> dict[UUID, Contacted]:
    """By contact, over all their enrollments, with the newest thread's page; one query."""
    rows = Enrollment.objects.filter(contact__in=contacts).order_by("created_at")
    found: dict[UUID, Contacted] = {}
    for contact, pk, out, heard, due, status, paused in rows.values_list(*SHOWN):
        known = found.get(contact, Contacted())
        waits = due if status in UNDER_WAY and not paused else None
        found[contact] = Contacted(
            _latest(known.last_out, out), _latest(known.last_in, heard),
            min(filter(None, (known.next_touch, waits)), default=None),
            reverse("admin:outreach_thread", args=[pk]),
        )  # fmt: skip
    return found


def _latest(*moments: datetime | None) -> datetime | None:
    return max(filter(None, moments), default=None)


def events_of(contact_id: UUID) -> list[Event]:
    """The newest messages with a person, said and heard, each with its conversation; one query."""
    rows = (
        Message.objects.filter(enrollment__contact=contact_id)
        .filter(Q(sent_at__isnull=False) | Q(received_at__isnull=False))
        .only("enrollment_id", "direction", "channel", "subject", "body", "own_ranges", "sent_at",
              "received_at", "from_name", "status")
        .order_by("-created_at")[:MOST]
    )  # fmt: skip
    return [_event(row) for row in rows]


def _event(row: Message) -> Event:
    heard = row.direction == Direction.INBOUND
    at = row.received_at or row.sent_at
    assert at is not None
    channel = row.get_channel_display()
    by = channel if channel.isupper() else channel.lower()
    what = f"{'They wrote' if heard else 'We wrote'} by {by}"
    said = snippet(row) if heard else row.subject or row.body
    words = " ".join((said or row.subject).split())[:SNIPPET]
    where = reverse("admin:outreach_thread", args=[row.enrollment_id])
    return Event(at, what, words, "" if heard else row.from_name, where,
                 "reply" if heard else "send")  # fmt: skip
