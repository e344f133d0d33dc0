"""Moves leads on by themselves, set-wise: what happened to their people decides."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils import timezone

from compliance import audit
from crm.choices import LeadStatus
from crm.leads import moved_act
from crm.models import Lead
from crm.pipeline.stages import OPEN, sources_of

THEY_ASKED = "They asked us to stop."


def advance(
    contacts: Any,
    to: LeadStatus,
    *,
    reason: str,
    owner_id: int | None = None,
) -> list[audit.Act]:
    """Move every lead of these contacts that stands before `to`; the caller records the acts.

    `contacts` are ids or a queryset of ids. One query where nothing moves, two where something
    does, however many; in the caller's transaction. Leads without an owner get `owner_id`.
    """
    before = sources_of(to)
    rows = Lead.objects.filter(contact__in=contacts)
    if to is not LeadStatus.OPTED_OUT:  # a closed one may be opened this very moment
        rows = rows.filter(status__in=before)
    locked = rows.select_for_update(of=("self",)).order_by("pk")
    found = [lead for lead in locked if lead.status in before]
    if not found:
        return []
    now = timezone.now()
    ids = [lead.pk for lead in found]
    Lead.objects.filter(pk__in=ids).update(status=to, status_changed_at=now, updated_at=now)
    acts = [moved_act(lead, to, reason=reason) for lead in found]
    return acts + (give(ids, owner_id) if owner_id else [])


def give(ids: Collection[UUID], owner_id: int) -> list[audit.Act]:
    """Give these leads to somebody where nobody has them; the caller records the acts."""
    free = list(Lead.objects.filter(pk__in=ids, owner=None).select_for_update(of=("self",)))
    if not free:
        return []
    Lead.objects.filter(pk__in=[lead.pk for lead in free], owner=None).update(
        owner=owner_id, updated_at=timezone.now()
    )
    return [audit.Act("lead.assigned", lead, data={"to": owner_id}) for lead in free]


def open_leads(contact_id: UUID) -> list[Lead]:
    """The leads of a person that something is still to be done about, newest first."""
    return list(Lead.objects.filter(contact=contact_id, status__in=OPEN))
