"""Takes a batch of due messages for one worker: compare-and-swap, in its own short transaction."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, QuerySet

from compliance import bulk
from outreach import lifecycle
from outreach.choices import MessageStatus
from outreach.models import Attempt, Campaign, Mailbox, Message
from outreach.sending import throttle
from outreach.sending.due import due_messages

# The columns that sending reads: a message has twice as many, and all cost time to load.
READ = (
    "enrollment", "campaign", "mailbox", "channel", "kind", "step", "version", "attempts",
    "subject", "body", "body_html", "from_name", "from_address", "to_address", "reply_to",
    "in_reply_to", "references", "approved_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """What this worker holds until `lease_until`; `more` when the mailbox may have more to send."""

    worker: str
    mailbox: Mailbox
    taken_at: datetime
    messages: list[Message] = field(default_factory=list)
    more: bool = False


def claim(mailbox: Mailbox, *, worker: str, now: datetime, size: int) -> Claim:
    """Claim up to `size` due messages of a mailbox, as far as its throttles allow.

    What a throttle holds gets the time it may go and the reason. Safe with any number of workers:
    the mailbox row is locked while capacity is counted, rows locked by others are passed over.
    """
    with transaction.atomic():
        box = Mailbox.objects.select_for_update().get(pk=mailbox.pk)
        if box.paused_at or (box.next_slot_at and box.next_slot_at > now):
            return Claim(worker, box, now)
        limit = 1 if box.min_gap_ms else size
        found = list(_lock(due_messages(now).filter(mailbox=box), limit))
        grant = throttle.reserve(box, [(m.pk, m.to_address) for m in found], now)
        _hold(grant)
        granted = set(grant.granted)
        messages = [message for message in found if message.pk in granted]
        _take(messages, worker, now)
        if messages and box.min_gap_ms:
            slot = now + timedelta(milliseconds=box.min_gap_ms)
            Mailbox.objects.filter(pk=box.pk).update(next_slot_at=slot)
    return Claim(worker, box, now, messages, more=len(found) == limit)


def _lock(due: QuerySet[Message], limit: int) -> list[Message]:
    skip = connection.features.has_select_for_update_skip_locked
    rows = due.select_for_update(of=("self",), skip_locked=skip) if skip else due
    found = list(rows.only(*READ)[:limit])
    campaigns = Campaign.objects.in_bulk({message.campaign_id for message in found})
    for message in found:
        message.campaign = campaigns[message.campaign_id]
    return found


def _hold(grant: throttle.Grant) -> None:
    """Say on each held message why it waits and until when."""
    groups: dict[throttle.Held, list[UUID]] = {}
    for pk, held in grant.held.items():
        groups.setdefault(held, []).append(pk)
    for held, ids in groups.items():
        Message.objects.filter(pk__in=ids, status=MessageStatus.APPROVED).update(
            due_at=held.until, reason=f"Held until {held.until:%H:%M} UTC: {held.words}."
        )


def _take(messages: list[Message], worker: str, now: datetime) -> None:
    if not messages:
        return
    ids = [message.pk for message in messages]
    lifecycle.move(
        Message.objects.filter(pk__among=ids),
        MessageStatus.SENDING,
        only_from=frozenset({MessageStatus.APPROVED}),
        claimed_by=worker,
        lease_until=now + timedelta(seconds=settings.SEND_LEASE_SECONDS),
        hand_over_at=None,
    )
    # Recorded before the risky step: a crash must not hide that there was a try.
    earlier = Attempt.objects.filter(message__pk__among=ids).order_by().values_list("message")
    tried = dict(earlier.annotate(Max("number")))
    bulk.insert(
        [
            Attempt(message_id=pk, number=tried.get(pk, 0) + 1, worker=worker, started_at=now)
            for pk in ids
        ]
    )
