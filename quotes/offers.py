"""The campaign's vendors as the comparison knows them, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from outreach.models import Campaign, Enrollment
from quotes.choices import QuoteStatus, ReplyKind
from quotes.comparison.facts import Extra, Offer, OfferFacts, Option, Thread
from quotes.comparison.revisions import earlier_than
from quotes.comparison.table import Comparison, build_comparison
from quotes.models import Quote
from quotes.rates import load_rates
from quotes.review import shown_name
from quotes.threads import threads_of

KEPT = 5  # of a vendor’s quotes of one status; what was said longer ago stands in the thread


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
    """Every vendor of the campaign with thread and standing offer: six queries, however many."""
    enrollments = list(
        Enrollment.objects.filter(campaign=campaign)
        .select_related("company", "contact")
        .defer(
            "company__research",
            "company__ai_research_data",
            "company__notes",
            "contact__ai_research_data",
            "facts",
        )
    )
    quotes = _newest_quotes(campaign)
    threads = threads_of(campaign, enrollments, quotes)
    return [_facts(one, threads[one.pk], quotes[one.pk]) for one in enrollments]


def _newest_quotes(campaign: Campaign) -> dict[UUID, list[Quote]]:
    """Each vendor's last quotes of every status, oldest first."""
    placed = Quote.objects.filter(enrollment__campaign=campaign).annotate(
        place=Window(
            RowNumber(),
            partition_by=["enrollment", "status"],
            order_by=[F("created_at").desc(), F("id").desc()],
        )
    )
    found: dict[UUID, list[Quote]] = defaultdict(list)
    for quote in (
        Quote.objects.filter(pk__in=placed.filter(place__lte=KEPT).values("pk"))
        .select_related("logged_by")
        .prefetch_related("extras", "options")
        .defer("evidence", "confidence")
        .order_by("created_at", "id")
    ):
        found[quote.enrollment_id].append(quote)
    return found


def _facts(enrollment: Enrollment, thread: Thread, quotes: Sequence[Quote]) -> OfferFacts:
    current = next((q for q in quotes if q.status == QuoteStatus.CURRENT), None)
    waiting = [q for q in quotes if q.status == QuoteStatus.NEEDS_REVIEW]
    shown = current if current and current.kind == ReplyKind.QUOTE else None
    if shown is None:
        shown = next((q for q in reversed(waiting) if q.kind == ReplyKind.QUOTE), None)
    return OfferFacts(
        enrollment_id=enrollment.pk,
        vendor=str(enrollment.company or enrollment.contact),
        contact=enrollment.contact.name,
        thread=thread,
        offer=_offer(shown, quotes) if shown else None,
        to_check=waiting[-1].pk if waiting else None,
    )


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
