"""A client's words become a request: understood while they are typed, with vendors to write to."""

from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib import messages as notices
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from compliance.typed import key_of
from crm.categories.wording import facts_in_words
from crm.models import Category, Request
from crm.vendors import MOST_SHOWN, vendors_for
from outreach.actors import name_of
from outreach.admin import doors
from outreach.briefs.create import BadBriefError, create_request, reread_request, understand
from outreach.campaigns import start_campaign
from outreach.drafting import orders
from outreach.errors import NothingToSend, OutreachError
from outreach.models import Campaign

LEAST_WORDS = 2


@require_safe
def new_page(request: HttpRequest) -> HttpResponse:
    """Where it begins: one sentence from a client."""
    doors.require(request, doors.ADD_REQUEST)
    return doors.page(
        request, "admin/outreach/new_request.html", "New request",
        categories=Category.objects.filter(active=True), token=uuid4(),
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
    vendors, unreachable = vendors_for(draft)
    return {
        "draft": draft,
        "facts": facts_in_words(
            draft.category.schema, draft.constraints, use="brief", currency=draft.currency
        ),
        "vendors": vendors[:MOST_SHOWN],
        "unreachable": unreachable[:MOST_SHOWN],
    }


@doors.posts
def create(request: HttpRequest) -> HttpResponse:
    """Store the request, and with chosen vendors make the campaign and its drafts."""
    person = doors.require(request, doors.ADD_REQUEST)
    words = {name: request.POST.get(name, "") for name in ("text", "client_name", "category")}
    token = _token(request)
    try:
        made = create_request(
            words["text"],
            client_name=words["client_name"],
            category=words["category"] or None,
            actor=name_of(person),
            created_by=person,
            # The same form with other words, as after the browser's "back", is another request.
            pk=uuid5(token, f"{person.pk} {sorted(words.items())}"),
        )
    except BadBriefError as error:
        notices.error(request, str(error))
        return doors.page(
            request, "admin/outreach/new_request.html", "New request",
            categories=Category.objects.filter(active=True), token=uuid4(),
            text=words["text"], client_name=words["client_name"],
        )  # fmt: skip
    return _campaign(request, made, token)


@doors.posts
def start(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """A campaign for a request that is stored already."""
    doors.require(request, doors.ADD_REQUEST)
    return _campaign(request, get_object_or_404(Request, pk=request_id), _token(request))


@doors.posts
def reread(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Read a stored request again, with other words or as another category."""
    person = doors.require(request, doors.EDIT_REQUEST)
    row = get_object_or_404(Request.objects.select_related("category"), pk=request_id)
    try:
        reread_request(
            row,
            actor=name_of(person),
            text=request.POST.get("text"),
            category=request.POST.get("category") or None,
        )
    except BadBriefError as error:
        notices.error(request, f"Nothing was changed. {error}")
    else:
        questions = len(row.missing)
        notices.success(
            request, f"Read again: {row.summary or row.text[:80]}. To ask: {questions}."
        )
        if Campaign.objects.filter(request=row).exists():
            notices.warning(request, "Drafts made from it before keep their words: look at them.")
    return redirect("admin:crm_request_change", row.pk)


def _token(request: HttpRequest) -> UUID:
    """The form's own number, by which a second press is known; a fresh one where it has none."""
    return key_of(request.POST.get("once")) or uuid4()


def _chosen(request: HttpRequest) -> list[UUID] | None:
    """The ticked vendors; None, all that suit, for a form sent before it showed any."""
    ticked = [UUID(value) for value in request.POST.getlist("vendor")[:200]]
    if request.POST.get("chosen") and not ticked:
        raise NothingToSend("No vendor was ticked.")
    return ticked or None


def _campaign(request: HttpRequest, made: Request, token: UUID) -> HttpResponse:
    person = doors.require(request, "outreach.add_campaign")
    try:
        started = start_campaign(made, actor=person, vendor_ids=_chosen(request), token=token)
    except (OutreachError, ValueError, ValidationError) as error:
        notices.error(request, f"The request is stored; no drafts were made. {error}")
        return redirect("admin:crm_request_change", made.pk)
    for vendor, reason in started.generated.left_out:
        notices.warning(request, f"{vendor}: {reason}")
    if not started.under_way and not started.again:
        drafted = len(started.generated.messages)
        notices.success(request, f"{drafted} drafts are ready to review.")
    return redirect("admin:outreach_campaign_queue", started.campaign.pk)


@require_safe
def drafting(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The line that tells how far the drafting is; asks again by itself until it is done."""
    doors.require(request, doors.VIEW)
    campaign = get_object_or_404(Campaign, pk=campaign_id)
    progress = orders.progress_of(campaign_id)
    answer = doors.fragment(
        request, "admin/outreach/campaign/drafting.html", campaign=campaign, drafting=progress,
        live=True,
    )  # fmt: skip
    if request.GET.get("seen") != str(progress.done):
        answer["HX-Trigger"] = "queue-changed, drafted"
    return answer
