"""Has a person look at a reply that nothing could be made of, once every reader has tried."""

from uuid import UUID

from django.db import transaction

from compliance import audit
from outreach import lifecycle
from outreach.choices import MessageStatus, ReplyIntent
from outreach.models import Message, MessageReading


@transaction.atomic
def ask_if_unclear(message_id: UUID, *, actor: str, reason: str) -> bool:
    """Put a message that was read as unclear before a person; False if it was clear, or is there.

    A vendor's reply without words of its own may carry its offer in a file.
    """
    unclear = MessageReading.objects.filter(
        pk=message_id, intent=ReplyIntent.UNKNOWN, corrected_intent=""
    )
    if not unclear.exists():
        return False
    rows = Message.objects.filter(pk=message_id, status=MessageStatus.PROCESSED)
    if not lifecycle.move(rows, MessageStatus.NEEDS_ATTENTION, reason=reason):
        return False
    message = Message.objects.get(pk=message_id)
    audit.append(
        "message.unclear", message, actor=actor, reason=reason, campaign_id=message.campaign_id
    )
    return True
