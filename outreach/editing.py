"""Changes a draft's words: over the version that was read, so that nobody's words are lost."""

from typing import Any
from uuid import UUID

from django.db import transaction

from compliance import audit
from outreach import lifecycle
from outreach.approvals import void_approvals
from outreach.choices import EDITABLE
from outreach.drafting.generate import flag_reason
from outreach.drafting.review import review_content
from outreach.errors import EditConflict, NotAllowedNow
from outreach.models import Message

MAX_SUBJECT, MAX_BODY = 500, 20_000


@transaction.atomic
def edit(message_id: UUID, *, actor: str, version: int, subject: str, body: str) -> Message:
    """Write new words over version `version`; an approval ends and the draft waits again.

    Saving the words that already stand there changes nothing, whatever the version. Raises
    EditConflict with the other's words when the draft changed since it was read, NotAllowedNow
    when it is on its way or out.
    """
    message = Message.objects.select_related(
        "campaign__request__category",
        "campaign__mailbox",
        "enrollment__company",
        "enrollment__contact",
    ).get(pk=message_id)
    subject, body = clean_subject(subject), clean_body(body)
    if (message.subject, message.body) == (subject, body):
        return message
    review = review_content(message, subject, body)
    reason = " ".join(review.problems) or flag_reason(review.marks)
    content: dict[str, Any] = {
        "subject": subject,
        "body": body,
        "fact_marks": [mark.as_data() for mark in review.marks],
        "flagged": bool(review.marks or review.problems),
        "reason": reason,
        "due_at": message.due_at if message.step else None,  # a touch keeps its hour
    }
    rows = Message.objects.filter(pk=message_id)
    if not lifecycle.edit_content(rows, version=version, **content):
        _refuse(message_id)
    void_approvals([message_id], reason=f"Edited by {actor}.")
    message.refresh_from_db()
    audit.append(
        "message.edited",
        message,
        actor=actor,
        campaign_id=message.campaign_id,
        data={"version": version + 1, "content_hash": lifecycle.content_hash(message)},
    )
    return message


def clean_subject(subject: str) -> str:
    """One line without control characters, at most 500 characters."""
    line = " ".join(subject.replace("\x00", "").split())
    return line[:MAX_SUBJECT]


def clean_body(body: str) -> str:
    """Line ends as \\n, no NUL, at most 20,000 characters."""
    return body.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()[:MAX_BODY]


def _refuse(message_id: UUID) -> None:
    current = Message.objects.get(pk=message_id)
    if current.status not in EDITABLE:
        state = current.get_status_display().lower()
        raise NotAllowedNow(f"This message is {state}; its words cannot change any more.")
    raise EditConflict(
        "Somebody else changed this draft while you were writing. Both versions are shown; "
        "keep yours, take theirs, or merge.",
        theirs={"subject": current.subject, "body": current.body},
        version=current.version,
    )
