"""What happened with a lead, newest first: its own steps, and what the rooms above know."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User

from compliance.models import AuditEntry
from crm.choices import LeadStatus
from crm.models import Lead

STEPS = 100
ICONS = {"lead.moved": "trending_flat", "lead.created": "add", "lead.assigned": "person"}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: what, why or in which words, by whom, and where it stands."""

    at: datetime
    what: str
    words: str = ""
    by: str = ""
    url: str = ""
    icon: str = "edit"


Source = Callable[[UUID], list[Event]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let a room above tell what was said with a contact; called in `AppConfig.ready`.

    `source(contact id)` answers in a constant number of queries.
    """
    if source not in _sources:
        _sources.append(source)


def timeline(lead: Lead) -> list[Event]:
    """Everything known of one lead and its person, the newest first."""
    events = _steps(lead)
    if lead.contact_id:
        events += said_with(lead.contact_id)
    return sorted(events, key=lambda event: event.at, reverse=True)


def said_with(contact_id: UUID) -> list[Event]:
    """What the rooms above know of one person, the newest first."""
    events = [event for source in _sources for event in source(contact_id)]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _steps(lead: Lead) -> list[Event]:
    rows = AuditEntry.objects.filter(
        subject_type=Lead._meta.label_lower, subject_id=str(lead.pk)
    ).order_by("-id")[:STEPS]
    entries = list(rows)
    names = _names(entries)
    return [
        Event(row.at, _words(row, names), row.reason, row.actor, icon=ICONS.get(row.action, "edit"))
        for row in entries
    ]


def _names(rows: list[AuditEntry]) -> dict[int, str]:
    """Who was given a lead, by key; one query."""
    keys = [row.data["to"] for row in rows if row.action == "lead.assigned"]
    people = User.objects.filter(pk__in=[key for key in keys if isinstance(key, int)])
    return {one.pk: one.first_name or one.get_username() for one in people}


def _words(row: AuditEntry, names: dict[int, str]) -> str:
    if row.action == "lead.assigned":
        return f"Given to {names.get(row.data['to'], 'nobody')}"
    if row.action == "lead.moved":
        return f"{_stage(row.data.get('from'))} → {_stage(row.data.get('to'))}"
    return row.said


def _stage(name: object) -> str:
    return LeadStatus(name).label if name in LeadStatus.values else str(name)
