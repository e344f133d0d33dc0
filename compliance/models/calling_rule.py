"""Calling hours of a jurisdiction, versioned, with the law they come from."""

from datetime import time

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from compliance.choices import TextsCovered
from compliance.models.legal_rule import HOUSE, LegalRule
from compliance.rules import calling_window

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class CallingRuleVersion(LegalRule):
    """Hours [opens, closes) on some weekdays; weekdays no rule of a jurisdiction names are barred.

    One jurisdiction may have several rules, such as other hours on Saturdays.
    """

    weekdays = models.CharField(max_length=30, help_text="Days on which these hours apply.")
    opens = models.TimeField(default=time(8))
    closes = models.TimeField(default=time(21), help_text="Not included.")
    holidays_barred = models.BooleanField(
        default=False, help_text="Nobody is called on this jurisdiction's holidays."
    )
    max_per_24h = models.PositiveSmallIntegerField(
        "most in 24 hours", null=True, blank=True, validators=[MinValueValidator(1)],
        help_text="Calls and texts to one person in any 24 hours; empty: no cap of its own.",
    )  # fmt: skip
    texts_covered = models.CharField(
        max_length=10, choices=TextsCovered, default=TextsCovered.UNCLEAR,
        help_text="Whether the law speaks of texts; the desk obeys it for texts either way.",
    )  # fmt: skip

    COMPARED = (
        *LegalRule.COMPARED, "weekdays", "opens", "closes", "holidays_barred", "max_per_24h",
        "texts_covered",
    )  # fmt: skip

    class Meta(LegalRule.Meta):
        abstract = False
        ordering = ["jurisdiction", "line", "-version"]
        verbose_name = "calling rule"
        constraints = [
            *LegalRule.Meta.constraints,
            models.CheckConstraint(
                condition=Q(opens__lt=F("closes")), name="calling_rule_opens_before_it_closes"
            ),
            models.UniqueConstraint(
                fields=["jurisdiction"],
                condition=Q(superseded=False, jurisdiction=HOUSE),
                name="calling_rule_one_house_rule",
                violation_error_message="There is one house rule: edit that one.",
            ),
            models.CheckConstraint(
                condition=~Q(weekdays=""), name="calling_rule_names_a_weekday"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.jurisdiction} {self.weekdays_in_words} {self.hours}"

    @property
    def hours(self) -> str:
        return f"{self.opens:%H:%M} to {self.closes:%H:%M}"

    @property
    def weekdays_in_words(self) -> str:
        """“Mon to Sat” for a run of days, else the days."""
        days = [WEEKDAYS.index(day) for day in self.weekdays.split()]
        if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
            return f"{WEEKDAYS[days[0]]} to {WEEKDAYS[days[-1]]}"
        return ", ".join(WEEKDAYS[day] for day in days)

    def clean(self) -> None:
        """Refuse hours that are no window and weekdays that are none."""
        super().clean()
        if self.opens is not None and self.closes is not None and self.opens >= self.closes:
            raise ValidationError(
                {
                    "closes": f"The window is inverted: it would open at {self.opens:%H:%M} and "
                    f"close at {self.closes:%H:%M}. Hours lie within one day, the opening first."
                }
            )
        named = self.weekdays.split()
        if not named or any(day not in WEEKDAYS for day in named):
            raise ValidationError({"weekdays": "Name at least one weekday, Mon to Sun."})
        self.weekdays = " ".join(day for day in WEEKDAYS if day in named)

    def as_value(self) -> calling_window.CallingRule:
        """The rule as the pure rooms know it."""
        return calling_window.CallingRule(
            jurisdiction=self.jurisdiction,
            weekdays=frozenset(WEEKDAYS.index(day) for day in self.weekdays.split()),
            opens=self.opens,
            closes=self.closes,
            holidays_barred=self.holidays_barred,
            max_per_24h=self.max_per_24h,
            citation=self.citation,
        )
