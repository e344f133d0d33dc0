"""What the lead board and page show of the talk with a person: written, heard, next."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from crm.pipeline.board import Contacted
from outreach.choices import UNDER_WAY
from outreach.models import Enrollment

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
