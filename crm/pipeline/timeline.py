"""What happened with a lead, newest first: its own steps, and what the rooms above know."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from compliance.models import AuditEntry
from crm.choices import LeadStatus
from crm.models import Lead

STEPS = 100
ICONS = {"lead.moved": "trending_flat", "lead.created": "add", "lead.assigned": "person"}
WORDS = {"lead.created": "Made a lead", "lead.assigned": "Given to somebody",
         "lead.valued": "Its worth was changed", "lead.changed": "Changed"}  # fmt: skip


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
        events += [event for source in _sources for event in source(lead.contact_id)]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _steps(lead: Lead) -> list[Event]:
    rows = AuditEntry.objects.filter(
        subject_type=Lead._meta.label_lower, subject_id=str(lead.pk)
    ).order_by("-id")[:STEPS]
    return [
        Event(row.at, _words(row), row.reason, row.actor, icon=ICONS.get(row.action, "edit"))
        for row in rows
    ]


def _words(row: AuditEntry) -> str:
    if row.action == "lead.moved":
        return f"{_stage(row.data.get('from'))} → {_stage(row.data.get('to'))}"
    return WORDS.get(row.action, row.action.removeprefix("lead.").replace("_", " ").capitalize())


def _stage(name: object) -> str:
    return LeadStatus(name).label if name in LeadStatus.values else str(name)
