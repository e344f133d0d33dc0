"""Companies and people, with what was learned of how they answer."""

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin, TabularInline

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
    change_form_outer_before_template = "admin/crm/contact/before.html"
    show_full_result_count = False
