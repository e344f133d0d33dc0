"""How the work on one event ended."""

from dataclasses import dataclass
from uuid import UUID

from outreach.choices import EventStatus


@dataclass(frozen=True, slots=True)
class Worked:
    """`status` PROCESSED or NEEDS_ATTENTION, with why in words, and the message it became."""

    status: EventStatus
    detail: str = ""
    message_id: UUID | None = None


def processed(detail: str = "", message_id: UUID | None = None) -> Worked:
    return Worked(EventStatus.PROCESSED, detail, message_id)


def needs_attention(detail: str, message_id: UUID | None = None) -> Worked:
    return Worked(EventStatus.NEEDS_ATTENTION, detail, message_id)
