"""Addresses nothing is sent to: listed with their latency, added by hand, read-only after that."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.decorators import display

from compliance.addresses import BadAddressError, normalise
from compliance.admin import lifting, suppression_lists
from compliance.choices import ASKED, SuppressionReason
from compliance.models import Suppression
from compliance.opt_outs import opt_out
from compliance.suppression import latency, suppress

BY_HAND = (SuppressionReason.OPT_OUT, SuppressionReason.COMPLAINT, SuppressionReason.MANUAL)
MEASURED = timedelta(days=90)


class SuppressionForm(forms.ModelForm):
    """A request that reached a person: by phone, on paper, in a meeting."""

    class Meta:
        model = Suppression
        fields = ("kind", "address", "scope", "reason", "source", "words", "received_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "reason" in self.fields:
            labels = [(reason.value, reason.label) for reason in BY_HAND]
            self.fields["reason"].choices = labels  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") and cleaned.get("address"):
            try:
                cleaned["address"] = normalise(cleaned["kind"], cleaned["address"])
            except BadAddressError as error:
                self.add_error("address", str(error))
        received = cleaned.get("received_at")
        if received and received > timezone.now():
            self.add_error("received_at", "This is in the future.")
        return cleaned

    def validate_constraints(self) -> None:
        """An address that stands there already is noted once more, not refused."""


@admin.register(Suppression)
class SuppressionAdmin(ModelAdmin):
    form = SuppressionForm
    list_display = (
        "shown_address", "kind", "scope", "reason", "source", "received_at", "took", "state",
    )  # fmt: skip
    list_filter = ("reason", "kind", "scope", ("lifted_at", admin.EmptyFieldListFilter))
    search_fields = ("address", "words", "source")
    fields = ("kind", "address", "scope", "reason", "source", "words", "received_at")
    seen_fields = (
        "kind", "shown_address", "scope", "reason", "source", "words", "received_at", "latest_at",
        "effective_at", "took", "imported_from", "state", "lifted_at", "lifted_by",
        "lifted_by_consent",
    )  # fmt: skip
    change_form_outer_before_template = "admin/compliance/suppression/before.html"
    list_before_template = "admin/compliance/suppression/list_before.html"
    show_full_result_count = False

    @display(description="address", ordering="address")
    def shown_address(self, row: Suppression) -> str:
        return "Erased; its keyed hash is kept" if row.erased_at else row.address

    @display(description="took")
    def took(self, row: Suppression) -> str:
        """The time from hearing it to stopping; an imported entry was in force elsewhere."""
        if row.imported_from:
            return "—"
        return in_words(timedelta(milliseconds=row.latency_ms))

    @display(description="state", label={"stands": "danger", "lifted": "success"})
    def state(self, row: Suppression) -> str:
        return "stands" if row.stands else "lifted"

    def get_fields(self, request: HttpRequest, obj: Suppression | None = None) -> Any:
        return self.seen_fields if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Suppression | None = None) -> Any:
        return self.seen_fields if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # an entry stands or is lifted; it is not rewritten

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # nor is it ever forgotten

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"reason": SuppressionReason.OPT_OUT, **super().get_changeform_initial_data(request)}

    def save_model(self, request: HttpRequest, obj: Suppression, form: Any, change: bool) -> None:
        """What a person asked for reaches all that is theirs, other entries one address."""
        actor = request.user.get_username()
        said: dict[str, Any] = {
            "reason": obj.reason, "source": obj.source, "words": obj.words,
            "received_at": obj.received_at, "scope": obj.scope, "actor": actor,
        }  # fmt: skip
        if obj.reason in ASKED:
            row = opt_out([(obj.kind, obj.address)], **said).rows[0]
        else:
            row = suppress(obj.kind, obj.address, **said)
        obj.pk = row.pk

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        measured = latency(since=timezone.now() - MEASURED)
        context = {
            "latency": measured,
            "mean": in_words(measured.mean),
            "worst": in_words(measured.worst),
            "may_import": request.user.has_perm("compliance.add_suppression"),
            "may_export": request.user.has_perm("compliance.export_suppression"),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        name = "compliance_suppression"
        own = [
            path("import/", view(suppression_lists.import_page), name=f"{name}_import"),
            path("<int:object_id>/lift/", view(lifting.lift_page), name=f"{name}_lift"),
            path("<int:object_id>/release/", view(lifting.release_hold), name=f"{name}_release"),
            path("export/", view(suppression_lists.export), name=f"{name}_export"),
        ]
        return [*own, *super().get_urls()]


def in_words(took: timedelta) -> str:
    """“40 ms”, “1.2 s”, “3 min”, “2 days”: as exact as anybody wants to read it."""
    seconds = took.total_seconds()
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 120:
        return f"{seconds:.1f} s"
    if seconds < 7200:
        return f"{seconds / 60:.0f} min"
    if seconds < 48 * 3600:
        return f"{seconds / 3600:.0f} h"
    return f"{seconds / 86400:.0f} days"
