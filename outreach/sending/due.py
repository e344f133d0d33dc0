"""Which messages may leave now, and which brakes hold the others."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from outreach.choices import MACHINE_CHANNELS, CampaignStatus, Direction, MessageStatus
from outreach.models import Approval, Mailbox, Message, OutreachPolicy


def due_messages(now: datetime) -> QuerySet[Message]:
    """Approved mail and texts whose time has come and that no brake holds; oldest first.

    Whether an approval stands is asked for each message that waits: as an EXISTS, PostgreSQL turns
    it into a join that begins with every approval ever given.
    """
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
        .alias(standing=Subquery(standing.order_by().values("pk")[:1]))
        .filter(~Exists(everything_held), standing__isnull=False)
        .order_by("due_at", "created_at")
    )


def due_mailboxes(now: datetime) -> list[Mailbox]:
    """The mailboxes that have something to send now."""
    waiting = due_messages(now).filter(mailbox=OuterRef("pk"))
    return list(Mailbox.objects.filter(Exists(waiting)).order_by("created_at"))
