"""One call to a model: what it was for, what it cost, how it ended."""

from django.db import models
from uuid_utils.compat import uuid7


class AiRun(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purpose = models.CharField(max_length=40, db_index=True)
    campaign_id = models.UUIDField(null=True, blank=True, db_index=True)
    contact_id = models.UUIDField(null=True, blank=True)
    prompt_name = models.CharField(max_length=60)
    prompt_version = models.CharField(max_length=40)
    model = models.CharField(max_length=80)
    input_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    cost_usd = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    latency_ms = models.PositiveIntegerField(default=0)
    valid = models.BooleanField(default=False, help_text="The answer kept to its schema.")
    error = models.TextField(blank=True)
    trace_id = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "AI run"

    def __str__(self) -> str:
        return f"{self.purpose} by {self.model}"
