"""Companies and people, with what was learned of how they answer."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin, TabularInline

from compliance.choices import LineType
from compliance.line_types import WHAT_FOLLOWS
from crm import lines
from crm.admin import erasing, merging
from crm.choices import PointKind
from crm.models import Company, Contact, ContactPoint, MergeKind


class ContactInline(TabularInline):
    model = Contact
    fields = ("name", "role", "language", "is_primary")
    extra = 0
    show_change_link = True


class PointInline(TabularInline):
    model = ContactPoint
    fields = ("kind", "value", "line_type", "preferred", "state", "source")
    extra = 0


@admin.register(Company)
class CompanyAdmin(SimpleHistoryAdmin, ModelAdmin):
    inlines = (ContactInline,)
    list_display = ("name", "kind", "city", "preferred_channel", "answers", "answer_time", "active")
    list_filter = ("kind", "categories", "preferred_channel", "active")
    search_fields = ("name", "domain", "description", "city")
    filter_horizontal = ("categories",)
    actions = ("compare",)
    readonly_fields = ("answers", "answer_time", "times_contacted", "times_replied")
    show_full_result_count = False

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(merging.MERGE)  # type: ignore[union-attr]

    @admin.action(description="Compare and merge two", permissions=["merge"])
    def compare(self, request: HttpRequest, rows: QuerySet[Company]) -> HttpResponse | None:
        """Two that somebody knows to be one, side by side."""
        return merging.compare_chosen(request, MergeKind.COMPANY, rows)

    @admin.display(description="answers")
    def answers(self, company: Company) -> str:
        rate = company.response_rate
        return "—" if rate is None else f"{rate:.0%} of {company.times_contacted}"

    @admin.display(description="answers within", ordering="response_hours")
    def answer_time(self, company: Company) -> str:
        hours = company.response_hours
        if hours is None:
            return "—"
        return f"{hours * 60:.0f} min" if hours < 1 else f"{hours:.0f} h"


@admin.register(Contact)
class ContactAdmin(SimpleHistoryAdmin, ModelAdmin):
    inlines = (PointInline,)
    list_display = ("__str__", "company", "role", "language", "is_primary")
    list_select_related = ("company",)
    search_fields = ("name", "company__name", "points__value")
    autocomplete_fields = ("company",)
    actions = ("compare", "erase_people")
    change_form_outer_before_template = "admin/crm/contact/before.html"
    show_full_result_count = False

    def has_change_permission(self, request: HttpRequest, obj: Contact | None = None) -> bool:
        """There is nothing to write on who was erased."""
        return (obj is None or not obj.erased_at) and super().has_change_permission(request, obj)

    def has_erase_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(erasing.ERASE)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """A number is the same line at everybody who has it, and the ledger says who said so."""
        said = _lines_said(formset)
        super().save_formset(request, form, formset, change)
        for point, line in said:
            actor = request.user.get_username()
            if line is None:  # another number: it is what it is at others who have it
                lines.learn(point.value, LineType.UNKNOWN, actor=actor, reason="known elsewhere")
            else:
                lines.mark(point.value, line, actor=actor, reason="said by hand")

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        followed = [(line.label, WHAT_FOLLOWS[line]) for line in LineType]
        context = {"lines": followed, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(merging.MERGE)

    @admin.action(description="Compare and merge two", permissions=["merge"])
    def compare(self, request: HttpRequest, people: QuerySet[Contact]) -> HttpResponse | None:
        """Two that somebody knows to be one, side by side."""
        return merging.compare_chosen(request, MergeKind.CONTACT, people)

    @admin.action(description="Erase these people for good …", permissions=["erase"])
    def erase_people(self, request: HttpRequest, people: QuerySet[Contact]) -> HttpResponse | None:
        """Ask first; the second post erases."""
        return erasing.erase_people(request, people)

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(erasing.export)
        own = [path("<uuid:object_id>/holdings/", export, name="crm_contact_holdings")]
        return [*own, *super().get_urls()]


def _lines_said(formset: Any) -> list[tuple[ContactPoint, LineType | None]]:
    """The numbers whose line was chosen, and those that are new (None).

    The row itself keeps its line until `lines` writes it, with the entry in the ledger.
    """
    said: list[tuple[ContactPoint, LineType | None]] = []
    for row in formset.forms:
        point = row.instance
        if not isinstance(point, ContactPoint) or row in formset.deleted_forms:
            continue
        if "line_type" in row.changed_data:
            said.append((point, LineType(point.line_type)))
            point.line_type = row.initial.get("line_type", LineType.UNKNOWN)
        elif "value" in row.changed_data and point.kind == PointKind.PHONE:
            said.append((point, None))
            point.line_type = LineType.UNKNOWN
    return said
