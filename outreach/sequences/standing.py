"""Where people stand in their sequence, read from the messages that were made."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from outreach.choices import HANDED_OVER, Direction, MessageStatus
from outreach.models import Enrollment, Message
from outreach.sequences.planning import Done, Standing, State

OPEN = frozenset(
    {
        MessageStatus.DRAFT,
        MessageStatus.EA_REVIEW,
        MessageStatus.APPROVED,
        MessageStatus.SENDING,
    }
)


@dataclass(slots=True)
class Made:
    """The touches made for one enrollment; `thread` is the last mail's Message-ID."""

    done: list[Done] = field(default_factory=list)
    thread: str = ""


def load_made(enrollments: Sequence[UUID]) -> dict[UUID, Made]:
    """By enrollment, what was made so far, in the order of the steps; one query."""
    found: dict[UUID, Made] = defaultdict(Made)
    rows = (
        Message.objects.filter(
            enrollment__in=enrollments, direction=Direction.OUTBOUND, step__isnull=False
        )
        .order_by("enrollment", "step")
        .values(
            "enrollment", "step", "status", "due_at", "sent_at", "hand_over_at", "updated_at",
            "opened_at", "rfc_message_id", "channel",
        )
    )  # fmt: skip
    for row in rows:
        made = found[row["enrollment"]]
        made.done.append(_done(row))
        if row["sent_at"] and row["rfc_message_id"] and row["channel"] == "email":
            made.thread = row["rfc_message_id"]
    return found


def _done(row: Mapping[str, Any]) -> Done:
    opened = row["opened_at"] is not None
    left: datetime = row["sent_at"] or row["hand_over_at"] or row["updated_at"]
    if row["status"] in OPEN:
        return Done(row["step"], State.OPEN, row["due_at"] or left)
    state = State.SENT if row["status"] in HANDED_OVER else State.NOT_SENT
    return Done(row["step"], state, left, opened)


def standing_of(
    enrollment: Enrollment,
    made: Made,
    reachable: frozenset[str],
    away_until: date | None = None,
) -> Standing:
    """The enrollment as the planner sees it."""
    done = list(made.done)
    if enrollment.step and (not done or done[-1].step < enrollment.step):
        # Moved past steps that were never made here.
        at = enrollment.last_outbound_at or enrollment.created_at
        done.append(Done(enrollment.step, State.NOT_SENT, at))
    return Standing(enrollment.created_at, tuple(done), reachable=reachable, away_until=away_until)
