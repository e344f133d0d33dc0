"""Writes the steps of conversations: compare-and-swap, each with its line in the ledger."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from compliance import audit
from compliance.audit_words import words_for
from compliance.models import AuditEntry
from outreach.choices import TalkState
from outreach.conversations.states import Place, Step, may_move
from outreach.errors import NotAllowedNow
from outreach.models import Conversation, Enrollment

PREFIX = "conversation."


def conversation_of(enrollment: Enrollment) -> Conversation:
    """The conversation of an enrollment, made on first use; its enrollment should be locked."""
    found, _created = Conversation.objects.get_or_create(enrollment=enrollment)
    found.enrollment = enrollment
    return found


def place_of(conversation: Conversation) -> Place:
    """Where it stands, as a value."""
    return Place(TalkState(conversation.state), conversation.intent, conversation.outcome)


def move(
    conversation: Conversation,
    step: Step,
    *,
    actor: str,
    data: dict[str, Any] | None = None,
    **changes: Any,
) -> None:
    """Take one step as it was read, in the caller's transaction; `changes` are written with it.

    Raises NotAllowedNow where the table knows no such move, or somebody was faster.
    """
    now = place_of(conversation)
    if not may_move(now.state, step.to.state):
        raise NotAllowedNow(f"A conversation that is {now.state.label.lower()} cannot be "
                            f"{step.to.state.label.lower()}.")  # fmt: skip
    write(
        conversation, state=step.to.state, intent=step.to.intent, outcome=step.to.outcome, **changes
    )
    record(
        conversation, step.to.state, actor=actor, reason=step.reason,
        data={"from": _words(now), "to": _words(step.to), **(data or {})},
    )  # fmt: skip


def write(conversation: Conversation, **changes: Any) -> None:
    """Write changes over the version that was read; NotAllowedNow if it is not that any more."""
    now = timezone.now()
    swapped = Conversation.objects.filter(pk=conversation.pk, version=conversation.version).update(
        version=F("version") + 1, updated_at=now, **changes
    )
    if not swapped:
        raise NotAllowedNow("Somebody else has just changed this conversation. Look at it again.")
    conversation.version += 1
    for name, value in changes.items():
        setattr(conversation, name, value)


def record(
    conversation: Conversation,
    what: str,
    *,
    actor: str,
    reason: str = "",
    data: dict[str, Any] | None = None,
) -> None:
    """One line in the ledger, under the enrollment; `reason` and `data` name nobody."""
    enrollment = conversation.enrollment
    audit.append(
        f"{PREFIX}{what}", enrollment, actor=actor, reason=reason,
        campaign_id=enrollment.campaign_id, data=data or {},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a conversation's history: what, by whom, why."""

    at: datetime
    what: str
    actor: str
    reason: str
    data: dict[str, Any]

    @property
    def said(self) -> str:
        """The step in words, for a page."""
        to = self.data.get("to", "") if self.what == "assigned" else ""
        return f"Given to {to}" if to else words_for(f"{PREFIX}{self.what}")


def history(enrollment_id: UUID, *, last: int | None = None) -> list[Happened]:
    """Every step of one conversation, or the last of them, oldest first; one query."""
    rows = AuditEntry.objects.filter(
        subject_type=Enrollment._meta.label_lower,
        subject_id=str(enrollment_id),
        action__startswith=PREFIX,
    ).order_by("-id")[:last]
    return [
        Happened(row.at, row.action.removeprefix(PREFIX), row.actor, row.reason, row.data)
        for row in reversed(rows)
    ]


def _words(place: Place) -> str:
    detail = place.outcome or place.intent
    return f"{place.state.value} ({detail})" if detail else place.state.value
