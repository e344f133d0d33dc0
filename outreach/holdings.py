"""What outreach holds about a person: threads, messages, approvals, reports and files."""

from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile, File
from django.db.models import Q

from crm.holdings import Part, Whom, as_data, named, safe
from outreach.choices import EventKind
from outreach.erasure import messages_of, participants_of
from outreach.models import (
    Absence,
    AiRun,
    Approval,
    Attachment,
    Attempt,
    ContactProposal,
    Conversation,
    Enrollment,
    MessageReading,
    ProviderEvent,
)


def collect(whom: Whom) -> Part:
    """Every row of outreach that is about the person, and the files they sent."""
    threads = list(Enrollment.objects.filter(contact=whom.contact))
    messages = list(messages_of(whom.contact, whom.values).order_by("created_at", "pk"))
    ids = [message.pk for message in messages]
    attachments = list(Attachment.objects.filter(message__in=ids))
    events = list(
        ProviderEvent.objects.filter(
            Q(message__in=ids)
            | Q(payload__sender__in=whom.values)
            | Q(payload__recipient__in=whom.values)
        )
    )
    return Part(
        {
            "threads": _rows(threads),
            "conversations": _rows(Conversation.objects.filter(enrollment__in=threads)),
            "people_they_named": _rows(ContactProposal.objects.filter(enrollment__in=threads)),
            "absences": _rows(Absence.objects.filter(contact=whom.contact)),
            "took_part": _rows(participants_of(whom.contact, whom.values)),
            "messages": _rows(messages),
            "readings": _rows(MessageReading.objects.filter(message__in=ids)),
            "approvals": _rows(Approval.objects.filter(message__in=ids)),
            "attempts": _rows(Attempt.objects.filter(message__in=ids)),
            "attachments": _rows(attachments),
            "provider_events": _rows(events),
            "ai_runs": _rows(AiRun.objects.filter(contact_id=whom.contact.pk)),
        },
        named(threads) | named(messages),
        _files(attachments) | _raw_mails(events),
    )


def _rows(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [as_data(row) for row in rows]


def _files(attachments: list[Attachment]) -> dict[str, File]:
    return {f"attachments/{row.pk}-{safe(row.name)}": row.file for row in attachments if row.file}


def _raw_mails(events: list[ProviderEvent]) -> dict[str, File]:
    return {
        f"mails/{event.pk}.eml": ContentFile(bytes(event.raw))
        for event in events
        if event.raw and event.kind == EventKind.INBOUND
    }
