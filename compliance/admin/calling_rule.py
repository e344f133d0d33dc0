"""Calling hours by jurisdiction: edited as new versions, each with its citation and its days."""

from typing import Any

from django import forms
from django.contrib import admin
from unfold.decorators import display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from compliance.admin.legal_rule import LAW_FIELDS, TIME_FIELDS, LegalRuleAdmin, LegalRuleForm
from compliance.models import CallingRuleVersion
from compliance.models.calling_rule import WEEKDAYS
from compliance.models.legal_rule import HOUSE


class CallingRuleForm(LegalRuleForm):
    weekdays = forms.MultipleChoiceField(
        choices=[(day, day) for day in WEEKDAYS],
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text="Days on which these hours apply; days that no rule of the place names are "
        "barred.",
    )

    class Meta:
        model = CallingRuleVersion
        fields = (
            "jurisdiction", "weekdays", "opens", "closes", "holidays_barred", "max_per_24h",
            "texts_covered", *LAW_FIELDS, *TIME_FIELDS,
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["weekdays"] = self.instance.weekdays.split()

    def clean_weekdays(self) -> str:
        """The days as the row keeps them."""
        return " ".join(self.cleaned_data["weekdays"])

    def clean_jurisdiction(self) -> str:
        """One house rule is enough: a second would only hide the first."""
        code = str(self.cleaned_data["jurisdiction"])
        standing = CallingRuleVersion.objects.filter(jurisdiction=HOUSE, superseded=False)
        if code == HOUSE and not self.instance.pk and standing.exists():
            raise forms.ValidationError("There is a house rule already: edit that one.")
        return code


@admin.register(CallingRuleVersion)
class CallingRuleAdmin(LegalRuleAdmin):
    form = CallingRuleForm
    list_display = (
        "jurisdiction", "when", "holidays", "max_per_24h", "citation", "certainty", "in_force",
        "version",
    )  # fmt: skip
    search_fields = ("jurisdiction", "citation", "note")
    fieldsets = (
        (
            "The rule",
            {
                "fields": (
                    "jurisdiction", "weekdays", ("opens", "closes"),
                    ("holidays_barred", "max_per_24h"), "texts_covered",
                )
            },
        ),
        ("The law", {"fields": ("citation", "source", "confidence", "note")}),
        ("When it applies", {"fields": (("effective_from", "effective_to"), "why")}),
    )  # fmt: skip

    @display(description="may be called", ordering="opens")
    def when(self, rule: CallingRuleVersion) -> str:
        return f"{rule.weekdays_in_words}, {rule.hours}"

    @display(description="holidays", ordering="holidays_barred")
    def holidays(self, rule: CallingRuleVersion) -> str:
        return "barred" if rule.holidays_barred else "as other days"
