"""Addresses nothing may be sent to, with where that came from."""

from django.db import models

from compliance.choices import AddressKind, SuppressionReason, SuppressionScope


class Suppression(models.Model):
    """One normalised address (or domain) that must not be contacted within a scope."""

    kind = models.CharField(max_length=10, choices=AddressKind)
    address = models.CharField(max_length=320)
    scope = models.CharField(max_length=10, choices=SuppressionScope, default=SuppressionScope.ALL)
    reason = models.CharField(max_length=20, choices=SuppressionReason)
    source = models.CharField(max_length=120, help_text="Where the request was heard.")
    words = models.TextField(blank=True, help_text="The person's own words, where there were any.")
    received_at = models.DateTimeField(help_text="When the request reached us.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "address", "scope"], name="suppression_once_per_address_scope"
            )
        ]

    def __str__(self) -> str:
        return f"{self.address} ({self.get_scope_display()}: {self.get_reason_display()})"
