"""Quotes for programs: what vendors offered, the comparison, and a quote logged by hand."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field

from outreach.api.access import ApiKeyAuth, owner_of
from outreach.api.once import DOCUMENTED, once
from outreach.api.pages import PageQuery, Paging, page
from outreach.api.shapes import Line, Text
from outreach.models import Campaign, Enrollment
from quotes.comparison.arrange import arrange, read_view
from quotes.comparison.rows import Row
from quotes.comparison.table import Comparison
from quotes.manual import log_quote
from quotes.models import Quote
from quotes.offers import compare
from quotes.review import shown_name

READ = ApiKeyAuth("quotes:read", "quotes.view_quote")
WRITE = ApiKeyAuth("quotes:write", "quotes.review_quote")
router = Router(tags=["Quotes"])

Amount = Annotated[Decimal, Field(ge=0, le=Decimal("999999999999.99"), allow_inf_nan=False)]
Percent = Annotated[Decimal, Field(ge=0, le=1000, allow_inf_nan=False)]
Label = Annotated[Line, Field(min_length=1, max_length=200)]


class ExtraShape(Schema):
    """What comes on top: an amount, a percentage, or neither where none was given."""

    label: Label
    amount: Amount | None = None
    percent: Percent | None = None


class OptionShape(Schema):
    """One of several offers in the same answer."""

    label: Label
    price: Amount


class QuoteOut(Schema):
    """An answer as it was read or logged; `evidence` holds the words each value was read from."""

    id: UUID
    enrollment_id: UUID
    vendor: str
    message_id: UUID | None
    status: str
    kind: str
    entry_method: str
    logged_by: str | None
    price: Decimal | None
    price_high: Decimal | None
    currency: str
    price_basis: str
    includes_tax: bool | None
    availability: str
    expiration_date: str | None
    deposit: str
    terms: str
    extras: list[ExtraShape]
    options: list[OptionShape]
    fields: dict[str, Any]
    evidence: dict[str, Any]
    confidence: dict[str, Any]
    review_reasons: list[str]
    supersedes: UUID | None
    is_finalist: bool
    version: int
    created_at: str

    @staticmethod
    def resolve_vendor(quote: Quote) -> str:
        return _vendor(quote.enrollment)

    @staticmethod
    def resolve_logged_by(quote: Quote) -> str | None:
        return shown_name(quote.logged_by) if quote.logged_by else None

    @staticmethod
    def resolve_expiration_date(quote: Quote) -> str | None:
        return quote.expiration_date.isoformat() if quote.expiration_date else None

    @staticmethod
    def resolve_extras(quote: Quote) -> Sequence[Any]:
        return list(quote.extras.all())

    @staticmethod
    def resolve_options(quote: Quote) -> Sequence[Any]:
        return list(quote.options.all())

    @staticmethod
    def resolve_supersedes(quote: Quote) -> UUID | None:
        return quote.supersedes_id

    @staticmethod
    def resolve_created_at(quote: Quote) -> str:
        return quote.created_at.isoformat()


class QuotePage(Schema):
    """One page of quotes."""

    items: list[QuoteOut]
    next_cursor: str | None


class QuoteIn(Schema):
    """A quote typed in by hand; `fields` by the category's quote fields."""

    enrollment_id: UUID | None = Field(None, description="The vendor's thread in this campaign.")
    vendor_id: UUID | None = Field(None, description="The vendor's company; instead of the thread.")
    kind: Literal["quote", "decline", "question", "acknowledgement"] = "quote"
    price: Amount | None = None
    price_high: Amount | None = None
    currency: Annotated[Line, Field(max_length=3)] = ""
    price_basis: Annotated[Line, Field(max_length=12)] = ""
    includes_tax: bool | None = None
    availability: Annotated[Line, Field(max_length=20)] = ""
    expiration_date: Annotated[Line, Field(max_length=10)] | None = None
    deposit: Annotated[Line, Field(max_length=120)] = ""
    terms: Annotated[Text, Field(max_length=5000)] = ""
    extras: Annotated[list[ExtraShape], Field(max_length=40)] = []
    options: Annotated[list[OptionShape], Field(max_length=40)] = []
    fields: dict[str, str | int | float | bool | None] = {}


class OnTopShape(Schema):
    """One line of what comes on top; `counted` when it is part of the all-in price."""

    label: str
    words: str
    counted: bool


class ComparisonRow(Schema):
    """One vendor; `all_in` and `all_in_high` in the comparison's currency, null if not compared."""

    enrollment_id: UUID
    vendor: str
    status: str
    status_words: str
    quote_id: UUID | None
    all_in: Decimal | None
    all_in_high: Decimal | None
    price: Decimal | None
    currency: str
    converted: bool
    not_compared: str
    included: list[str]
    on_top: list[OnTopShape]
    unknown_extras: list[str]
    fields: dict[str, Any]
    expires_on: str | None
    days_left: int | None
    obstacles: list[str]
    is_finalist: bool
    logged_by: str
    to_check: bool
    best: bool


