"""Every import with its counts and rejected rows: to download, to correct, to undo."""

from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin, TabularInline

from compliance.admin.readonly import ReadOnly
from compliance.admin.recorded import Recorded
from crm.admin.pages import require
from crm.errors import CrmError
from crm.imports import handing
from crm.imports.batches import undo
from crm.models import ImportBatch, ImportProfile, RejectedRow

UNDO = "crm.change_importbatch"
SEE = "crm.view_importbatch"


class RejectedRowInline(ReadOnly, TabularInline):
    model = RejectedRow
    fields = ("row", "is_in", "column", "value", "code", "reason")
    readonly_fields = fields
    extra = 0
    per_page = 50
    verbose_name_plural = "rows that stayed out, and rows to look at"


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnly, ModelAdmin):
    """The wizard, the commands and the API make them."""

    inlines = (RejectedRowInline,)
    list_display = (
        "file_name", "kind", "state", "read", "created", "updated", "unchanged", "rejected",
        "actor", "started_at",
    )  # fmt: skip
    list_filter = ("kind", "state")
    search_fields = ("file_name", "session_key", "actor")
    fields = (
        ("session_key", "batch_id"), ("kind", "state"), ("file_name", "encoding", "delimiter"),
        ("read", "created", "updated"), ("unchanged", "rejected", "companies_created"),
        ("flagged", "contacts_created", "properties_created"), "profile", "problem",
        "columns", "notes", ("actor", "started_at", "finished_at"),
    )  # fmt: skip
    change_form_outer_before_template = "admin/crm/importbatch/before.html"
    list_before_template = "admin/crm/importbatch/list_before.html"
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        site = self.admin_site.admin_view
        own = [
            path(
                "<uuid:object_id>/rejected.csv",
                site(rejected_file),
                name="crm_importbatch_rejected",
            ),
            path("<uuid:object_id>/undo/", site(undo_import), name="crm_importbatch_undo"),
        ]
        return [*own, *super().get_urls()]


@admin.register(ImportProfile)
class ImportProfileAdmin(Recorded, ModelAdmin):
    """The wizard and the commands keep them; here they are renamed and let go."""

    act = "import_profile"

    list_display = ("name", "kind", "created_by", "used_at")
    list_filter = ("kind",)
    search_fields = ("name",)
    fields = ("name", "kind", "header", "mapping", "defaults", "keep_unknown", "created_by")
    readonly_fields = ("kind", "header", "mapping", "defaults", "created_by")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@require_POST
def rejected_file(request: HttpRequest, object_id: UUID) -> HttpResponseBase:
    """The rows that stayed out, to correct and take in again; the ledger keeps who took them."""
    person = require(request, SEE)
    batch = get_object_or_404(ImportBatch, pk=object_id)
    if not handing.may_take(person, batch):
        raise PermissionDenied(handing.NOT_YOURS)
    return handing.hand_out_rejected(batch, actor=person.get_username())


@require_POST
def undo_import(request: HttpRequest, object_id: UUID) -> HttpResponse:
    """Take back what the import made, or say what was built on it."""
    if not request.user.has_perm(UNDO):  # type: ignore[union-attr]
        raise PermissionDenied
    batch = get_object_or_404(ImportBatch, pk=object_id)
    try:
        gone = undo(batch.pk, actor=request.user.get_username())  # type: ignore[union-attr]
        told = ", ".join(
            f"{count} {'people' if name == 'contacts' else name}"
            for name, count in gone.items()
            if count
        )
        messages.success(request, f"Taken back: {told or 'nobody'}.")
    except CrmError as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:crm_import", batch.pk)
