"""The review page: the mail beside the values read from it; and the page to log a quote by hand."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from compliance.typed import number_of
from quotes.admin.doors import (
    REVIEW,
    VIEW,
    compare_url,
    get_thread,
    page_context,
    require,
)
from quotes.admin.fields import inputs_for, read_posted
from quotes.choices import PriceBasis
from quotes.errors import InvalidQuoteError, QuoteError, ReviewConflictError
from quotes.evidence import pieces, spans_in
from quotes.manual import log_quote
from quotes.models import Quote
from quotes.review import confirm, correct, reject
from quotes.values import QuoteValues, values_of
from quotes.words import summary


@require_http_methods(["GET", "HEAD", "POST"])
def review_page(request: HttpRequest, quote_id: UUID) -> HttpResponse:
    """GET shows mail and values; POST confirms, corrects or rejects, as its button says."""
    require(request, REVIEW if request.method == "POST" else VIEW)
    quote = get_object_or_404(
        Quote.objects.select_related(
            "enrollment__campaign__request__category",
            "enrollment__company",
            "enrollment__contact",
            "message",
            "logged_by",
            "reviewed_by",
            "supersedes",
        ).prefetch_related("extras", "options"),
        pk=quote_id,
    )
    if request.method == "POST":
        return _decide(request, quote)
    return _show(request, quote)


def _decide(request: HttpRequest, quote: Quote) -> HttpResponse:
    actor = require(request, REVIEW)
    campaign = quote.enrollment.campaign
    vendor = quote.enrollment.company or quote.enrollment.contact
    try:
        match request.POST.get("act"):
            case "confirm":
                confirm(quote, actor=actor)
                messages.success(request, f"Confirmed: {vendor} · {summary(quote)}.")
            case "reject":
                reject(quote, actor=actor, reason=request.POST.get("reason", "")[:300])
                messages.success(request, f"Set aside: the reading of {vendor}'s answer.")
            case _:
                given = read_posted(request.POST, campaign)
                seen = number_of(request.POST.get("version", ""), 0)
                correct(quote, actor=actor, version=seen, **given)
                messages.success(request, f"Saved: {vendor} · {summary(quote)}.")
    except InvalidQuoteError as error:
        return _show(request, quote, problems=error.problems, status=422)
    except ReviewConflictError as error:
        quote.refresh_from_db()
        return _show(request, quote, problems={"": str(error)}, status=409)
    except QuoteError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(compare_url(campaign.pk))


def _show(
    request: HttpRequest,
    quote: Quote,
    *,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    campaign, message = quote.enrollment.campaign, quote.message
    vendor = quote.enrollment.company or quote.enrollment.contact
    plain, category = inputs_for(
        campaign,
        values_of(quote),
        posted=request.POST if problems else None,
        problems=problems,
        evidence=quote.evidence,
        confidence=quote.confidence,
    )
    context: dict[str, Any] = {
        **page_context(request, campaign, f"Check · {vendor}"),
        "quote": quote,
        "vendor": vendor,
        "before": summary(quote.supersedes) if quote.supersedes else "",
        "message": message,
        "subject": _marked(message.subject, quote, "subject") if message else [],
        "body": _marked(message.body, quote, "body") if message else [],
        "plain": plain,
        "category": category,
        "problems": problems,
        "thread_url": reverse("admin:outreach_thread", args=[quote.enrollment_id]),
        "back": compare_url(campaign.pk),
    }
    return TemplateResponse(request, "admin/quotes/review.html", context, status=status)


def _marked(text: str, quote: Quote, source: str) -> list[Any]:
    return pieces(text, spans_in(text, quote.evidence, source))


@require_http_methods(["GET", "HEAD", "POST"])
def log_page(request: HttpRequest, campaign_id: UUID, enrollment_id: UUID) -> HttpResponse:
    """GET shows the empty form; POST logs what the vendor said."""
    actor = require(request, REVIEW)
    thread = get_thread(campaign_id, enrollment_id)
    vendor = thread.company or thread.contact
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            quote = log_quote(thread, actor=actor, **read_posted(request.POST, thread.campaign))
        except InvalidQuoteError as error:
            problems = error.problems
        else:
            messages.success(request, f"Logged: {vendor} · {summary(quote)}.")
            return HttpResponseRedirect(compare_url(campaign_id))
    wanted = thread.campaign.request.currency if thread.campaign.request else ""
    plain, category = inputs_for(
        thread.campaign,
        QuoteValues(currency=wanted, price_basis=PriceBasis.TOTAL),
        posted=request.POST if problems else None,
        problems=problems,
    )
    context = {
        **page_context(request, thread.campaign, f"Log a quote · {vendor}"),
        "vendor": vendor,
        "thread": thread,
        "plain": plain,
        "category": category,
        "problems": problems,
        "back": compare_url(campaign_id),
    }
    return TemplateResponse(
        request, "admin/quotes/log.html", context, status=422 if problems else 200
    )
