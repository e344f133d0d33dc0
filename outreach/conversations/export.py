"""One conversation for a file: everything said, in order, with what was read in it."""

from typing import Any

from django.template.loader import render_to_string

from compliance import audit
from outreach.choices import Direction
from outreach.conversations.moves import history
from outreach.models import Enrollment, Message


def as_data(enrollment: Enrollment) -> dict[str, Any]:
    """The conversation as JSON: person, campaign, state, messages oldest first, steps."""
    conversation = getattr(enrollment, "conversation", None)
    return {
        "enrollment_id": str(enrollment.pk),
        "campaign": enrollment.campaign.name,
        "contact": enrollment.contact.name,
        "company": enrollment.company.name if enrollment.company else "",
        "state": conversation.state if conversation else "awaiting",
        "outcome": conversation.outcome if conversation else "",
        "messages": [_message(message) for message in messages_of(enrollment)],
        "steps": [
            {"at": step.at.isoformat(), "what": step.what, "actor": step.actor,
             "reason": step.reason}
            for step in history(enrollment.pk)
        ],
    }  # fmt: skip


def record_taken(enrollment: Enrollment, form: str, *, actor: str) -> None:
    """Keep in the ledger that somebody took the conversation away, and as what."""
    audit.append("conversation.exported", enrollment, actor=actor, data={"form": form})


def messages_of(enrollment: Enrollment) -> list[Message]:
    """What left and what came in, by its moment; drafts are nobody's words yet."""
    rows = enrollment.messages.select_related("reading").exclude(
        direction=Direction.OUTBOUND, sent_at=None
    )
    return sorted(rows, key=moment_of)


def moment_of(message: Message) -> Any:
    """When it was said."""
    return message.received_at or message.sent_at or message.created_at


def _message(message: Message) -> dict[str, Any]:
    reading = getattr(message, "reading", None)
    return {
        "id": str(message.pk),
        "at": moment_of(message).isoformat(),
        "direction": message.direction,
        "channel": message.channel,
        "kind": message.kind,
        "from": message.from_address,
        "to": message.to_address,
        "subject": message.subject,
        "body": message.body,
        "intent": reading.said_intent if reading else None,
        "sentiment": reading.score if reading else None,
    }


def as_text(enrollment: Enrollment) -> str:
    """The conversation as plain text."""
    data = as_data(enrollment)
    parts = [f"{data['contact']} — {data['campaign']}"]
    for said in data["messages"]:
        who = said["from"] if said["direction"] == Direction.INBOUND else f"Us to {said['to']}"
        subject = f"\n{said['subject']}" if said["subject"] else ""
        parts.append(f"{said['at']}  {who} ({said['channel']}){subject}\n\n{said['body'].strip()}")
    return "\n\n----\n\n".join(parts) + "\n"


def as_html(enrollment: Enrollment) -> str:
    """The page a PDF is made of."""
    return render_to_string(
        "outreach/conversation.html", {"talk": as_data(enrollment), "enrollment": enrollment}
    )
