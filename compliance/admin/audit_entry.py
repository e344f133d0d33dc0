"""The ledger, to be read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from compliance.admin.filters import KeptValuesFilter
from compliance.models import AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(ModelAdmin):
    list_display = ("at", "actor", "action", "subject_type", "reason")
    list_filter = (("action", KeptValuesFilter), ("subject_type", KeptValuesFilter))
    search_fields = ("actor", "subject_id", "reason")
    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
