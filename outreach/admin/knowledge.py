"""The knowledge base: what we answer when people ask."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.decorators import display

from compliance.admin.recorded import Recorded
from outreach.models import KnowledgeEntry


@admin.register(KnowledgeEntry)
class KnowledgeEntryAdmin(Recorded, ModelAdmin):
    """Questions with their answers; drafts of answers are made of these and of nothing else."""

    act, made = "knowledge", "added"

    list_display = ("question", "shown_answer", "language", "campaign", "holds_until", "is_active")
    list_filter = ("language", "is_active", "campaign")
    search_fields = ("question", "phrasings", "answer")
    list_select_related = ("campaign",)
    autocomplete_fields = ("campaign",)
    fields = (
        "question", "phrasings", "answer", "language", "campaign", "holds_until", "is_active",
        "updated_by",
    )  # fmt: skip
    readonly_fields = ("updated_by",)

    @display(description="Answer")
    def shown_answer(self, entry: KnowledgeEntry) -> str:
        """Its beginning."""
        return entry.answer if len(entry.answer) <= 90 else f"{entry.answer[:89]}…"

    def save_model(
        self, request: HttpRequest, obj: KnowledgeEntry, form: Any, change: bool
    ) -> None:
        """Who changed what we say last stands beside it, too."""
        obj.updated_by = request.user.get_username()
        super().save_model(request, obj, form, change)
