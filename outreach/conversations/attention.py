"""What waits in a thread for a person to look at, and that one has looked."""

from uuid import UUID

from compliance import audit
from outreach import lifecycle
from outreach.choices import Direction, MessageStatus
from outreach.models import Message


def looked_at(enrollment_id: UUID, *, actor: str, reason: str) -> int:
    """Whatever in this thread waited for a look has had one; returns how much that was.

    In the caller's transaction. A wish to stop that was held for a person stays held: that is a
    suppression, and lifted there.
    """
    waiting = Message.objects.filter(
        enrollment=enrollment_id,
        direction=Direction.INBOUND,
        status=MessageStatus.NEEDS_ATTENTION,
    )
    found = list(waiting.select_for_update().only("pk", "campaign_id"))
    if not found:
        return 0
    moved = lifecycle.move(
        Message.objects.filter(pk__in=[one.pk for one in found]), MessageStatus.PROCESSED, reason=""
    )
    acts = [audit.Act("message.looked_at", one, reason, one.campaign_id) for one in found]
    audit.append_many(acts, actor=actor)
    return moved
