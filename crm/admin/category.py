"""Categories and their field schemas."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from compliance.admin.recorded import Recorded
from crm.admin.emptied import OVERRIDES
from crm.models import Category


@admin.register(Category)
class CategoryAdmin(Recorded, ModelAdmin):
    formfield_overrides = OVERRIDES
    list_display = ("name", "slug", "tier", "field_count", "active", "edited")
    list_filter = ("tier", "active")
    search_fields = ("name", "slug")
    fields = ("name", "slug", "tier", "active", "keywords", "fields", "draft_template")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    @admin.display(description="fields")
    def field_count(self, category: Category) -> int:
        return len(category.fields)

    def save_model(self, request: HttpRequest, obj: Category, form: Any, change: bool) -> None:
        """Staff's edits are theirs: upgrades leave the row alone from now on."""
        obj.edited = True
        super().save_model(request, obj, form, change)
