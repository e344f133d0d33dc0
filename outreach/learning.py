"""What sending and hearing teach about a vendor: how often they answer, and how fast."""

from collections import Counter
from collections.abc import Iterable

from crm.vendors import record_contacted, record_response
from outreach.choices import Direction, MessageKind
from outreach.models import Enrollment, Message


def learn_contacted(messages: Iterable[Message]) -> None:
    """Count the vendors these first messages went out to; other messages count for nothing.

    Two statements however many messages, in the caller's transaction.
    """
    ids = [m.enrollment_id for m in messages if m.kind == MessageKind.FIRST and m.enrollment_id]
    if not ids:
        return
    companies = Enrollment.objects.filter(pk__among=ids, company__isnull=False)
    record_contacted(Counter(companies.values_list("company_id", flat=True)))


def learn_response(reply: Message) -> None:
    """Count a vendor's first real answer in a thread, with the time it took since we asked.

    Later answers of the same thread, and answers to nothing we sent, teach nothing.
    """
    enrollment = reply.enrollment
    if reply.kind != MessageKind.REPLY or enrollment is None or enrollment.company is None:
        return
    answered_at = reply.received_at or reply.created_at
    thread = Message.objects.filter(enrollment=enrollment).exclude(pk=reply.pk)
    first = thread.filter(direction=Direction.OUTBOUND, sent_at__lte=answered_at).order_by(
        "sent_at"
    )
    asked_at = first.values_list("sent_at", flat=True).first()
    answered = thread.filter(direction=Direction.INBOUND, kind=MessageKind.REPLY)
    if asked_at is None or answered.exists():
        return
    record_response(enrollment.company, asked_at=asked_at, answered_at=answered_at)
