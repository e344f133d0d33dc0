"""A person (or role mailbox) at a company, and the addresses they can be reached at."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.db.models.functions import Upper
from simple_history.models import HistoricalRecords
from uuid_utils.compat import uuid7

from compliance.choices import LineType
from compliance.zones import Place, doubts_about
from crm.choices import Deliverability, PointKind, PointState, Qualification
from crm.models.company import Company
from crm.models.imported import ImportBatch
from crm.models.mergeable import Mergeable


class Contact(Mergeable):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.ForeignKey(
        Company, on_delete=models.CASCADE, null=True, blank=True, related_name="contacts",
        db_index=False,
    )  # fmt: skip
    name = models.CharField(max_length=160, blank=True, help_text="Empty for a role mailbox.")
    role = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=8, default="en")
    timezone = models.CharField(max_length=64, blank=True)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166, such as US.")
    state = models.CharField(max_length=2, blank=True, help_text="US postal code, such as FL.")
    postal_code = models.CharField(max_length=12, blank=True)
    county = models.CharField(max_length=80, blank=True, help_text="Such as Orange or Gulf County.")
    is_primary = models.BooleanField(default=False)
    status = models.CharField(
        "qualification", max_length=15, choices=Qualification, default=Qualification.NEW
    )
    tags = models.JSONField(default=list, blank=True, help_text="Words to find them by.")
    source = models.CharField(max_length=120, blank=True, help_text="Where they were learned from.")
    ai_research_data = models.JSONField(
        "research", default=dict, blank=True, help_text="What research found, by its source."
    )
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.SET_NULL, null=True, blank=True, editable=False,
        related_name="+", help_text="The import that brought it.",
    )  # fmt: skip
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "created_at"]
        indexes = [
            models.Index(fields=["updated_at"], name="contact_changed"),
            models.Index(
                fields=["merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="contact_merged",
            ),
            models.Index(
                fields=["name", "created_at", "-id"],
                condition=models.Q(merged_into=None),
                name="contact_by_name",
            ),
            models.Index(Upper("role"), name="contact_role_upper"),  # segments ask so
            # A company's people, by position; segments read it alone, the table not at all.
            models.Index(
                F("company"),
                Upper("role"),
                include=["id", "role", "erased_at", "merged_into"],
                name="contact_of_company",
            ),
        ]
        permissions = [
            ("erase_contact", "Can erase people for good"),
            ("export_contact", "Can export everything held about a person"),
        ]

    def __str__(self) -> str:
        if self.erased_at:
            return "Erased person"
        if self.name:
            return self.name
        return self.role or (self.company.name if self.company else "Unnamed contact")

    def clean(self) -> None:
        """What the calling hours could not use is said where it is typed."""
        self.state, self.country = self.state.upper(), self.country.upper()
        problems = {
            "timezone": doubts_about(Place(zone=self.timezone)),
            "state": doubts_about(Place(state=self.state, country=self.country)),
        }
        if found := {name: said for name, said in problems.items() if said}:
            raise ValidationError(found)


class ContactPoint(models.Model):
    """One address of a contact; `value` is normalised (E.164, lower-case IDNA e-mail, URL)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="points")
    kind = models.CharField(max_length=10, choices=PointKind)
    value = models.CharField(max_length=500)
    source = models.CharField(max_length=120, blank=True)
    confidence = models.FloatField(default=1.0)
    state = models.CharField(max_length=15, choices=PointState, default=PointState.UNVERIFIED)
    preferred = models.BooleanField(default=False)
    line_type = models.CharField(
        "line", max_length=10, choices=LineType, default=LineType.UNKNOWN,
        help_text="Of a phone number. No text goes to a landline.",
    )  # fmt: skip
    deliverability = models.CharField(
        "domain", max_length=15, choices=Deliverability, blank=True, editable=False,
        help_text="Of an e-mail address: what its domain said.",
    )  # fmt: skip
    deliverability_reason = models.CharField(max_length=200, blank=True, editable=False)
    looked_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-preferred", "kind", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "kind", "value"], name="contact_point_once_per_contact"
            ),
            models.UniqueConstraint(
                fields=["contact", "kind"],
                condition=models.Q(preferred=True),
                name="one_preferred_point_per_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__gte=0) & models.Q(confidence__lte=1),
                name="contact_point_confidence_0_to_1",
            ),
            models.CheckConstraint(
                condition=models.Q(line_type=LineType.UNKNOWN) | models.Q(kind=PointKind.PHONE),
                name="contact_point_line_of_a_phone",
                violation_error_message="Only a phone number has a line: leave it “not known”.",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "value"], name="contact_point_value"),
            models.Index(
                fields=["looked_at"], condition=models.Q(kind="email"), name="contact_point_looked"
            ),
            models.Index(fields=["created_at"], name="contact_point_new"),
        ]

    def __str__(self) -> str:
        return self.value


class MailDomain(models.Model):
    """What was found out about a domain, and until when that holds; see `crm.deliverability`."""

    domain = models.CharField(max_length=253, primary_key=True)
    verdict = models.CharField(max_length=15, choices=Deliverability)
    reason = models.CharField(max_length=200)
    checked_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["domain"]

    def __str__(self) -> str:
        return f"{self.domain}: {self.reason}"
