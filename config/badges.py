"""The counts beside the sidebar's entries; none when nothing waits."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from crm.models import CandidateState, MergeCandidate
from outreach.choices import Direction, MessageStatus, ProposalStatus
from outreach.models import ContactProposal, Message
from quotes.choices import QuoteStatus
from quotes.models import Quote

MOST = 100


def _badge(count: int) -> str | None:
    if not count:
        return None
    return f"{MOST - 1}+" if count >= MOST else str(count)


def to_review(request: HttpRequest) -> str | None:
    waiting = Message.objects.filter(direction=Direction.OUTBOUND, status=MessageStatus.EA_REVIEW)
    return _badge(len(waiting.order_by().values_list("pk")[:MOST]))


def needs_attention(request: HttpRequest) -> str | None:
    waiting = Message.objects.filter(status=MessageStatus.NEEDS_ATTENTION)
    return _badge(len(waiting.order_by().values_list("pk")[:MOST]))


def proposed(request: HttpRequest) -> str | None:
    waiting = ContactProposal.objects.filter(status=ProposalStatus.OPEN)
    return _badge(len(waiting.order_by().values_list("pk")[:MOST]))


def duplicates(request: HttpRequest) -> str | None:
    waiting = MergeCandidate.objects.filter(state=CandidateState.OPEN)
    return _badge(len(waiting.order_by().values_list("pk")[:MOST]))


def to_check(request: HttpRequest) -> str | None:
    waiting = Quote.objects.filter(status=QuoteStatus.NEEDS_REVIEW)
    return _badge(len(waiting.order_by().values_list("pk")[:MOST]))


@require_safe
def badges_fragment(request: HttpRequest) -> HttpResponse:
    """Every badge this person may see, each to take its own place on a page that is open."""
    groups = admin.site.get_sidebar_list(request)  # type: ignore[attr-defined]
    items = [item for group in groups for item in group["items"]]
    shown = [item for item in items if item.get("badge") and item["has_permission"]]
    return TemplateResponse(request, "admin/badges.html", {"items": shown})
