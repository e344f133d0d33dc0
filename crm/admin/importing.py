"""The wizard of lists: upload, columns, check, apply, with progress as it goes."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance.admin import asked
from compliance.choices import LineType
from crm.admin.pages import page, require
from crm.choices import CompanyKind, Deliverability
from crm.deliverability.domains import state_of
from crm.errors import CrmError
from crm.imports import handing, uploads
from crm.imports.cells import country as read_country
from crm.imports.columns import SEVERAL
from crm.imports.kinds import KINDS
from crm.imports.labels import label_of
from crm.imports.plan import Plan, read_plan
from crm.imports.problems import BadFileError
from crm.imports.streaming import is_cut, limited
from crm.imports.tally import DOMAINS, LINES, REGIONS, in_words
from crm.models import ImportBatch, RejectedRow
from crm.models.imported import MOVING_STATES, ImportKind, ImportState

SEE, ADD = "crm.view_importbatch", "crm.add_importbatch"
SAMPLES, PER_PAGE = 4, 50
MOST_DEAD = 12
SHOWN_COLUMNS = 300
ACTS = {"apply": uploads.apply, "discard": uploads.discard, "go-on": uploads.go_on}
# What a whole list may say where no column does, by kind.
DEFAULTS = {
    ImportKind.CONTACTS: ("source", "tags", "state", "county", "language"),
    ImportKind.COMPANIES: ("source", "tags", "country", "categories", "industry"),
    ImportKind.LEADS: ("county", "state", "source", "tags", "market", "distress_reason"),
}


@limited
@require_http_methods(["GET", "HEAD", "POST"])
def new_import(request: HttpRequest) -> HttpResponse:
    """GET shows where to drop a list; POST keeps it and goes on to its columns."""
    person = require(request, ADD)
    kind, problem = request.POST.get("kind") or request.GET.get("kind", ""), ""
    if request.method == "POST":
        uploaded = request.FILES.get("file")
        try:
            if is_cut(request):
                raise BadFileError(uploads.too_large())
            if not isinstance(uploaded, UploadedFile):
                raise BadFileError("Choose a file first, or drop one here.")
            if kind not in KINDS or not request.user.has_perm(KINDS[kind].permission):  # type: ignore[union-attr]
                raise BadFileError("Say what the list holds: people, companies or leads.")
            batch = uploads.receive(
                uploaded, kind, actor=person.get_username(),
                session_key=request.POST.get("session", ""),
            )  # fmt: skip
            return redirect("admin:crm_import_columns", batch.pk)
        except CrmError as refusal:
            problem = str(refusal)
    kinds = [
        {
            "value": value,
            "label": ImportKind(value).label,
            "needs": one.needs,
            "first": one.example.split(","),
        }
        for value, one in KINDS.items()
        if request.user.has_perm(one.permission)  # type: ignore[union-attr]
    ]
    return page(
        request, "admin/crm/imports/new.html", "Import a list", problem=problem, kinds=kinds,
        kind=kind or (kinds[0]["value"] if kinds else ""), session=request.POST.get("session", ""),
        recent=ImportBatch.objects.all()[:8], most=settings.IMPORT_MAX_BYTES,
        too_large=uploads.too_large(),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def columns_page(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """GET shows each column with samples and its field; POST has the whole list checked."""
    person = require(request, ADD)
    batch = get_object_or_404(ImportBatch, pk=batch_id)
    require(request, KINDS[batch.kind].permission)
    plan, name, problem = read_plan(batch.plan), "", batch.problem
    if request.method == "POST":
        name = request.POST.get("profile_name", "")
        try:
            plan = _plan_of(request, batch)
            uploads.choose(batch, plan, actor=person.get_username(), profile_name=name)
            return redirect("admin:crm_import", batch.pk)
        except CrmError as refusal:
            problem = str(refusal)
    try:
        rows = uploads.first_rows(batch, SAMPLES)
    except CrmError as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:crm_import", batch.pk)
    return page(
        request, "admin/crm/imports/columns.html", f"Columns of {batch.file_name}", batch=batch,
        columns=_columns(batch, plan, rows), fields=sorted(KINDS[batch.kind].fields, key=label_of),
        plan=plan, problem=problem, profile_name=name, several=sorted(SEVERAL),
        needs=KINDS[batch.kind].needs, company_kinds=CompanyKind.choices,
        hidden=max(0, len(batch.header) - SHOWN_COLUMNS), notes=batch.notes,
        defaults=[
            (field, plan.defaults.get(field, "")) for field in DEFAULTS[ImportKind(batch.kind)]
        ],
    )  # fmt: skip


def _columns(batch: ImportBatch, plan: Plan, rows: list[tuple[str, ...]]) -> list[dict[str, Any]]:
    chosen = plan.fields or ("",) * len(batch.header)
    return [
        {
            "number": n,
            "heading": heading or f"column {n + 1}",
            "field": field,
            "samples": [row[n] for row in rows if n < len(row) and row[n].strip()],
        }
        for n, (heading, field) in enumerate(zip(batch.header, chosen, strict=True))
    ][:SHOWN_COLUMNS]


def _plan_of(request: HttpRequest, batch: ImportBatch) -> Plan:
    """The plan as the form says; columns beyond the form stay as they were."""
    before = read_plan(batch.plan)
    stood = before.fields or ("",) * len(batch.header)
    kind = request.POST.get("company_kind", "")
    return uploads.plan_from(
        batch,
        {
            "fields": tuple(
                request.POST.get(f"column-{n}", field) for n, field in enumerate(stood)
            ),
            "defaults": {
                field: value
                for field in DEFAULTS[ImportKind(batch.kind)]
                if (value := request.POST.get(f"default-{field}", "").strip())
            },
            "country": read_country(request.POST.get("country", "").strip()) or "US",
            "keep_unknown": request.POST.get("keep_unknown") == "on",
            "company_kind": kind if kind in {"", *CompanyKind.values} else before.company_kind,
        },
    )


@require_safe
def import_page(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """One list: how far it is, what would be or was made, and the rows that stay out."""
    require(request, SEE)
    batch = get_object_or_404(ImportBatch.objects.select_related("profile"), pk=batch_id)
    return page(
        request, "admin/crm/imports/run.html", f"Import of {batch.file_name}",
        **_state(request, batch),
    )  # fmt: skip


@require_safe
def live(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """The part of the page that moves; once nothing moves any more, the whole page comes anew."""
    require(request, SEE)
    batch = get_object_or_404(ImportBatch.objects.select_related("profile"), pk=batch_id)
    answer = TemplateResponse(request, "admin/crm/imports/live.html", _state(request, batch))
    if batch.state not in MOVING_STATES:
        answer["HX-Refresh"] = "true"
    return answer


def _state(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    asked.only(request, "show", "page")
    only = asked.one_of(request, "show", ["rejected", "flagged"], "rejected")
    rows = RejectedRow.objects.filter(batch=batch, is_in=only == "flagged").defer("cells")
    moving = batch.state in MOVING_STATES
    return {
        "batch": batch,
        "moving": moving,
        "checking": batch.state == ImportState.CHECKING,
        "checked": batch.state == ImportState.CHECKED,
        "share": min(100, batch.read * 100 // max(batch.about - 1, batch.read, 1)),
        "only": only,
        "rows": None if moving else Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        **_addresses(batch),
        "samples": [
            (title, [one for one in batch.samples if one["outcome"] == outcome])
            for outcome, title in (("created", "New"), ("updated", "Changed"))
        ],
        "may_apply": request.user.has_perm(KINDS[batch.kind].permission)  # type: ignore[union-attr]
        and request.user.has_perm(ADD),  # type: ignore[union-attr]
        "may_take": handing.may_take(request.user, batch),  # type: ignore[arg-type]
        "may_undo": request.user.has_perm("crm.change_importbatch")  # type: ignore[union-attr]
        and batch.state in (ImportState.DONE, ImportState.FAILED),
    }


def _addresses(batch: ImportBatch) -> dict[str, Any]:
    """What the numbers and mailboxes are, in words, and the domains that take no mail."""
    lines, regions = batch.tally.get(LINES, {}), batch.tally.get(REGIONS, {})
    mail = state_of(batch.tally.get(DOMAINS, {}))
    words = {**dict(LineType.choices), **dict(Deliverability.choices)}
    told = {
        "Numbers": {words[one].lower(): number for one, number in lines.items()},
        "Countries of numbers": regions,
        "Mail domains": {
            words.get(one, one).lower(): number for one, number in mail.addresses.items()
        },
    }
    return {
        "addresses": [(title, in_words(counts)) for title, counts in told.items() if counts],
        "dead": mail.dead[:MOST_DEAD],
        "dead_beyond": max(0, len(mail.dead) - MOST_DEAD),
    }


@require_POST
def act(request: HttpRequest, batch_id: UUID, name: str) -> HttpResponse:
    """Apply, throw away or go on."""
    person = require(request, ADD)
    batch = get_object_or_404(ImportBatch, pk=batch_id)
    require(request, KINDS[batch.kind].permission)
    try:
        ACTS[name](batch, actor=person.get_username())
    except CrmError as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:crm_import", batch.pk)
    if name == "discard":
        messages.success(request, f"{batch.file_name} was thrown away; nothing of it was kept.")
        return redirect("admin:crm_import_new")
    return redirect("admin:crm_import", batch.pk)


@require_POST
def report_file(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """What became of the list, as CSV; the ledger keeps who took it."""
    person = require(request, SEE)
    batch = get_object_or_404(ImportBatch, pk=batch_id)
    if not handing.may_take(person, batch):
        raise PermissionDenied(handing.NOT_YOURS)
    return handing.hand_out_report(batch, actor=person.get_username())
