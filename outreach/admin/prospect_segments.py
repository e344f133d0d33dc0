"""Segments that people are put into by rules: who is where and why, and the rules themselves."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from compliance.admin import asked
from compliance.typed import number_of
from crm.errors import CrmError
from crm.models import Assignment, Contact
from crm.models.assignment import in_segment
from crm.scoring import segmenting
from crm.scoring.definition import DefinitionError
from crm.scoring.segmenting import RulesChangedError
from outreach.actors import name_of
from outreach.admin import doors
from outreach.tasks import kick_scores

VIEW, SAY, PUT = "crm.view_assignment", "crm.change_assignment", "crm.switch_segmentrules"
A_PAGE = 50
NONE = "none"


@require_safe
def segments_page(request: HttpRequest) -> HttpResponse:
    """How people stand over the segments, and the people with the reason for each."""
    doors.require(request, VIEW)
    return _page(request)


@doors.posts
def say_segment(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """One of us says where somebody belongs, or leaves it to the rules again."""
    person = doors.require(request, SAY)
    contact = get_object_or_404(Contact, pk=contact_id)
    because = request.POST.get("because", "").strip()
    try:
        row = segmenting.override(
            contact, request.POST.get("segment", ""), actor=name_of(person), because=because
        )
    except CrmError as error:
        notices.error(request, str(error))
    else:
        told = "It stays until somebody says otherwise." if row.said else "The rules decide again."
        held = row.holds.replace("_", " ") or "no segment"
        notices.success(request, f"{contact}: {held}. {told}")
    answer = redirect("admin:outreach_prospect_segments")
    if (shown := request.POST.get("shown", "")) and len(shown) < 60:
        answer["Location"] += f"?segment={shown}" if shown.replace("_", "").isalnum() else ""
    return answer


@doors.posts
def put_rules(request: HttpRequest) -> HttpResponse:
    """Put the rules typed in force; the worker puts everybody anew."""
    person = doors.require(request, PUT)
    expected = number_of(request.POST.get("version", ""), 0)
    try:
        data = json.loads(request.POST.get("rules", ""))
        if not isinstance(data, dict):
            raise DefinitionError(["Write one JSON object: {…}."])
        note = request.POST.get("note", "").strip()
        stored = segmenting.put_in_force(data, actor=name_of(person), expected=expected, note=note)
    except DefinitionError as error:
        return _page(request, problems=error.problems)
    except (ValueError, RecursionError) as error:
        return _page(request, problems=[f"This is no JSON: {error}."])
    except RulesChangedError as error:
        return _page(request, problems=[str(error)])
    kick_scores()
    notices.success(request, f"{stored} are in force. Everybody is being looked at anew.")
    return redirect("admin:outreach_prospect_segments")


def _page(request: HttpRequest, *, problems: list[str] | None = None) -> HttpResponse:
    try:
        segmenter = segmenting.current()
    except CrmError as error:
        return doors.page(
            request, "admin/outreach/prospects/page.html", "Prospect segments", missing=str(error)
        )
    spread = segmenting.distribution(segmenter)
    asked.only(request, "segment", "page")
    wanted = asked.one_of(request, "segment", {**spread.labels, NONE: "none"})
    rows = Assignment.objects.filter(contact__erased_at=None).select_related("contact__company")
    if wanted:
        rows = rows.filter(in_segment("" if wanted == NONE else wanted))
    people = Paginator(rows.order_by("contact__name", "pk"), A_PAGE)
    stored = json.dumps(segmenter.stored.definition, indent=2, ensure_ascii=False)
    held = request.user.has_perm  # type: ignore[union-attr]
    context: dict[str, Any] = {
        "spread": spread, "rows": spread.rows, "wanted": wanted, "labels": spread.labels.items(),
        "people": people.get_page(request.GET.get("page")), "stored": segmenter.stored,
        "text": request.POST.get("rules", stored), "note": request.POST.get("note", ""),
        "problems": problems, "may_say": held(SAY), "may_put": held(PUT),
        "unassigned": spread.counts.get("", 0),
    }  # fmt: skip
    return doors.page(request, "admin/outreach/prospects/page.html", "Prospect segments", **context)
