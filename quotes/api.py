"""Quotes for programs: what vendors offered, the comparison, and a quote logged by hand."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from outreach.api.access import ApiKeyAuth, owner_of
from outreach.api.once import DOCUMENTED, once
from outreach.api.pages import PageQuery, Paging, page
from outreach.models import Campaign, Enrollment
from quotes.api_shapes import ComparisonOut, QuoteIn, QuoteOut, QuotePage, ViewQuery
from quotes.comparison.arrange import arrange, read_view
from quotes.comparison.facts import Earlier
from quotes.comparison.rows import OnTop, Row
from quotes.comparison.table import Comparison
from quotes.manual import log_quote
from quotes.models import Quote
from quotes.offers import compare

READ = ApiKeyAuth("quotes:read", "quotes.view_quote")
WRITE = ApiKeyAuth("quotes:write", "quotes.review_quote")
router = Router(tags=["Quotes"])


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
        "on_top": [_on_top(one) for one in row.on_top],
        "unknown_extras": list(row.total.unknown) if row.total else [],
        "fields": dict(offer.fields) if offer else {},
        "expires_on": offer.expires_on.isoformat() if offer and offer.expires_on else None,
        "days_left": row.validity.days_left,
        "obstacles": list(row.obstacles),
        "is_finalist": bool(offer and offer.finalist),
        "logged_by": offer.logged_by if offer else "",
        "to_check": row.facts.to_check is not None,
        "best": row.best,
        "earlier": _earlier(row),
    }


def _on_top(one: OnTop) -> dict[str, Any]:
    return {
        "label": one.label,
        "words": one.words,
        "counted": one.counted,
        "earlier": one.earlier,
    }


def _earlier(row: Row) -> dict[str, Any]:
    """What only the vendor's earlier quote said."""
    then = row.facts.offer.earlier if row.facts.offer else Earlier()
    return {
        "fields": {name: value for name, (value, _currency) in then.fields.items()},
        "included": list(row.included_earlier),
        "deposit": then.deposit,
        "expires_on": then.expires_on.isoformat() if then.expires_on else None,
    }
