"""A client's words become a request: understood while they are typed, with vendors to write to."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from crm.categories.wording import facts_in_words
from crm.models import Category, Request
from crm.vendors import suitable_vendors
from outreach.actors import name_of
from outreach.admin import doors
from outreach.briefs.create import BadBriefError, create_request, understand
from outreach.campaigns import create_campaign
from outreach.errors import OutreachError

LEAST_WORDS = 2


@require_safe
def new_page(request: HttpRequest) -> HttpResponse:
    """Where it begins: one sentence from a client."""
    doors.require(request, doors.ADD_REQUEST)
    return doors.page(
        request, "admin/outreach/new_request.html", "New request",
        categories=Category.objects.filter(active=True),
    )  # fmt: skip


@doors.posts
def read(request: HttpRequest) -> HttpResponse:
    """What is understood so far; stores nothing."""
    doors.require(request, doors.ADD_REQUEST)
    text = request.POST.get("text", "")
    context: dict[str, Any] = {"empty": len(text.split()) < LEAST_WORDS}
    if not context["empty"]:
        try:
            context |= _understanding(text, request.POST.get("category") or None)
        except BadBriefError as error:
            context["problem"] = str(error)
    return doors.fragment(request, "admin/outreach/understood.html", **context)


def _understanding(text: str, category: str | None) -> dict[str, Any]:
    draft = understand(text, category=category)
    if draft.category is None:
        return {"draft": draft}
    return {
        "draft": draft,
        "facts": facts_in_words(
            draft.category.schema, draft.constraints, use="brief", currency=draft.currency
        ),
        "vendors": suitable_vendors(draft, limit=50),
    }


@doors.posts
def create(request: HttpRequest) -> HttpResponse:
    """Store the request, and with chosen vendors make the campaign and its drafts."""
    person = doors.require(request, doors.ADD_REQUEST)
    try:
        made = create_request(
            request.POST.get("text", ""),
            client_name=request.POST.get("client_name", ""),
            category=request.POST.get("category") or None,
            actor=name_of(person),
            created_by=person,
        )
    except BadBriefError as error:
        notices.error(request, str(error))
        return doors.page(
            request, "admin/outreach/new_request.html", "New request",
            categories=Category.objects.filter(active=True),
            text=request.POST.get("text", ""), client_name=request.POST.get("client_name", ""),
        )  # fmt: skip
    return _campaign(request, made)


@doors.posts
def start(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """A campaign for a request that is stored already."""
    doors.require(request, doors.ADD_REQUEST)
    return _campaign(request, get_object_or_404(Request, pk=request_id))


def _campaign(request: HttpRequest, made: Request) -> HttpResponse:
    person = doors.require(request, "outreach.add_campaign")
    try:
        chosen = [UUID(value) for value in request.POST.getlist("vendor")[:200]] or None
        campaign, generated = create_campaign(made, actor=person, vendor_ids=chosen)
    except (OutreachError, ValueError, ValidationError) as error:
        notices.error(request, f"The request is stored; no drafts were made. {error}")
        return redirect("admin:crm_request_change", made.pk)
    for vendor, reason in generated.left_out:
        notices.warning(request, f"{vendor}: {reason}")
    notices.success(request, f"{len(generated.messages)} drafts are ready to review.")
    return redirect("admin:outreach_campaign_queue", campaign.pk)
