"""Holidays by jurisdiction, shown with the days they fall on next."""

from datetime import timedelta

from django.contrib import admin
from django.utils import timezone
from unfold.decorators import display

from compliance.admin.legal_rule import LAW_FIELDS, TIME_FIELDS, LegalRuleAdmin, LegalRuleForm
from compliance.models import HolidayRuleVersion


class HolidayRuleForm(LegalRuleForm):
    class Meta:
        model = HolidayRuleVersion
        fields = ("jurisdiction", "name", "rule", "shift", "years", *LAW_FIELDS, *TIME_FIELDS)


@admin.register(HolidayRuleVersion)
class HolidayRuleAdmin(LegalRuleAdmin):
    form = HolidayRuleForm
    list_display = (
        "name", "jurisdiction", "rule", "next_days", "citation", "certainty", "in_force", "version",
    )  # fmt: skip
    list_filter = (*LegalRuleAdmin.list_filter, "jurisdiction")
    search_fields = ("name", "jurisdiction", "rule")
    fieldsets = (
        ("The holiday", {"fields": ("jurisdiction", "name", "rule", ("shift", "years"))}),
        ("The law", {"fields": ("citation", "source", "confidence", "note")}),
        ("When it applies", {"fields": (("effective_from", "effective_to"), "why")}),
    )

    @display(description="next kept on")
    def next_days(self, holiday: HolidayRuleVersion) -> str:
        """The day and the one it is observed on, in this year or one of the next two."""
        today = timezone.localdate()
        for year in range(today.year, today.year + 3):
            days = [day for day in holiday.days_in(year) if day >= today - timedelta(days=1)]
            if days:
                return ", ".join(f"{day:%a %d %b %Y}" for day in days)
        return "—"
