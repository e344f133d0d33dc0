"""What the pages of outreach share: who may, the admin's frame, and answers to htmx."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from compliance.admin.pages import require as require

VIEW = "outreach.view_message"
APPROVE = "outreach.approve_message"
BULK = "outreach.bulk_approve_message"
EDIT = "outreach.change_message"
PAUSE = "outreach.pause_campaign"
PAUSE_ALL = "outreach.pause_everything"
TRIAGE = "outreach.triage_message"
ADD_REQUEST = "crm.add_request"
EDIT_REQUEST = "crm.change_request"
VIEW_SEQUENCES = "outreach.view_sequence"
ADD_SEQUENCE = "outreach.add_sequence"
EDIT_SEQUENCES = "outreach.change_sequence"
VIEW_PEOPLE = "outreach.view_enrollment"
EDIT_PEOPLE = "outreach.change_enrollment"
EDIT_CAMPAIGN = "outreach.change_campaign"
ADD_CAMPAIGN = "outreach.add_campaign"


def rights(request: HttpRequest) -> dict[str, bool]:
    """What this person may do, for templates: no right, no button."""
    names = {
        "approve": APPROVE, "bulk": BULK, "edit": EDIT, "pause": PAUSE, "pause_all": PAUSE_ALL,
        "triage": TRIAGE, "add_request": ADD_REQUEST, "edit_sequences": EDIT_SEQUENCES,
        "edit_people": EDIT_PEOPLE, "add_campaign": ADD_CAMPAIGN, "edit_campaign": EDIT_CAMPAIGN,
    }  # fmt: skip
    return {name: request.user.has_perm(permission) for name, permission in names.items()}  # type: ignore[union-attr]


def page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """A whole page in the admin's frame."""
    frame = {**admin.site.each_context(request), "title": title, "is_fullwidth": "1"}
    return TemplateResponse(request, template, {**frame, "may": rights(request), **context})


def fragment(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """A piece of a page for htmx."""
    return TemplateResponse(request, template, {"may": rights(request), **context})


def changed(response: HttpResponse) -> HttpResponse:
    """Tell the page that counts and rows are out of date."""
    response["HX-Trigger"] = "queue-changed"
    return response


def posts(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only POST: a link or a crawler must never change anything."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return HttpResponse(
                "Use the button on the page.", status=405, headers={"Allow": "POST"}
            )
        return view(request, *args, **kwargs)

    return guarded
