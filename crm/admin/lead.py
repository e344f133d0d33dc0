"""Leads and the properties they may be about."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin

from crm.models import Lead, Property


@admin.register(Lead)
class LeadAdmin(SimpleHistoryAdmin, ModelAdmin):
    list_display = ("__str__", "status", "score", "tier", "market", "owner", "deal_value")
    list_filter = ("status", "tier", "owner")
    list_select_related = ("contact", "company", "property", "owner")
    search_fields = ("contact__name", "company__name", "property__situs_address",
                     "property__parcel_id", "market")  # fmt: skip
    autocomplete_fields = ("contact", "company", "property")
    readonly_fields = ("status", "status_changed_at")
    show_full_result_count = False


@admin.register(Property)
class PropertyAdmin(SimpleHistoryAdmin, ModelAdmin):
    list_display = ("__str__", "parcel_id", "county", "state", "distress_reason")
    list_filter = ("state", "county")
    search_fields = ("parcel_id", "situs_address", "city")
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("parcel_id", "county", "state") if obj else ()
