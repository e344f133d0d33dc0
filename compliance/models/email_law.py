"""Each country's law on cold e-mail, versioned, with where it is written."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from compliance.choices import EmailLawBasis
from compliance.email_law import EmailLaw
from compliance.models.legal_rule import LegalRule


class EmailLawVersion(LegalRule):
    """What one country asks for before marketing is mailed to somebody there."""

    basis = models.CharField(
        "marketing without consent", max_length=12, choices=EmailLawBasis,
        default=EmailLawBasis.OPT_IN,
    )  # fmt: skip

    COMPARED = (*LegalRule.COMPARED, "basis")

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
        return EmailLaw(self.jurisdiction, self.basis, self.citation)
