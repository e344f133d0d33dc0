"""An opportunity, and the property it may be about."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from simple_history.models import HistoricalRecords
from uuid_utils.compat import uuid7

from crm.choices import CLOSED_LEADS, LeadStatus
from crm.models.company import Company
from crm.models.contact import Contact
from crm.models.imported import ImportBatch

# What a column of the board is sorted by: who has no score comes last, on every database.
BEST = Coalesce(F("score"), models.Value(-1e9, output_field=models.FloatField()))


class Property(models.Model):
    """A parcel of land, known by its county's number for it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    parcel_id = models.CharField("parcel", max_length=60)
    county = models.CharField(max_length=80)
    state = models.CharField(max_length=2, help_text="US postal code, such as FL.")
    situs_address = models.CharField("address", max_length=200, blank=True)
    city = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=12, blank=True)
    distress_reason = models.CharField(
        max_length=200, blank=True, help_text="Why its owner may want to sell."
    )
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.SET_NULL, null=True, blank=True, editable=False,
        related_name="+", help_text="The import that brought it.",
    )  # fmt: skip
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["state", "county", "parcel_id"]
        verbose_name_plural = "properties"
        constraints = [
            models.UniqueConstraint(
                fields=["state", "county", "parcel_id"], name="property_once_per_county"
            )
        ]
        indexes = [models.Index(fields=["updated_at"], name="property_changed")]

    def __str__(self) -> str:
        return self.situs_address or f"{self.parcel_id}, {self.county}, {self.state}"


class Lead(models.Model):
    """An opportunity with a contact, about a property or a company.

    The contact may still be unknown (a parcel whose owner is to be found). `score` is in the
    points of the scoring model that gave it, or of the list it came with.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, null=True, blank=True, related_name="leads"
    )
    company = models.ForeignKey(
        Company, on_delete=models.CASCADE, null=True, blank=True, related_name="leads"
    )
    property = models.ForeignKey(
        Property, on_delete=models.CASCADE, null=True, blank=True, related_name="leads"
    )
    status = models.CharField(max_length=12, choices=LeadStatus, default=LeadStatus.NEW)
    status_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    score = models.FloatField(null=True, blank=True)
    tier = models.CharField(max_length=10, blank=True)
    market = models.CharField(max_length=80, blank=True, help_text="Such as Orange County, FL.")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True,
        related_name="leads",
    )  # fmt: skip
    deal_value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="USD")
    source = models.CharField(max_length=120, blank=True)
    notes = models.TextField(blank=True)
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.SET_NULL, null=True, blank=True, editable=False,
        related_name="+", help_text="The import that brought it.",
    )  # fmt: skip
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contact__isnull=False)
                | Q(company__isnull=False)
                | Q(property__isnull=False),
                name="lead_of_somebody_or_something",
                violation_error_message="Name a contact, a company or a property.",
            ),
            models.UniqueConstraint(
                fields=["contact", "property"],
                condition=Q(contact__isnull=False, property__isnull=False),
                name="lead_once_per_contact_and_property",
            ),
            models.UniqueConstraint(
                fields=["contact"],
                condition=Q(property__isnull=True) & ~Q(status__in=CLOSED_LEADS),
                name="one_open_lead_without_property_per_contact",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-score"], name="lead_status_score"),
            models.Index(fields=["tier"], name="lead_tier"),
            models.Index(fields=["-created_at", "-id"], name="lead_newest"),
            # The board's columns, the best first; SQLite knows no index with nulls last.
            models.Index("status", BEST.desc(), F("created_at").desc(), name="lead_board"),
            models.Index(fields=["updated_at"], name="lead_changed"),
        ]

    def __str__(self) -> str:
        who = self.contact or self.company
        if who and self.property:
            return f"{who}, {self.property}"
        return str(who or self.property)
