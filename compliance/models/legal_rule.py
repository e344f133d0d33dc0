"""What every row of law carries: whose it is, where it stands, and the days it is in force."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from compliance.choices import Confidence

HOUSE = "house"
check_jurisdiction = RegexValidator(
    rf"^(?:[A-Z]{{2}}(?:-[A-Z0-9]{{1,3}})?|{HOUSE})$",
    "Write a country (“US”), a state (“US-FL”) or “house”.",
)


class LegalRule(models.Model):
    """One version of one rule, in force on [effective_from, effective_to).

    Versions of the same rule share `line`; the newest is the one not superseded. Rows are never
    rewritten or removed: what was applied on a past day can always be shown.
    """

    line = models.CharField(max_length=120, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    superseded = models.BooleanField(default=False, editable=False)
    jurisdiction = models.CharField(
        max_length=10,
        validators=[check_jurisdiction],
        help_text="“US” for the whole country, “US-FL” for a state, “house” for our own rule.",
    )
    citation = models.CharField(max_length=300, help_text="The statute or rule, as a lawyer cites.")
    source = models.CharField(max_length=300, blank=True, help_text="Where it was read.")
    confidence = models.CharField(
        max_length=20, choices=Confidence, default=Confidence.KNOWLEDGE, verbose_name="certainty"
    )
    effective_from = models.DateField(help_text="The first day on which it is applied.")
    effective_to = models.DateField(
        null=True, blank=True, help_text="The first day on which it no longer is; empty: it stands."
    )
    note = models.TextField(blank=True)
    why = models.CharField(
        "why this version", max_length=300, blank=True, help_text="Shown in “What changed”."
    )
    changed_by = models.CharField(max_length=150, editable=False)
    changed_at = models.DateTimeField(editable=False)

    COMPARED: tuple[str, ...] = (
        "jurisdiction", "citation", "source", "confidence", "effective_from", "effective_to",
        "note",
    )  # fmt: skip

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["line", "version"], name="%(class)s_version_once"),
            models.UniqueConstraint(
                fields=["line"], condition=Q(superseded=False), name="%(class)s_one_newest"
            ),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
                name="%(class)s_ends_after_it_begins",
            ),
        ]

    def clean(self) -> None:
        """Refuse dates that contradict each other, with what to write instead."""
        begins, ends = self.effective_from, self.effective_to
        if begins and ends and ends <= begins:
            raise ValidationError(
                {
                    "effective_to": f"It would end on {ends:%d %b %Y}, before it begins on "
                    f"{begins:%d %b %Y}. Give a later day, or leave it empty while the rule stands."
                }
            )

    def changes_from(self, before: Self) -> list[tuple[str, Any, Any]]:
        """(field, old, new) for everything of substance that differs."""
        pairs = ((name, getattr(before, name), getattr(self, name)) for name in self.COMPARED)
        return [(name, old, new) for name, old, new in pairs if old != new]
