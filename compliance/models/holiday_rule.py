"""Holidays of a jurisdiction as rules that give the date of any year, versioned."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models

from compliance.holidays import HolidayRule, check_rule, holidays_on
from compliance.models.legal_rule import LegalRule


class Shift(models.TextChoices):
    NONE = "", "On the day only"
    WEEKEND = "weekend", "Also Friday for a Saturday, Monday for a Sunday"
    MONDAY = "monday", "Also the Monday before; from a weekend, the Monday after"


class Years(models.TextChoices):
    ALL = "", "Every year"
    EVEN = "even", "Even years"


class HolidayRuleVersion(LegalRule):
    """One holiday, as “07-04”, “Mon#3 Jan” or “Easter-2”, with the days it is also kept on."""

    name = models.CharField(max_length=80)
    rule = models.CharField(
        max_length=30,
        help_text="“07-04”, “Mon#3 Jan”, “Mon#-1 May” (the last), “Thu#4 Nov +1”, “Easter-2”.",
    )
    shift = models.CharField(
        "kept on", max_length=10, choices=Shift, blank=True, default=Shift.NONE
    )  # fmt: skip
    years = models.CharField(max_length=10, choices=Years, blank=True, default=Years.ALL)

    COMPARED = (*LegalRule.COMPARED, "name", "rule", "shift", "years")

    class Meta(LegalRule.Meta):
        abstract = False
        ordering = ["jurisdiction", "line", "-version"]
        verbose_name = "holiday"

    def __str__(self) -> str:
        return f"{self.name} ({self.jurisdiction})"

    def clean(self) -> None:
        """Refuse a rule that names no date."""
        super().clean()
        try:
            check_rule(self.rule)
        except ValueError as error:
            raise ValidationError({"rule": str(error)}) from error

    def as_value(self) -> HolidayRule:
        """The rule as the pure rooms know it."""
        return HolidayRule(self.jurisdiction, self.name, self.rule, self.shift, self.years)

    def days_in(self, year: int) -> list[date]:
        """The days of a year on which the holiday is kept, in order."""
        first = date(year, 1, 1).toordinal()
        value = (self.as_value(),)
        days = (date.fromordinal(first + number) for number in range(366))
        return [day for day in days if day.year == year and holidays_on(day, value)]
