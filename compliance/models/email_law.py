"""Each country's law on cold e-mail, versioned, with where it is written."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from compliance.choices import EmailLawBasis
from compliance.email_law import EmailLaw
from compliance.models.legal_rule import LegalRule

MONTHS = (MinValueValidator(1), MaxValueValidator(120))
NOTHING = Q(relationship_months=None, inquiry_months=None, published_address=False)


class EmailLawVersion(LegalRule):
    """What one country asks for before marketing is mailed to somebody there."""

    basis = models.CharField(
        "marketing without consent", max_length=12, choices=EmailLawBasis,
        default=EmailLawBasis.OPT_IN,
    )  # fmt: skip

    relationship_months = models.PositiveSmallIntegerField(
        "months after a purchase", null=True, blank=True, validators=MONTHS,
        help_text="How long a purchase or contract implies consent; empty: it does not.",
    )  # fmt: skip
    inquiry_months = models.PositiveSmallIntegerField(
        "months after an inquiry", null=True, blank=True, validators=MONTHS,
        help_text="How long a question of theirs implies consent; empty: it does not.",
    )  # fmt: skip
    published_address = models.BooleanField(
        "a published address counts", default=False,
        help_text="A business address published without a word against such mail implies consent "
        "to what concerns that work.",
    )  # fmt: skip

    COMPARED = (
        *LegalRule.COMPARED, "basis", "relationship_months", "inquiry_months", "published_address",
    )  # fmt: skip

    class Meta(LegalRule.Meta):
        abstract = False
        ordering = ["jurisdiction", "line", "-version"]
        verbose_name = "law on cold e-mail"
        verbose_name_plural = "laws on cold e-mail"
        constraints = [
            *LegalRule.Meta.constraints,
            models.UniqueConstraint(
                fields=["jurisdiction"],
                condition=Q(superseded=False),
                name="email_law_one_a_country",
            ),
            models.CheckConstraint(
                condition=(Q(basis=EmailLawBasis.IMPLIED) & ~NOTHING)
                | (~Q(basis=EmailLawBasis.IMPLIED) & NOTHING),
                name="email_law_implied_by_something",
                violation_error_message="What implies consent goes with “needs consent, given or "
                "implied”, and with that alone: name months or a published address there.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction}: {self.get_basis_display().lower()}"

    def clean(self) -> None:
        """Refuse what is no country: a state has no law of its own here."""
        super().clean()
        if not re.fullmatch(r"[A-Z]{2}", self.jurisdiction):
            raise ValidationError({"jurisdiction": "Write a country with two letters, as “CA”."})

    def as_value(self) -> EmailLaw:
        """The law as the pure rooms know it."""
        return EmailLaw(
            self.jurisdiction, self.basis, self.citation, self.relationship_months,
            self.inquiry_months, self.published_address,
        )  # fmt: skip
