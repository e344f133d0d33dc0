"""Do-not-call records: every version and file ever handed in, and our own list."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextInputWidget

from compliance.admin.pages import require
from compliance.admin.readonly import ReadOnly
from compliance.choices import DncFileStatus, DncStatus
from compliance.dnc.answers import age_in_days
from compliance.dnc.errors import DncRefused
from compliance.dnc.internal import add_internal, lift_internal
from compliance.dnc.numbers import read_phone
from compliance.models import DncFile, DncVersion, InternalDncNumber

LIFT = "compliance.delete_internaldncnumber"
COLOURS = {
    DncStatus.ACTIVE: "success",
    DncStatus.WAITING: "warning",
    DncStatus.FAILED: "danger",
    DncFileStatus.LOADED: "success",
}


class _Record(ReadOnly, ModelAdmin):
    """Written by imports, read by people, kept for ever."""

    show_full_result_count = False


@admin.register(DncVersion)
class DncVersionAdmin(_Record):
    list_display = (
        "source", "area_code", "list_date", "age", "numbers", "state", "activated_at",
        "activated_by",
    )  # fmt: skip
    list_filter = ("status", "source")
    search_fields = ("area_code", "source", "file__name", "file__sha256")

    @display(description="status", ordering="status", label=COLOURS)
    def state(self, version: DncVersion) -> tuple[str, str]:
        return version.status, version.get_status_display()

    @display(description="age")
    def age(self, version: DncVersion) -> str:
        return f"{age_in_days(version.list_date, timezone.now())} days"


@admin.register(DncFile)
class DncFileAdmin(_Record):
    list_display = (
        "name", "source", "list_date", "numbers", "state", "problem", "handed_in_by",
        "handed_in_at",
    )  # fmt: skip
    list_filter = ("status", "source")
    search_fields = ("name", "sha256", "handed_in_by")
    exclude = ("upload",)

    @display(description="status", ordering="status", label=COLOURS)
    def state(self, file: DncFile) -> tuple[str, str]:
        return file.status, file.get_status_display()


class InternalDncForm(forms.ModelForm):
    """A request not to be called, as somebody heard it."""

    number = forms.CharField(
        max_length=40,
        label="Phone number",
        widget=UnfoldAdminTextInputWidget,
        help_text="American numbers as they are dialled, others with + and country code.",
    )

    class Meta:
        model = InternalDncNumber
        fields = ("number", "reason")

    def clean_number(self) -> str:
        try:
            return read_phone(self.cleaned_data["number"])
        except DncRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


@admin.register(InternalDncNumber)
class InternalDncNumberAdmin(ModelAdmin):
    form = InternalDncForm
    list_display = ("shown", "reason", "added_by", "added_at", "state")
    list_filter = (("lifted_at", admin.EmptyFieldListFilter),)
    search_fields = ("phone", "reason")
    fields = ("number", "reason")
    seen_fields = (
        "shown", "reason", "added_by", "added_at", "file", "state", "lifted_at", "lifted_by",
        "lift_reason",
    )  # fmt: skip
    list_before_template = "admin/compliance/dnc/list_before.html"
    change_form_outer_before_template = "admin/compliance/dnc/before.html"
    show_full_result_count = False

    @display(description="phone", ordering="phone")
    def shown(self, row: InternalDncNumber) -> str:
        return str(row)

    @display(description="state", label={"stands": "danger", "lifted": "success"})
    def state(self, row: InternalDncNumber) -> str:
        return "lifted" if row.lifted_at else "stands"

    def get_fields(self, request: HttpRequest, obj: InternalDncNumber | None = None) -> Any:
        return self.seen_fields if obj else self.fields

    def get_readonly_fields(
        self, request: HttpRequest, obj: InternalDncNumber | None = None
    ) -> Any:
        return self.seen_fields if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # an entry stands or is lifted; it is not rewritten

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # nor is it ever forgotten

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """A number is found however it is written."""
        digits = "".join(character for character in search_term if character.isdigit())
        return super().get_search_results(request, queryset, digits or search_term)

    def save_model(
        self, request: HttpRequest, obj: InternalDncNumber, form: Any, change: bool
    ) -> None:
        number, actor = form.cleaned_data["number"], request.user.get_username()
        obj.pk = add_internal(number, actor=actor, reason=obj.reason).pk
        obj.refresh_from_db()  # an entry that stood already keeps its own words

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(lift)
        own = path("<int:object_id>/lift/", view, name="compliance_internaldncnumber_lift")
        return [own, *super().get_urls()]


@require_POST
def lift(request: HttpRequest, object_id: int) -> HttpResponse:
    """End an entry of our own list; the row stays."""
    person = require(request, LIFT)
    row = get_object_or_404(InternalDncNumber, pk=object_id)
    try:
        lift_internal(row, actor=person.get_username(), reason=request.POST.get("reason", ""))
        messages.success(request, f"{row} may be called again.")
    except DncRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:compliance_internaldncnumber_change", row.pk)
