"""Which messages may leave now, and which brakes hold the others."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from outreach.choices import MACHINE_CHANNELS, CampaignStatus, Direction, MessageStatus
from outreach.models import Approval, Mailbox, Message, OutreachPolicy


def due_messages(now: datetime) -> QuerySet[Message]:
    """Approved mail and texts whose time has come and that no brake holds; oldest first."""
    standing = Approval.objects.filter(message=OuterRef("pk"), voided_at=None)
    everything_held = OutreachPolicy.objects.filter(paused_at__isnull=False)
    return (
        Message.objects.filter(
            Q(due_at=None) | Q(due_at__lte=now),
            direction=Direction.OUTBOUND,
            channel__in=MACHINE_CHANNELS,
            status=MessageStatus.APPROVED,
            campaign__status=CampaignStatus.ACTIVE,
            campaign__paused_at=None,
            mailbox__paused_at=None,
        )
        .filter(Q(step=None) | Q(enrollment__paused_at=None))  # a paused person gets no touch
        .filter(Exists(standing), ~Exists(everything_held))
        .order_by("due_at", "created_at")
    )


def due_mailboxes(now: datetime) -> list[Mailbox]:
    """The mailboxes that have something to send now."""
    ids = due_messages(now).order_by().values_list("mailbox", flat=True).distinct()
    return list(Mailbox.objects.filter(pk__in=ids).order_by("created_at"))
