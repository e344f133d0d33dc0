"""Where a message may go from where it stands: the only place that changes a message's status."""

import hashlib
import json
from collections.abc import Collection
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from outreach.choices import MessageStatus as S
from outreach.models import Message

MOVES: dict[S, frozenset[S]] = {
    S.DRAFT: frozenset({S.EA_REVIEW, S.CANCELLED, S.SKIPPED}),
    S.EA_REVIEW: frozenset({S.APPROVED, S.SKIPPED, S.CANCELLED, S.SENT}),  # SENT: logged by hand
    S.APPROVED: frozenset({S.SENDING, S.EA_REVIEW, S.CANCELLED, S.SENT, S.SKIPPED}),
    S.SENDING: frozenset({S.SENT, S.FAILED, S.APPROVED, S.UNCERTAIN, S.CANCELLED, S.EA_REVIEW}),
    S.SENT: frozenset({S.DELIVERED, S.REPLIED, S.BOUNCED, S.COMPLAINED, S.FAILED}),
    S.DELIVERED: frozenset({S.REPLIED, S.BOUNCED, S.COMPLAINED}),
    S.REPLIED: frozenset({S.COMPLAINED}),
    S.BOUNCED: frozenset({S.EA_REVIEW}),
    S.COMPLAINED: frozenset(),
    S.FAILED: frozenset({S.EA_REVIEW, S.APPROVED, S.CANCELLED}),
    S.UNCERTAIN: frozenset({S.SENT, S.DELIVERED, S.REPLIED, S.BOUNCED, S.FAILED, S.EA_REVIEW}),
    S.SKIPPED: frozenset({S.EA_REVIEW}),
    S.CANCELLED: frozenset(),
    S.RECEIVED: frozenset({S.PROCESSED, S.NEEDS_ATTENTION}),
    S.NEEDS_ATTENTION: frozenset({S.PROCESSED}),
    S.PROCESSED: frozenset({S.NEEDS_ATTENTION}),
}


def sources_of(to: S) -> frozenset[S]:
    """The states from which `to` may be reached."""
    return frozenset(source for source, targets in MOVES.items() if to in targets)


def move(
    messages: QuerySet[Message], to: S, *, only_from: frozenset[S] | None = None, **changes: Any
) -> int:
    """Move every message of the queryset that may go to `to`; returns how many moved.

    One compare-and-swap UPDATE: a row that somebody else moved first is left alone and not
    counted. `changes` are written with it; `only_from` narrows the states it may come from and
    raises ValueError where the table does not know such a move.
    """
    allowed = sources_of(to)
    if only_from is not None:
        unknown = only_from - allowed
        if unknown:
            raise ValueError(f"No move from {', '.join(sorted(unknown))} to {to}.")
        allowed = only_from
    return messages.filter(status__in=allowed).update(
        status=to, updated_at=timezone.now(), **changes
    )


def take_back_reply(messages: Collection[Message]) -> None:
    """What counted as answered is not: back to delivered, or sent, as far as was known.

    The only way back in a message's life, and no entry of the table: only a person may say that
    a machine answered. Rows are locked by the caller.
    """
    for message in messages:
        before = S.DELIVERED if message.delivered_at else S.SENT
        rows = Message.objects.filter(pk=message.pk)
        rows.update(replied_at=None, updated_at=timezone.now())
        rows.filter(status=S.REPLIED).update(status=before)


def edit_content(messages: QuerySet[Message], *, version: int, **content: Any) -> int:
    """Write new content over the version that was read; returns 0 if it is not that any more.

    Content that was approved goes back to review in the same statement. Content being sent, or
    already out, does not change.
    """
    editable = [S.DRAFT, S.EA_REVIEW, S.APPROVED]
    return messages.filter(version=version, status__in=editable).update(
        status=S.EA_REVIEW,
        version=F("version") + 1,
        approved_at=None,
        updated_at=timezone.now(),
        **content,
    )


def content_hash(message: Message) -> str:
    """SHA-256 over what an approval is bound to: channel, addresses, subject, body, attachments."""
    attachments: list[str] = []  # outbound mail carries none; a channel that adds them hashes them
    content = [
        message.channel,
        message.to_address,
        message.from_name,
        message.from_address,
        message.reply_to,
        message.subject,
        message.body,
        message.body_html,
        attachments,
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
