"""Segments: what there is, one with its people and versions, and what may be done with it."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from compliance import audit
from compliance.admin import asked
from compliance.spreadsheets import line_of
from compliance.typed import key_of, number_of
from crm.admin import pages
from crm.admin.segment_builder import ADD, EDIT, PAGE, VIEW
from crm.errors import CrmError
from crm.models import Segment, SegmentSnapshot, SegmentVersion
from crm.segments import exclusions, preview, versions
from crm.segments.compile import find
from crm.segments.definition import DefinitionError, Group, parse
from crm.segments.export import rows_of
from crm.segments.words import changes, in_words

EXPORT = "crm.export_segment"
START = "outreach.add_campaign"


@require_safe
def list_page(request: HttpRequest) -> HttpResponse:
    """Every segment with what it asks; `?show=archived` those put away."""
    pages.require(request, VIEW)
    asked.only(request, "show")
    archived = asked.one_of(request, "show", ["archived"]) == "archived"
    rows = Segment.objects.filter(archived_at__isnull=not archived).select_related("owner")
    rows = rows.annotate(
        version=Max("versions__number"), used=Count("versions__snapshots", distinct=True)
    )
    newest = {
        one.segment_id: one
        for one in SegmentVersion.objects.filter(segment__in=rows)
        .order_by("segment", "number").only("segment", "number", "definition")
    }  # fmt: skip
    cards = [(one, _words(newest[one.pk])) for one in rows.order_by("name")]
    return pages.page(
        request, "admin/crm/segment/list.html", "Segments", cards=cards, archived=archived,
        may=_may(request),
    )  # fmt: skip


@require_safe
def segment_page(request: HttpRequest, segment_id: UUID) -> HttpResponse:
    """What it asks, its versions with what changed, and the campaigns it was frozen for."""
    pages.require(request, VIEW)
    segment = get_object_or_404(Segment.objects.select_related("owner"), pk=segment_id)
    rows = list(SegmentVersion.objects.filter(segment=segment).order_by("-number"))
    frozen = SegmentSnapshot.objects.filter(version__segment=segment).select_related("version")
    return pages.page(
        request, "admin/crm/segment/page.html", segment.name, segment=segment, newest=rows[0],
        words=_words(rows[0]), history=_history(rows), frozen=frozen[:50], may=_may(request),
    )  # fmt: skip


@require_safe
def people(request: HttpRequest, segment_id: UUID) -> HttpResponse:
    """How many it finds now and a page of them, for htmx."""
    pages.require(request, VIEW)
    segment = get_object_or_404(Segment, pk=segment_id)
    after, now = key_of(request.GET.get("after", "")), timezone.now()
    try:
        group = versions.definition_of(versions.newest(segment))
    except DefinitionError as error:
        context: dict[str, Any] = {"problems": error.problems, "segment": segment}
        return TemplateResponse(request, "admin/crm/segment/people.html", context)
    context = {"segment": segment, "page": preview.page(group, after=after, now=now)}
    if after is None:
        found = preview.count(group, now=now)
        context |= {"count": found, "notices": preview.notices(group, found, now=now)}
    return TemplateResponse(request, "admin/crm/segment/people.html", context)


@require_safe
def left_out(request: HttpRequest, segment_id: UUID) -> HttpResponse:
    """How many of them could not be written to as things stand, by reason; for htmx."""
    pages.require(request, VIEW)
    segment = get_object_or_404(Segment, pk=segment_id)
    now, context = timezone.now(), {"segment": segment}
    try:
        group = versions.definition_of(versions.newest(segment))
        context |= _left_out(group, now)
    except DefinitionError as error:
        context |= {"problems": error.problems}  # type: ignore[dict-item]
    return TemplateResponse(request, "admin/crm/segment/left_out.html", context)


def _left_out(group: Group, now: Any) -> dict[str, Any]:
    found = find(group, now=now)
    if found[exclusions.MOST_COUNTED : exclusions.MOST_COUNTED + 1].exists():
        return {"too_many": exclusions.MOST_COUNTED}
    return {"kept": exclusions.count_left_out(group, found, now=now)}


@require_POST
def export(request: HttpRequest, segment_id: UUID) -> HttpResponse | StreamingHttpResponse:
    """The people as CSV, no cell a formula; that they were handed out stands in the ledger."""
    person = pages.require(request, EXPORT)
    segment = get_object_or_404(Segment, pk=segment_id)
    version = versions.newest(segment)
    try:
        group = versions.definition_of(version)
    except DefinitionError as error:
        messages.error(request, str(error))
        return redirect(PAGE, segment.pk)
    now = timezone.now()
    with transaction.atomic():
        data = {"version": version.number, "people": preview.count(group, now=now)}
        audit.append("segment.exported", segment, actor=person.get_username(), data=data)
    answer = StreamingHttpResponse(_csv(rows_of(group, now=now)), content_type="text/csv")
    name = slugify(segment.name) or "segment"
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


def _csv(rows: Iterator[list[str]]) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf"  # spreadsheets read UTF-8 by it
    for row in rows:
        yield line_of(row).encode()


def _act(
    permission: str, do: Callable[[HttpRequest, Segment, str], tuple[str, Segment]]
) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """A button of the page: does it, says so, and shows the segment it is about."""

    @require_POST
    def view(request: HttpRequest, segment_id: UUID) -> HttpResponse:
        person = pages.require(request, permission)
        segment = get_object_or_404(Segment, pk=segment_id)
        try:
            words, segment = do(request, segment, person.get_username())
            messages.success(request, words)
        except CrmError as error:
            messages.error(request, str(error))
        return redirect(PAGE, segment.pk)

    return view


def _restore(request: HttpRequest, segment: Segment, actor: str) -> tuple[str, Segment]:
    number = number_of(request.POST.get("number", ""), 0)
    version = versions.restore(segment, number, actor=actor)
    return f"Version {version.number} is the newest and asks what version {number} did.", segment


def _duplicate(request: HttpRequest, segment: Segment, actor: str) -> tuple[str, Segment]:
    owner: Any = request.user
    made = versions.duplicate(segment, actor=actor, owner=owner)
    return f"“{made}” is a copy; change it as you like.", made


def _archive(request: HttpRequest, segment: Segment, actor: str) -> tuple[str, Segment]:
    back = request.POST.get("back") == "1"
    versions.archive(segment, actor=actor, back=back)
    return f"“{segment}” is {'back' if back else 'archived'}.", segment


restore = _act(EDIT, _restore)
duplicate = _act(ADD, _duplicate)
archive = _act(EDIT, _archive)


def _words(version: SegmentVersion) -> str:
    """The definition in words, or what is wrong with it."""
    try:
        return in_words(versions.definition_of(version))
    except DefinitionError as error:
        return str(error)


def _history(rows: list[SegmentVersion]) -> list[tuple[SegmentVersion, str, list[str]]]:
    """Each version, newest first, in words and with what changed from the one before."""
    before: list[SegmentVersion | None] = [*rows[1:], None]
    return [
        (version, _words(version), _changed(older, version))
        for version, older in zip(rows, before, strict=True)
    ]


def _changed(older: SegmentVersion | None, version: SegmentVersion) -> list[str]:
    if older is None:
        return []
    try:
        return changes(parse(older.definition), parse(version.definition))
    except DefinitionError:
        return ["One of the two asks for what is no longer there: they cannot be compared."]


def _may(request: HttpRequest) -> dict[str, bool]:
    names = {"add": ADD, "edit": EDIT, "export": EXPORT, "start": START}
    return {name: request.user.has_perm(one) for name, one in names.items()}  # type: ignore[union-attr]
