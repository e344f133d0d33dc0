"""An organisation: vendor, prospect or client."""

from django.db import models
from django.db.models.functions import Lower, Upper
from simple_history.models import HistoricalRecords
from uuid_utils.compat import uuid7

from crm.choices import CompanyKind, PointKind, Qualification
from crm.models.category import Category
from crm.models.imported import ImportBatch
from crm.models.mergeable import Mergeable


class Company(Mergeable):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=CompanyKind, default=CompanyKind.VENDOR)
    domain = models.CharField(max_length=253, null=True, blank=True, unique=True)
    tin = models.CharField("tax id", max_length=40, blank=True)
    registration_number = models.CharField(max_length=60, blank=True)
    description = models.TextField(blank=True)
    categories = models.ManyToManyField(Category, blank=True, related_name="companies")
    regions = models.JSONField(
        default=list, blank=True, help_text="Places served; empty means everywhere."
    )
    street = models.CharField("street address", max_length=200, blank=True)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166, such as US.")
    timezone = models.CharField(max_length=64, blank=True)
    preferred_channel = models.CharField(max_length=10, choices=PointKind, default=PointKind.EMAIL)
    active = models.BooleanField(default=True)
    notes = models.TextField(blank=True)
    industry = models.CharField(max_length=120, blank=True)
    employees = models.PositiveIntegerField(null=True, blank=True)
    is_sme = models.BooleanField(
        "small or medium", null=True, blank=True, help_text="By the national register of SMEs."
    )
    status = models.CharField(
        "qualification", max_length=15, choices=Qualification, default=Qualification.NEW
    )
    tags = models.JSONField(default=list, blank=True, help_text="Words to find it by.")
    research = models.TextField(blank=True, help_text="What was found out about it.")
    ai_research_data = models.JSONField(
        "findings", default=dict, blank=True, help_text="What research found, by its source."
    )
    source = models.CharField(max_length=120, blank=True, help_text="Where it was learned from.")
    # Learned from what happens, never typed in.
    times_contacted = models.PositiveIntegerField(default=0, editable=False)
    times_replied = models.PositiveIntegerField(default=0, editable=False)
    response_hours = models.FloatField(null=True, editable=False)
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.SET_NULL, null=True, blank=True, editable=False,
        related_name="+", help_text="The import that brought it.",
    )  # fmt: skip
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "companies"
        indexes = [
            models.Index(fields=["kind", "active"], name="company_kind_active"),
            models.Index(Lower("name"), name="company_name_lower"),  # imports find by it
            models.Index(Upper("industry"), name="company_industry_upper"),  # segments ask so
            models.Index(fields=["updated_at"], name="company_changed"),
            models.Index(
                fields=["merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="company_merged",
            ),
            models.Index(
                fields=["name", "-id"],
                condition=models.Q(merged_into=None),
                name="company_by_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def response_rate(self) -> float | None:
        """Share of contacts answered, 0 to 1; None before the first contact."""
        if not self.times_contacted:
            return None
        return min(1.0, self.times_replied / self.times_contacted)