class BestShape(Schema):
    """The best deal with its reason and what could still change it."""

    enrollment_id: UUID
    vendor: str
    reason: str
    caveats: list[str]


class ComparisonOut(Schema):
    """The comparison table as the page shows it."""

    currency: str
    columns: list[str]
    rows: list[ComparisonRow]
    best: BestShape | None
    notes: list[str]


class ViewQuery(Schema):
    """What to show and in which order."""

    show: Literal["all", "quoted", "waiting", "to_check", "finalists", "closed"] = "all"
    sort: Literal[
        "price", "-price", "vendor", "-vendor", "status", "-status", "validity", "-validity"
    ] = "price"


@router.get(
    "/campaigns/{uuid:campaign_id}/quotes",
    response=QuotePage,
    auth=READ,
    operation_id="list_quotes",
)
def list_quotes(request: HttpRequest, campaign_id: UUID, paging: Paging) -> dict[str, Any]:
    """Every answer of the campaign, superseded ones too, newest first. Scope `quotes:read`."""
    campaign = get_object_or_404(Campaign, pk=campaign_id)
    rows = (
        Quote.objects.filter(enrollment__campaign=campaign)
        .select_related("enrollment__company", "enrollment__contact", "logged_by")
        .prefetch_related("extras", "options")
    )
    return page(rows, PageQuery(limit=paging.limit, cursor=paging.cursor))


@router.get(
    "/campaigns/{uuid:campaign_id}/comparison",
    response=ComparisonOut,
    auth=READ,
    operation_id="get_comparison",
)
def get_comparison(
    request: HttpRequest, campaign_id: UUID, chosen: Annotated[ViewQuery, Query(...)]
) -> dict[str, Any]:
    """The vendors side by side, with the best deal and why. Scope `quotes:read`."""
    campaign = get_object_or_404(
        Campaign.objects.select_related("request__category"), pk=campaign_id
    )
    return _comparison(compare(campaign), chosen)


@router.post(
    "/campaigns/{uuid:campaign_id}/quotes",
    response={201: QuoteOut},
    auth=WRITE,
    operation_id="log_quote",
    openapi_extra=DOCUMENTED,
)
@once
def post_quote(request: HttpRequest, campaign_id: UUID, payload: QuoteIn) -> tuple[int, Schema]:
    """Log what a vendor said by phone, chat or in person. Scope `quotes:write`."""
    campaign = get_object_or_404(Campaign, pk=campaign_id)
    threads = Enrollment.objects.filter(campaign=campaign)
    if payload.enrollment_id is not None:
        thread = get_object_or_404(threads, pk=payload.enrollment_id)
    else:
        thread = get_object_or_404(threads, company_id=payload.vendor_id)
    values = payload.dict(exclude={"enrollment_id", "vendor_id"})
    quote = log_quote(thread, actor=owner_of(request), **values)
    return 201, QuoteOut.from_orm(quote)


def _comparison(comparison: Comparison, chosen: ViewQuery) -> dict[str, Any]:
    best = comparison.best
    rows = arrange(comparison, read_view({"show": chosen.show, "sort": chosen.sort}))
    return {
        "currency": comparison.currency,
        "columns": [column.name for column in comparison.columns],
        "rows": [_row(row) for row in rows],
        "best": {
            "enrollment_id": best.row.facts.enrollment_id,
            "vendor": best.row.facts.vendor,
            "reason": best.reason,
            "caveats": list(best.caveats),
        }
        if best
        else None,
        "notes": list(comparison.notes),
    }


def _row(row: Row) -> dict[str, Any]:
    offer = row.facts.offer
    return {
        "enrollment_id": row.facts.enrollment_id,
        "vendor": row.facts.vendor,
        "status": row.status.code,
        "status_words": " · ".join(w for w in (row.status.label, row.status.detail) if w),
        "quote_id": offer.quote_id if offer else None,
        "all_in": row.low,
        "all_in_high": row.high,
        "price": offer.price if offer else None,
        "currency": offer.currency if offer else "",
        "converted": row.converted,
        "not_compared": row.not_compared,
        "included": list(row.included),
        "on_top": [
            {"label": one.label, "words": one.words, "counted": one.counted} for one in row.on_top
        ],
        "unknown_extras": list(row.total.unknown) if row.total else [],
        "fields": dict(offer.fields) if offer else {},
        "expires_on": offer.expires_on.isoformat() if offer and offer.expires_on else None,
        "days_left": row.validity.days_left,
        "obstacles": list(row.obstacles),
        "is_finalist": bool(offer and offer.finalist),
        "logged_by": offer.logged_by if offer else "",
        "to_check": row.facts.to_check is not None,
        "best": row.best,
    }


def _vendor(thread: Enrollment) -> str:
    return str(thread.company or thread.contact)
