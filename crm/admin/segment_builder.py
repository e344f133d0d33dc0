"""The builder of segments: rows of conditions in a form, and what they find while one types."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance.typed import number_of
from crm.admin import pages
from crm.admin.segment_rows import Node, show
from crm.errors import CrmError, EditConflictError
from crm.models import Segment, SegmentVersion
from crm.segments import form, preview, registry, versions
from crm.segments.definition import DefinitionError, Problem, parse
from crm.segments.fields import MOST_OFFERED
from crm.segments.words import changes, in_words

VIEW, ADD, EDIT = "crm.view_segment", "crm.add_segment", "crm.change_segment"
PAGE = "admin:crm_segment"
EDITOR = "admin/crm/segment/editor.html"
ROWS = "admin/crm/segment/rows.html"


@require_http_methods(["GET", "HEAD", "POST"])
def new_page(request: HttpRequest) -> HttpResponse:
    """GET begins with one empty condition; POST saves, or with `op` changes the rows."""
    person = pages.require(request, ADD)
    if request.method != "POST":
        return _page(request, form.empty(), title="New segment")
    draft = form.read_fields(request.POST)
    if request.POST.get("op"):
        return _rows(request, draft)
    told = {key: request.POST.get(key, "").strip() for key in ("name", "description")}
    try:
        made = versions.create_segment(
            told["name"], form.data_of(draft), actor=person.get_username(), owner=person,
            description=told["description"],
        )  # fmt: skip
    except CrmError as error:
        return _page(request, draft, title="New segment", error=error, **told)
    messages.success(request, f"“{made}” is kept. Start a campaign with it whenever you like.")
    return redirect(PAGE, made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_page(request: HttpRequest, segment_id: UUID) -> HttpResponse:
    """GET opens the newest version; POST saves the next one, or with `op` changes the rows."""
    person = pages.require(request, EDIT)
    segment = get_object_or_404(Segment, pk=segment_id)
    newest = versions.newest(segment)
    context: dict[str, Any] = {
        "title": f"Edit {segment}", "segment": segment, "base": newest.number,
        "name": segment.name, "description": segment.description,
    }  # fmt: skip
    if request.method != "POST":
        return _page(request, form.draft_of(newest.definition), **context)
    draft = form.read_fields(request.POST)
    if request.POST.get("op"):
        return _rows(request, draft)
    context |= {key: request.POST.get(key, "").strip() for key in ("name", "description", "note")}
    context["base"] = number_of(request.POST.get("base", ""), 0)
    try:
        version = _save(segment, draft, person.get_username(), context)
    except EditConflictError as conflict:
        context["theirs"] = _theirs(segment, context["base"], conflict)
        context["base"] = conflict.version
        return _page(request, draft, error=conflict, **context)
    except CrmError as error:
        return _page(request, draft, error=error, **context)
    messages.success(request, f"Saved: version {version.number} is the newest.")
    return redirect(PAGE, segment.pk)


def _save(
    segment: Segment, draft: form.Draft, actor: str, context: Mapping[str, Any]
) -> SegmentVersion:
    version = versions.write_version(
        segment, form.data_of(draft), actor=actor, note=context["note"],
        based_on=context["base"] or None,
    )  # fmt: skip
    versions.rename(segment, name=context["name"], description=context["description"], actor=actor)
    return version


@require_POST
def live(request: HttpRequest) -> HttpResponse:
    """What the rows find as they stand: in words, counted, the first of them. Writes nothing."""
    pages.require(request, VIEW)
    draft, now = form.read_fields(request.POST), timezone.now()
    try:
        group = parse(form.data_of(draft))
    except DefinitionError as error:
        return TemplateResponse(
            request, "admin/crm/segment/live.html", {"problems": error.problems}
        )
    context = {"words": in_words(group), "seen": preview.glance(group, now=now)}
    return TemplateResponse(request, "admin/crm/segment/live.html", context)


@require_safe
def suggest(request: HttpRequest, field: str) -> HttpResponse:
    """Values that begin as typed, as options of a list; the typed part is the only value sent."""
    pages.require(request, VIEW)
    asked = registry.find(field)
    sent = (str(value) for name, value in request.GET.items() if name.endswith(".value"))
    typed = next(sent, "").strip()[:80]
    offered: list[str] = []
    if asked and asked.choices:
        offered = [label for _value, label in asked.choices.search(typed)]
    elif asked and asked.suggest:
        offered = list(asked.suggest(typed))
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"values": offered[:MOST_OFFERED]})
    context = {"offered": offered[:MOST_OFFERED]}
    return TemplateResponse(request, "admin/crm/segment/options.html", context)


def _rows(request: HttpRequest, draft: form.Draft) -> HttpResponse:
    draft = form.change(draft, request.POST["op"])
    answer = TemplateResponse(request, ROWS, {"root": show(draft, []), "may_nest": True})
    answer["HX-Trigger-After-Settle"] = "segment-changed"
    return answer


def _page(
    request: HttpRequest,
    draft: form.Draft,
    *,
    title: str,
    error: CrmError | None = None,
    **context: Any,
) -> HttpResponse:
    problems = error.problems if isinstance(error, DefinitionError) else []
    root: Node = show(draft, problems)
    own = [Problem((), str(error))] if error and not problems else problems
    return pages.page(
        request, EDITOR, title, root=root, problems=own, conflict=context.get("theirs"), **context
    )


def _theirs(segment: Segment, base: int, conflict: EditConflictError) -> list[str]:
    mine = SegmentVersion.objects.filter(segment=segment, number=base).first()
    try:
        before = parse(mine.definition) if mine else parse({})
        return changes(before, parse(conflict.theirs)) or ["It asks the same."]
    except DefinitionError:
        return []
