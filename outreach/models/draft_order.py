"""A vendor who is to get a first draft: what a slow or killed drafting still has to do."""

from django.db import models
from uuid_utils.compat import uuid7

from crm.models import Company, Contact, ContactPoint
from outreach.models.campaign import Campaign


class DraftOrder(models.Model):
    """Open until `done_at`; `left_out` says why there is no draft. Kept for the page to count."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="draft_orders")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    point = models.ForeignKey(
        ContactPoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reasons = models.JSONField(default=list, help_text="Why this vendor suits the request.")
    position = models.PositiveSmallIntegerField(default=0)
    actor = models.CharField(max_length=150, help_text="Who asked for the draft.")
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    left_out = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "company"], name="one_draft_order_per_vendor"
            )
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(done_at__isnull=True),
                name="draft_order_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.company} in {self.campaign}"
