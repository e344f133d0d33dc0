"""Addresses nothing may be sent to, with where that came from."""

from django.db import models
from django.utils import timezone

from compliance.choices import AddressKind, SuppressionReason, SuppressionScope
from compliance.models.consent import Consent


class Suppression(models.Model):
    """One normalised address (or domain) that must not be contacted within a scope.

    A row stands until it is lifted and is never deleted. After erasure `address` holds a keyed
    hash (`compliance.keyed_hash`), which look-ups match like any other address.
    """

    kind = models.CharField(max_length=10, choices=AddressKind)
    address = models.CharField(max_length=320)
    scope = models.CharField(max_length=10, choices=SuppressionScope, default=SuppressionScope.ALL)
    reason = models.CharField(max_length=20, choices=SuppressionReason)
    source = models.CharField(max_length=120, help_text="Where the request was heard.")
    words = models.TextField(blank=True, help_text="The person's own words, where there were any.")
    received_at = models.DateTimeField(
        default=timezone.now, help_text="When the request reached us."
    )
    latest_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When it was last said again."
    )
    effective_at = models.DateTimeField(
        default=timezone.now, editable=False, help_text="From when on nothing is sent."
    )
    imported_from = models.CharField(max_length=120, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    lifted_at = models.DateTimeField(null=True, blank=True, editable=False)
    lifted_by = models.CharField(max_length=150, blank=True, editable=False)
    lifted_by_consent = models.ForeignKey(
        Consent, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["-effective_at", "-id"]
        permissions = [
            ("lift_suppression", "Can lift a suppression on a new consent"),
            ("export_suppression", "Can export the suppression list"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "address", "scope"],
                condition=models.Q(lifted_at__isnull=True),
                name="one_standing_suppression_per_scope",
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at__isnull=True) | ~models.Q(lifted_by=""),
                name="suppression_lifted_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["address"],
                condition=models.Q(lifted_at__isnull=True),
                name="suppression_standing",
            ),
            models.Index(fields=["-effective_at", "-id"], name="suppression_newest"),
        ]

    def __str__(self) -> str:
        where = "an erased address" if self.erased_at else self.address
        return f"{where} ({self.get_scope_display()}: {self.get_reason_display()})"

    @property
    def stands(self) -> bool:
        return self.lifted_at is None

    @property
    def latency_ms(self) -> int:
        """From the request's arrival until nothing more could be sent, in milliseconds."""
        return max(0, round((self.effective_at - self.received_at).total_seconds() * 1000))
