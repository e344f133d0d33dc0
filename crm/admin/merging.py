"""Duplicates: pairs to decide, side by side, one after the other; and taking a merge back."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from compliance.admin import asked
from crm.admin import pages
from crm.errors import CrmError
from crm.merge import merge_companies, merge_contacts, unmerge
from crm.merging import candidates, review
from crm.merging.fields import COMPANY_FIELDS, CONTACT_FIELDS
from crm.models import MergeCandidate, MergeKind, MergeRecord

MERGE = "crm.merge_records"
VIEW = {MergeKind.CONTACT: "crm.view_contact", MergeKind.COMPANY: "crm.view_company"}
FIELDS = {MergeKind.CONTACT: CONTACT_FIELDS, MergeKind.COMPANY: COMPANY_FIELDS}
ACT: dict[str, Any] = {MergeKind.CONTACT: merge_contacts, MergeKind.COMPANY: merge_companies}
LATELY = 8


@require_safe
def next_pair(request: HttpRequest) -> HttpResponse:
    """The pair to decide next, or that there is none."""
    pages.require(request, VIEW[MergeKind.CONTACT])
    asked.only(request, "kind")
    wanted = asked.one_of(request, "kind", MergeKind.values)
    for row in candidates.open_candidates(wanted)[:50]:
        first, second = review.better_first(row.kind, row.first, row.second)
        found = review.compare(row.kind, first, second)
        if found is not None:
            return _page(request, row.kind, found, wanted)
    return _page(request, wanted, None, wanted)


@require_safe
def pair(request: HttpRequest, kind: str, one: UUID, other: UUID) -> HttpResponse:
    """Two of our choosing: the first one stays unless somebody swaps them."""
    _require_kind(request, kind)
    found = review.compare(kind, one, other)
    if found is None or one == other:
        raise Http404("One of the two is not there any more.")
    return _page(request, kind, found, kind)


@require_POST
def decide(request: HttpRequest, kind: str, one: UUID, other: UUID) -> HttpResponse:
    """Merge, tell apart or put off; then comes the next pair."""
    _require_kind(request, kind)
    actor = pages.require(request, MERGE).get_username()
    known = candidates.of_pair(kind, one, other)
    try:
        if request.POST.get("act") == "merge":
            _merge(request, kind, one, other, actor)
        elif request.POST.get("act") == "later" and known:
            candidates.put_off(known.pk, actor=actor)
        elif request.POST.get("act") == "dismiss":
            candidates.tell_apart(kind, one, other, actor=actor)
            messages.success(request, "Told apart. They come back only if something changes.")
    except CrmError as refusal:
        messages.error(request, str(refusal))
    return _on(request)


def _merge(request: HttpRequest, kind: str, one: UUID, other: UUID, actor: str) -> None:
    offered = [name for name in FIELDS[MergeKind(kind)] if f"keep-{name}" in request.POST]
    take = {name for name in offered if request.POST[f"keep-{name}"] == "other"}
    record: MergeRecord = ACT[kind](one, other, actor=actor, take=take)
    told = " ".join([f"“{record.merged}” lives on in “{record.survivor}”.", *record.told])
    messages.success(request, told)


@require_POST
def undo(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Take a merge back, and say what stays."""
    actor = pages.require(request, MERGE).get_username()
    try:
        record = unmerge(record_id, actor=actor)
        messages.success(request, " ".join(["They are two again.", *record.told]))
    except MergeRecord.DoesNotExist as missing:
        raise Http404("There is no such merge.") from missing
    except CrmError as refusal:
        messages.error(request, str(refusal))
    return _on(request)


def whom_today(model: Any, object_id: str) -> Any:
    """Who an id of old means today; None for an id nobody ever had."""
    try:
        found = model.everybody.filter(pk=UUID(object_id)).first()
    except ValueError:
        return None
    return found.standing if found else None


def compare_chosen(request: HttpRequest, kind: str, rows: QuerySet[Any]) -> HttpResponse | None:
    """The action of a list: the page of the two that were marked."""
    keys = list(rows.order_by().values_list("pk", flat=True)[:3])
    if len(keys) != 2:
        messages.error(request, "Mark exactly two.")
        return None
    return redirect("admin:crm_merge_pair", kind, *review.better_first(kind, *keys))


def _require_kind(request: HttpRequest, kind: str) -> None:
    if kind not in MergeKind.values:
        raise Http404("People or companies can be merged.")
    pages.require(request, VIEW[MergeKind(kind)])


def _on(request: HttpRequest) -> HttpResponseRedirect:
    kind = request.POST.get("kind", "")
    query = f"?{urlencode({'kind': kind})}" if kind in MergeKind.values else ""
    return redirect(reverse("admin:crm_merge") + query)


def _page(
    request: HttpRequest, kind: str, found: review.Comparison | None, wanted: str
) -> HttpResponse:
    known: MergeCandidate | None = None
    if found is not None:
        known = candidates.of_pair(kind, found.kept.row.pk, found.gone.row.pk)
    waiting = candidates.waiting()
    tabs = [("", "All", sum(waiting.values())),
            *((k.value, str(k.label), waiting.get(k, 0)) for k in MergeKind)]  # fmt: skip
    lately = MergeRecord.objects.filter(undone_at=None).select_related(
        "contact", "merged_contact", "company", "merged_company"
    )
    return pages.page(
        request, "admin/crm/merge/page.html", "Duplicates", kind=kind, found=found,
        sides=[found.kept, found.gone] if found else [],
        held_back=[(MergeKind(kind).label, n) for kind, n in candidates.held_back().items()],
        candidate=known, tabs=tabs, wanted=wanted, lately=lately[:LATELY],
        may=request.user.has_perm(MERGE),  # type: ignore[union-attr]
    )  # fmt: skip
