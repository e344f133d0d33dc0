"""What a client wants, in their words and as structured constraints."""

from django.conf import settings
from django.db import models
from uuid_utils.compat import uuid7

from crm.choices import Tier
from crm.models.category import Category


class Request(models.Model):
    """`constraints` holds values by the category's brief fields; `reading` keeps the evidence.

    `missing` is a list of `{"field", "question"}`; `problems` a list of sentences.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    text = models.TextField(max_length=10_000)
    summary = models.CharField(max_length=300, blank=True)
    client_name = models.CharField(max_length=160, blank=True)
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="requests"
    )
    tier = models.CharField(max_length=20, choices=Tier, default=Tier.SERVICE)
    constraints = models.JSONField(default=dict, blank=True)
    missing = models.JSONField(default=list, blank=True)
    problems = models.JSONField(default=list, blank=True)
    reading = models.JSONField(default=dict, blank=True, editable=False)
    currency = models.CharField(max_length=3, default="USD")
    language = models.CharField(max_length=8, default="en")
    timezone = models.CharField(max_length=64, default="America/New_York")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="request_newest"),
            models.Index(
                fields=["-created_at"], condition=~models.Q(missing=[]), name="request_unclear"
            ),
        ]

    def __str__(self) -> str:
        return self.summary or self.text[:80]
