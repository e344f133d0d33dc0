"""AI runs: what was asked of the model, what it cost and how it ended; read only."""

from django.contrib import admin
from unfold.admin import ModelAdmin
from unfold.decorators import display

from compliance.admin.filters import KeptValuesFilter
from compliance.admin.readonly import ReadOnly
from outreach.models import AiRun


@admin.register(AiRun)
class AiRunAdmin(ReadOnly, ModelAdmin):
    """Made by asking, and kept: today's budget is counted from them."""

    list_display = (
        "created_at",
        "purpose",
        "shown_outcome",
        "model",
        "prompt_name",
        "prompt_version",
        "input_tokens",
        "output_tokens",
        "cost_usd",
        "latency_ms",
    )
    list_filter = (
        "purpose", "valid", ("model", KeptValuesFilter), ("prompt_name", KeptValuesFilter),
    )  # fmt: skip
    search_fields = ("trace_id", "error")
    date_hierarchy = "created_at"
    ordering = ("-created_at",)
    show_full_result_count = False  # the table grows with every reply that is read

    @display(description="Outcome", label={"used": "success", "not used": "warning"})
    def shown_outcome(self, run: AiRun) -> str:
        """“used” where the answer kept to its schema."""
        return "used" if run.valid else "not used"
