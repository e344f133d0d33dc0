"""A reply becomes a reading: once, whoever asks how often, and never over a newer one."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from compliance import audit
from outreach.choices import CampaignKind, Direction, MessageKind, MessageStatus
from outreach.conversations.unclear import ask_if_unclear
from outreach.models import Enrollment, Message
from outreach.webhooks.events import announce
from quotes.choices import EntryMethod, QuoteStatus, ReplyKind
from quotes.engines import understand
from quotes.lifecycle import lock_thread, outranks, stand, standing
from quotes.models import Quote
from quotes.understood import Understood
from quotes.values import QuoteValues, write_lists

ACTOR = "quote reader"
UNCLEAR = "No price is in it, and nothing else we know: look, also at what is attached."
FORGOTTEN_AFTER = timedelta(minutes=2)
LOOK_BACK = timedelta(days=14)
BATCH = 50


def read_reply(message_id: UUID) -> Quote | None:
    """Read the reply and store what it says; the existing reading if there is one already.

    None for what is no reply to a request: who answers a drip offers nothing. The engine runs
    outside any transaction: a model may take seconds.
    """
    message = (
        Message.objects.select_related("enrollment__campaign__request__category")
        .filter(
            pk=message_id,
            direction=Direction.INBOUND,
            kind=MessageKind.REPLY,
            enrollment__campaign__kind=CampaignKind.RFQ,
        )
        .first()
    )
    if message is None or message.enrollment is None:
        return None
    existing = _reading_of(message)
    if existing is not None:
        return existing
    understood = understand(message)
    try:
        return _store(message, understood)
    except IntegrityError:
        # Another worker stored its reading first: the database allows one per message.
        return _reading_of(message)


def ask_person(message_id: UUID, error: Exception) -> Quote | None:
    """Store that the reply could not be read, so that a person reads it."""
    message = Message.objects.filter(pk=message_id, enrollment__isnull=False).first()
    if message is None:
        return None
    why = f"The machine could not read this mail ({type(error).__name__}): fill in what it says."
    unread = Understood(QuoteValues(kind=ReplyKind.QUOTE), {}, {}, (why,), "none")
    return _store(message, unread)


def list_waiting() -> list[UUID]:
    """Replies without a reading that are older than the queue ever takes, oldest first."""
    now = timezone.now()
    return list(
        Message.objects.filter(
            direction=Direction.INBOUND,
            kind=MessageKind.REPLY,
            enrollment__campaign__kind=CampaignKind.RFQ,
            status__in=[MessageStatus.PROCESSED, MessageStatus.NEEDS_ATTENTION],
            received_at__gt=now - LOOK_BACK,
            created_at__lt=now - FORGOTTEN_AFTER,
        )
        .exclude(quotes__entry_method=EntryMethod.AUTO)
        .order_by("received_at")
        .values_list("pk", flat=True)[:BATCH]
    )


def _reading_of(message: Message) -> Quote | None:
    return Quote.objects.filter(message=message, entry_method=EntryMethod.AUTO).first()


@transaction.atomic
def _store(message: Message, understood: Understood) -> Quote:
    assert message.enrollment_id is not None
    thread = lock_thread(message.enrollment_id)
    existing = _reading_of(message)
    if existing is not None:
        return existing
    values, reasons = understood.values, list(understood.reasons)
    if not message.sender_known:
        reasons.append("It came from an address that nobody in this thread had used before.")
    quote = Quote.objects.create(
        enrollment=thread,
        message=message,
        entry_method=EntryMethod.AUTO,
        engine=understood.engine,
        status=QuoteStatus.NEEDS_REVIEW if reasons else QuoteStatus.SUPERSEDED,
        evidence=understood.evidence,
        confidence=understood.confidence,
        review_reasons=reasons,
        **values.columns(),
    )
    write_lists(quote, values)
    if not reasons:
        _place(quote, thread, message)
    _tell_ledger(quote, thread, message)
    if quote.kind == ReplyKind.ACKNOWLEDGEMENT:
        ask_if_unclear(message.pk, actor=ACTOR, reason=UNCLEAR)
    if quote.kind == ReplyKind.QUOTE:
        _announce(quote, thread)
    return quote


def _tell_ledger(quote: Quote, thread: Enrollment, message: Message) -> None:
    read = ("kind", "price", "currency", "engine", "status")
    audit.append(
        "quote.read", quote, actor=ACTOR, reason=" ".join(quote.review_reasons),
        campaign_id=thread.campaign_id,
        data={**{name: getattr(quote, name) for name in read}, "message": str(message.pk)},
    )  # fmt: skip


def _announce(quote: Quote, thread: Enrollment) -> None:
    """Other programs hear of it at once, and whether a person still has to look at it."""
    data = {
        "quote_id": str(quote.pk),
        "campaign_id": str(thread.campaign_id),
        "enrollment_id": str(thread.pk),
        "price": None if quote.price is None else str(quote.price),
        "currency": quote.currency,
        "needs_review": quote.status == QuoteStatus.NEEDS_REVIEW,
    }
    announce("quote.received", data, contact_id=thread.contact_id)


def _place(quote: Quote, thread: Enrollment, message: Message) -> None:
    """Let it stand, unless something later or weightier stands already."""
    current = standing(thread)
    if not outranks(quote.kind, current):
        return
    if current is not None and _came_later(current, message):
        if current.supersedes_id is None and quote.kind == ReplyKind.QUOTE:
            Quote.objects.filter(pk=current.pk).update(supersedes=quote)
        return
    stand(quote)


def _came_later(quote: Quote, message: Message) -> bool:
    """Whether what stands was said after this message: mail is not always read in order."""
    said = quote.message.received_at if quote.message else quote.created_at
    return said is not None and message.received_at is not None and said > message.received_at
