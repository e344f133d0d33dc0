"""Proclaimed days on which a jurisdiction bars calls: added at once, lifted before they come."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.decorators import display

from compliance.models import BlackoutDay
from compliance.rule_versions import add_blackout, lift_blackout, may_lift


@admin.register(BlackoutDay)
class BlackoutDayAdmin(ModelAdmin):
    list_display = ("day", "place", "reason", "source", "changed_by", "changed_at")
    list_filter = ("jurisdiction",)
    search_fields = ("reason", "source", "jurisdiction")
    date_hierarchy = "day"
    fields = ("jurisdiction", "day", "reason", "source")
    show_full_result_count = False
    actions = None

    @display(description="where", ordering="jurisdiction")
    def place(self, blackout: BlackoutDay) -> str:
        return blackout.jurisdiction or "Everywhere"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # a day stands or is lifted; it is not rewritten

    def has_delete_permission(self, request: HttpRequest, obj: BlackoutDay | None = None) -> bool:
        ahead = obj is None or may_lift(obj)
        return ahead and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: BlackoutDay, form: Any, change: bool) -> None:
        add_blackout(obj, actor=request.user.get_username())

    def delete_model(self, request: HttpRequest, obj: BlackoutDay) -> None:
        lift_blackout(obj, actor=request.user.get_username())
