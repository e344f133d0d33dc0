"""The campaign's vendors as the comparison knows them, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils import timezone

from outreach.choices import (
    HANDED_OVER,
    Direction,
    EnrollmentStatus,
    MessageKind,
    MessageStatus,
)
from outreach.models import Campaign, Enrollment, Message
from quotes.choices import QuoteStatus, ReplyKind
from quotes.comparison.facts import Extra, Offer, OfferFacts, Option, Outbound, Thread
from quotes.comparison.revisions import earlier_than
from quotes.comparison.table import Comparison, build_comparison
from quotes.models import Quote
from quotes.rates import load_rates
from quotes.review import shown_name

_MESSAGE_FIELDS = (
    "id", "enrollment_id", "direction", "kind", "status", "sent_at", "received_at", "reason",
)  # fmt: skip


def compare(campaign: Campaign, *, now: datetime | None = None) -> Comparison:
    """The campaign's comparison as of `now`, in the request's currency and time zone."""
    moment = now or timezone.now()
    request = campaign.request
    zone = _zone(request.timezone if request else settings.TIME_ZONE)
    return build_comparison(
        list_offers(campaign),
        request.category.schema if request and request.category else None,
        load_rates(moment.astimezone(zone).date()),
        moment,
        request.currency if request else settings.COMPARISON_CURRENCY,
        constraints=request.constraints if request else {},
        zone=zone,
    )


def list_offers(campaign: Campaign) -> list[OfferFacts]:
    """Every vendor of the campaign with thread and standing offer: five queries, however many."""
    enrollments = Enrollment.objects.filter(campaign=campaign).select_related("company", "contact")
    messages: dict[UUID, list[Message]] = defaultdict(list)
    for message in (
        Message.objects.filter(enrollment__campaign=campaign)
        .order_by("created_at", "id")
        .only(*_MESSAGE_FIELDS)
    ):
        if message.enrollment_id:
            messages[message.enrollment_id].append(message)
    quotes: dict[UUID, list[Quote]] = defaultdict(list)
    for quote in (
        Quote.objects.filter(enrollment__campaign=campaign)
        .select_related("logged_by", "message")
        .prefetch_related("extras", "options")
        .order_by("created_at", "id")
    ):
        quotes[quote.enrollment_id].append(quote)
    return [_facts(one, messages[one.pk], quotes[one.pk]) for one in enrollments]


def _facts(
    enrollment: Enrollment, messages: Sequence[Message], quotes: Sequence[Quote]
) -> OfferFacts:
    current = next((q for q in quotes if q.status == QuoteStatus.CURRENT), None)
    waiting = [q for q in quotes if q.status == QuoteStatus.NEEDS_REVIEW]
    shown = current if current and current.kind == ReplyKind.QUOTE else None
    if shown is None:
        shown = next((q for q in reversed(waiting) if q.kind == ReplyKind.QUOTE), None)
    return OfferFacts(
        enrollment_id=enrollment.pk,
        vendor=str(enrollment.company or enrollment.contact),
        contact=enrollment.contact.name,
        thread=_thread(enrollment, messages, quotes),
        offer=_offer(shown, quotes) if shown else None,
        to_check=waiting[-1].pk if waiting else None,
    )


def _thread(enrollment: Enrollment, messages: Sequence[Message], quotes: Sequence[Quote]) -> Thread:
    ours = [m for m in messages if m.direction == Direction.OUTBOUND]
    out = [m for m in ours if m.status in HANDED_OVER]
    outbound, last = _furthest(ours)
    kind, replied_at = _newest_answer(messages, quotes)
    return Thread(
        channel=enrollment.channel,
        outbound=outbound,
        sent_at=max((m.sent_at for m in out if m.sent_at), default=None),
        follow_ups=sum(m.kind == MessageKind.FOLLOW_UP for m in out),
        draft_waiting=bool(out)
        and any(m.status in (MessageStatus.DRAFT, MessageStatus.EA_REVIEW) for m in ours),
        reply_kind=kind,
        replied_at=replied_at,
        detail=last.reason if last is not None and not kind else "",
        notes=enrollment.notes,
        stopped=enrollment.stop_reason if enrollment.status == EnrollmentStatus.STOPPED else "",
    )


_FURTHEST: tuple[tuple[Outbound, frozenset[str]], ...] = (
    ("sent", HANDED_OVER - {MessageStatus.BOUNCED}),
    ("bounced", frozenset({MessageStatus.BOUNCED})),
    ("queued", frozenset({MessageStatus.APPROVED, MessageStatus.SENDING})),
    ("draft", frozenset({MessageStatus.DRAFT, MessageStatus.EA_REVIEW})),
    ("failed", frozenset({MessageStatus.FAILED})),
    ("skipped", frozenset({MessageStatus.SKIPPED, MessageStatus.CANCELLED})),
)


def _furthest(ours: Sequence[Message]) -> tuple[Outbound, Message | None]:
    for name, statuses in _FURTHEST:
        last = next((m for m in reversed(ours) if m.status in statuses), None)
        if last is not None:
            return name, last
    return "", None


def _newest_answer(
    messages: Sequence[Message], quotes: Sequence[Quote]
) -> tuple[str, datetime | None]:
    """Kind and time of the newest answer; a reply without a reading yet is "unread"."""
    read = {quote.message_id: quote for quote in quotes if quote.message_id}
    for message in reversed(messages):
        if message.direction != Direction.INBOUND:
            continue
        if message.kind == MessageKind.AUTO_REPLY:
            return ReplyKind.OUT_OF_OFFICE, message.received_at
        if message.kind == MessageKind.REPLY:
            reading = read.get(message.pk)
            return (reading.kind if reading else "unread"), message.received_at
    logged = next((quote for quote in reversed(quotes) if quote.logged_by_id), None)
    return (logged.kind, logged.created_at) if logged else ("", None)


def _offer(quote: Quote, quotes: Sequence[Quote]) -> Offer:
    older = [
        _as_said(q)
        for q in reversed(quotes)
        if q.status == QuoteStatus.SUPERSEDED and q.price is not None and q.pk != quote.pk
    ]
    offer = replace(_as_said(quote), to_check=quote.status == QuoteStatus.NEEDS_REVIEW)
    if not older or older[0].price is None:
        return offer
    previous = (older[0].price, older[0].currency)
    return replace(offer, previous=previous, earlier=earlier_than(offer, older))


def _as_said(quote: Quote) -> Offer:
    return Offer(
        quote_id=quote.pk,
        price=quote.price,
        currency=quote.currency,
        version=quote.version,
        price_high=quote.price_high,
        basis=quote.price_basis,
        includes_tax=quote.includes_tax,
        availability=quote.availability,
        expires_on=quote.expiration_date,
        deposit=quote.deposit,
        terms=quote.terms,
        extras=tuple(Extra(e.label, e.amount, e.percent) for e in quote.extras.all()),
        options=tuple(Option(o.label, o.price) for o in quote.options.all()),
        fields=quote.fields,
        review_reasons=tuple(quote.review_reasons),
        finalist=quote.is_finalist,
        logged_by=shown_name(quote.logged_by) if quote.logged_by else "",
    )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)
