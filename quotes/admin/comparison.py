"""The comparison page: every vendor in one table that keeps itself up to date."""

import hashlib
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from compliance.admin import asked
from outreach.models import Campaign
from quotes.admin.doors import REVIEW, VIEW, get_campaign, page_context, require
from quotes.comparison.arrange import FILTERS, SORTS, View, arrange, read_view
from quotes.comparison.rows import Row
from quotes.comparison.table import Comparison
from quotes.exports import as_csv, as_xlsx
from quotes.offers import compare

FRAGMENT = "compare-live"
FIRST = 30  # lines drawn unless somebody asks for the rest, too


@dataclass(frozen=True, slots=True)
class Line:
    """A row with the addresses of what can be done about it."""

    row: Row
    base: str
    thread_url: str
    review_url: str
    may_follow_up: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter or sortable column with its link."""

    name: str
    label: str
    query: str
    active: bool
    count: int = 0
    descending: bool = False


@require_safe
def comparison_page(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The page; for htmx the live part alone, and 204 while nothing has changed."""
    require(request, VIEW)
    campaign = get_campaign(campaign_id)
    comparison = compare(campaign)
    view = _asked_for(request)
    context = _live_context(request, campaign, comparison, view)
    if request.headers.get("HX-Target") == FRAGMENT:
        if request.GET.get("seen") == context["digest"]:
            return HttpResponse(status=204)
        return TemplateResponse(request, "admin/quotes/comparison_live.html", context)
    frame = page_context(request, campaign, f"Compare · {campaign.name}")
    return TemplateResponse(request, "admin/quotes/comparison.html", {**frame, **context})


@require_safe
def export(request: HttpRequest, campaign_id: UUID, form: str) -> HttpResponse:
    """The table as a file, filtered and sorted as it is on the page."""
    require(request, VIEW)
    campaign = get_campaign(campaign_id)
    comparison = compare(campaign)
    rows = arrange(comparison, _asked_for(request))
    name = f"comparison-{campaign.slug}-{timezone.localdate()}.{form}"
    write, kind = {
        "csv": (as_csv, "text/csv; charset=utf-8"),
        "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    }[form]
    return HttpResponse(
        write(comparison, rows),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _asked_for(request: HttpRequest) -> View:
    """The view that the address asks for, and a word on what it asks for in vain."""
    asked.only(request, "show", "sort", "q", "whole", "seen")
    asked.one_of(request, "show", {name: label for name, (label, _keep) in FILTERS.items()})
    asked.one_of(request, "sort", [*SORTS, *(f"-{name}" for name in SORTS)])
    return read_view(request.GET)


def _live_context(
    request: HttpRequest, campaign: Campaign, comparison: Comparison, view: View
) -> dict[str, Any]:
    may_review = request.user.has_perm(REVIEW)
    seen = repr((comparison, view, may_review)).encode()
    rows = arrange(comparison, view)
    url, query = reverse("admin:quotes_comparison", args=[campaign.pk]), _query(view)
    return {
        "campaign": campaign,
        "comparison": comparison,
        "lines": [_line(campaign, row) for row in (rows if view.whole else rows[:FIRST])],
        "beyond": 0 if view.whole else max(0, len(rows) - FIRST),
        "whole": _query(replace(view, whole=True)),
        "bars": [row for row in comparison.rows if row.high is not None],
        "view": view,
        "query": query,
        "here": f"{url}?{query}" if query else url,
        "filters": _filters(comparison, view),
        "sorts": {name: _sort(name, view) for name in SORTS},
        "leading": comparison.columns[0].name if comparison.columns else "",
        "shown": {column.name for column in comparison.columns},
        "digest": hashlib.sha256(seen).hexdigest()[:20],
        "may_review": may_review,
        "url": url,
        "queue_url": reverse("admin:outreach_campaign_queue", args=[campaign.pk]),
        "rates_url": reverse("admin:quotes_exchangerate_changelist"),
    }


def _line(campaign: Campaign, row: Row) -> Line:
    enrollment = row.facts.enrollment_id
    base = reverse("admin:quotes_comparison", args=[campaign.pk]) + f"{enrollment}/"
    reading = row.facts.to_check or (row.facts.offer.quote_id if row.facts.offer else None)
    return Line(
        row=row,
        base=base,
        thread_url=reverse("admin:outreach_thread", args=[enrollment]),
        review_url=reverse("admin:quotes_review", args=[reading]) if reading else "",
        may_follow_up=row.status.code in ("sent", "no_answer", "called", "out_of_office")
        and not row.facts.thread.draft_waiting,
    )


def _filters(comparison: Comparison, view: View) -> list[Choice]:
    return [
        Choice(
            name=name,
            label=label,
            query=_query(replace(view, show=name)),
            active=view.show == name,
            count=comparison.counts[name],
        )
        for name, (label, _) in FILTERS.items()
    ]


def _sort(name: str, view: View) -> Choice:
    active = view.sort == name
    turned = replace(view, sort=name, descending=active and not view.descending)
    return Choice(name, name, _query(turned), active, descending=active and view.descending)


def _query(view: View) -> str:
    sign = "-" if view.descending else ""
    chosen = {
        "show": view.show, "sort": f"{sign}{view.sort}", "q": view.search,
        "whole": "1" if view.whole else "",
    }  # fmt: skip
    plain = {"show": "all", "sort": "price", "q": "", "whole": ""}
    return urlencode({k: v for k, v in chosen.items() if v != plain[k]})
