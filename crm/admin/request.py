"""What clients asked for."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from crm.models import Request


@admin.register(Request)
class RequestAdmin(ModelAdmin):
    list_display = ("__str__", "client_name", "category", "tier", "open_questions", "created_at")
    list_filter = ("category", "tier")
    list_select_related = ("category",)
    search_fields = ("text", "client_name", "summary")
    fields = (
        "text", "summary", "client_name", "category", "tier", "constraints", "missing", "problems",
        "currency", "timezone",
    )  # fmt: skip
    readonly_fields = ("missing", "problems")
    change_form_outer_before_template = "admin/crm/request/before.html"
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # requests begin on their own page

    @admin.display(description="to ask")
    def open_questions(self, request: Request) -> int:
        return len(request.missing)
