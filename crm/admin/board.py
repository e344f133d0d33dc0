"""The lead board: columns by stage, and moving a card from one to the next."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from compliance.admin import asked
from compliance.typed import number_of
from crm import leads
from crm.admin import pages
from crm.choices import LeadStatus
from crm.errors import CrmError
from crm.models import Lead
from crm.pipeline import board

VIEW = "crm.view_lead"
CHANGE = "crm.change_lead"
FILTERS = ("owner", "tier", "market", "county", "q")


@require_safe
def board_page(request: HttpRequest) -> HttpResponse:
    """The board with its filters."""
    user = pages.require(request, VIEW)
    asked.only(request, *FILTERS)
    return pages.page(
        request, "admin/crm/board/page.html", "Leads",
        **_board(request, user), **board.choices(),
    )  # fmt: skip


@require_safe
def columns_fragment(request: HttpRequest) -> HttpResponse:
    """The columns alone, asked for every few seconds and after every move."""
    user = pages.require(request, VIEW)
    return TemplateResponse(request, "admin/crm/board/columns.html", _board(request, user))


def _board(request: HttpRequest, user: User) -> dict[str, Any]:
    chosen = board.Chosen(**{name: _words(request.GET, name) for name in FILTERS})
    if chosen.owner:  # who there is costs a query
        owners = {str(one.pk): one.first_name or one.username for one in board.choices()["owners"]}
        known = {"me": "me", "none": "none", **owners}
        chosen = replace(chosen, owner=asked.one_of(request, "owner", known))
    shown = {str(status): _count(request.GET.get(f"n-{status}", "")) for status in LeadStatus}
    query = QueryDict(mutable=True)
    query.update({name: value for name in FILTERS if (value := getattr(chosen, name))})
    columns = board.columns(board.narrow(chosen, user), shown)
    return {
        "columns": [(column, _moves(column)) for column in columns],
        "chosen": chosen, "query": query.urlencode(),
        "total": sum(column.count for column in columns),
        "may_move": user.has_perm(CHANGE), "may_add": user.has_perm("crm.add_lead"),
    }  # fmt: skip


def _moves(column: board.Column) -> SafeString:
    """The stages a card of this column may go to, drawn once and not for every card."""
    context = {"stages": LeadStatus.choices, "status": column.status}
    return render_to_string("admin/crm/board/moves.html", context)


def _words(fields: QueryDict, name: str) -> str:
    return fields.get(name, "").strip()[:100]


def _count(text: str) -> int:
    return max(board.FIRST, min(number_of(text, board.FIRST), board.MOST))


@require_POST
def move(request: HttpRequest, lead_id: UUID) -> HttpResponse:
    """Move one card; a refusal or a conflict comes as words, and the board as it stands."""
    user = pages.require(request, CHANGE)
    lead = get_object_or_404(Lead.objects.select_related("contact", "company"), pk=lead_id)
    try:
        moved = leads.move(
            lead, request.POST.get("to", ""), actor=user.get_username(),
            reason=_words(request.POST, "reason"), seen=request.POST.get("seen", ""),
            deal_value=leads.amount(request.POST.get("deal_value", "")),
        )  # fmt: skip
        told, problem = f"{moved}: {moved.get_status_display().lower()}.", ""
    except CrmError as refusal:
        told, problem = "", str(refusal)
    if getattr(request, "htmx", False):
        response: HttpResponse = TemplateResponse(
            request, "admin/crm/board/note.html", {"told": told, "problem": problem, "lead": lead}
        )
        response["HX-Trigger"] = json.dumps({"leads-changed": True})
        return response
    messages.error(request, problem) if problem else messages.success(request, told)
    return HttpResponseRedirect(_back(request))


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return reverse("admin:crm_lead_board")
