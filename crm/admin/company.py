"""Companies and people, with what was learned of how they answer."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin, TabularInline

from crm.admin import erasing
from crm.models import Company, Contact, ContactPoint


class ContactInline(TabularInline):
    model = Contact
    fields = ("name", "role", "language", "is_primary")
    extra = 0
    show_change_link = True


class PointInline(TabularInline):
    model = ContactPoint
    fields = ("kind", "value", "preferred", "state", "source")
    extra = 0


@admin.register(Company)
class CompanyAdmin(SimpleHistoryAdmin, ModelAdmin):
    inlines = (ContactInline,)
    list_display = ("name", "kind", "city", "preferred_channel", "answers", "answer_time", "active")
    list_filter = ("kind", "categories", "preferred_channel", "active")
    search_fields = ("name", "domain", "description", "city")
    filter_horizontal = ("categories",)
    readonly_fields = ("answers", "answer_time", "times_contacted", "times_replied")
    show_full_result_count = False

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
    actions = ("erase_people",)
    change_form_outer_before_template = "admin/crm/contact/before.html"
    show_full_result_count = False

    def has_change_permission(self, request: HttpRequest, obj: Contact | None = None) -> bool:
        """There is nothing to write on who was erased."""
        return (obj is None or not obj.erased_at) and super().has_change_permission(request, obj)

    def has_erase_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(erasing.ERASE)

    @admin.action(description="Erase these people for good …", permissions=["erase"])
    def erase_people(self, request: HttpRequest, people: QuerySet[Contact]) -> HttpResponse | None:
        """Ask first; the second post erases."""
        return erasing.erase_people(request, people)

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(erasing.export)
        own = [path("<uuid:object_id>/holdings/", export, name="crm_contact_holdings")]
        return [*own, *super().get_urls()]
