"""Addresses nothing is sent to; adding and lifting one is written to the ledger."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin

from compliance import audit
from compliance.models import Suppression
from compliance.suppression import normalise


@admin.register(Suppression)
class SuppressionAdmin(ModelAdmin):
    list_display = ("address", "kind", "scope", "reason", "source", "received_at")
    list_filter = ("reason", "kind", "scope")
    search_fields = ("address", "words")
    fields = ("kind", "address", "scope", "reason", "source", "words")
    show_full_result_count = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # an entry stands or is lifted; it is not rewritten

    def save_model(self, request: HttpRequest, obj: Suppression, form: Any, change: bool) -> None:
        obj.address = normalise(obj.kind, obj.address)
        obj.received_at = timezone.now()
        super().save_model(request, obj, form, change)
        audit.append("suppression.added", obj, actor=request.user.get_username(), reason=obj.words)

    def delete_model(self, request: HttpRequest, obj: Suppression) -> None:
        actor = request.user.get_username()
        audit.append("suppression.lifted", obj, actor=actor, data={"address": obj.address})
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Suppression]) -> None:
        for row in queryset:
            self.delete_model(request, row)
