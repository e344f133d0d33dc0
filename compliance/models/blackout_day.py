"""Days nobody foresaw: proclaimed holidays and emergencies on which a jurisdiction bars calls."""

from django.db import models

from compliance.models.legal_rule import check_jurisdiction
from compliance.rules.calling_window import Blackout


class BlackoutDay(models.Model):
    """One barred day; it stands or is lifted before it comes, and is not rewritten."""

    jurisdiction = models.CharField(
        max_length=10,
        blank=True,
        validators=[check_jurisdiction],
        help_text="“US-LA” for one state, “US” for the country; empty: everywhere.",
    )
    day = models.DateField()
    reason = models.CharField(max_length=200, help_text="Who proclaimed what.")
    source = models.CharField(max_length=300, blank=True, help_text="Where it was announced.")
    changed_by = models.CharField(max_length=150, editable=False)
    changed_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["-day", "jurisdiction"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "day"], name="blackout_once_per_jurisdiction_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day:%d %b %Y} {self.jurisdiction or 'everywhere'}: {self.reason}"

    def as_value(self) -> Blackout:
        """The day as the pure rooms know it."""
        return Blackout(self.jurisdiction, self.day, self.reason)
