"""What clients asked for."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from compliance.admin.beside import TellsBeside
from compliance.admin.recorded import Recorded
from crm.categories.wording import facts_in_words
from crm.models import Category, Request
from crm.vendors import MOST_SHOWN, vendors_for


@admin.register(Request)
class RequestAdmin(Recorded, TellsBeside):
    list_display = ("__str__", "client_name", "category", "tier", "open_questions", "created_at")
    list_filter = ("category", "tier")
    list_select_related = ("category",)
    search_fields = ("text", "client_name", "summary")
    fields = ("text", "summary", "client_name", "category", "tier", "currency", "timezone")
    # Another text or category means another reading, which has a button of its own; what was
    # understood stands above, with a page of its own to correct it.
    readonly_fields = ("text", "category")
    change_form_outer_before_template = "admin/crm/request/before.html"
    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # requests begin on their own page

    def beside(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        categories = Category.objects.filter(active=True)
        row = self.get_object(request, object_id) if object_id else None
        if row is None or row.category is None:
            return {"categories": categories}
        facts = facts_in_words(
            row.category.schema, row.constraints, use="brief", currency=row.currency
        )
        vendors, unreachable = vendors_for(row)
        return {
            "categories": categories,
            "facts": facts,
            "vendors": vendors[:MOST_SHOWN],
            "unreachable": unreachable[:MOST_SHOWN],
        }

    @admin.display(description="to ask")
    def open_questions(self, request: Request) -> int:
        return len(request.missing)
