"""The law on cold e-mail by country, readable, and edited as new versions like calling hours."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.decorators import display

from compliance.admin.legal_rule import LAW_FIELDS, TIME_FIELDS, LegalRuleAdmin, LegalRuleForm
from compliance.countries import country_names, name_of
from compliance.models import EmailLawVersion

IMPLYING = ("relationship_months", "inquiry_months", "published_address")


class EmailLawForm(LegalRuleForm):
    class Meta:
        model = EmailLawVersion
        fields = ("jurisdiction", "basis", *IMPLYING, *LAW_FIELDS, *TIME_FIELDS)
        labels = {"jurisdiction": "Country"}
        help_texts = {"jurisdiction": "With two letters, as ISO 3166 writes it: “CA”."}

    def clean_jurisdiction(self) -> str:
        """Only countries there are: a mistyped one would open nothing and look as if it did."""
        code = str(self.cleaned_data["jurisdiction"])
        if code not in country_names():
            raise forms.ValidationError(f"There is no country “{code}”.")
        standing = EmailLawVersion.objects.filter(jurisdiction=code, superseded=False)
        if not self.instance.pk and standing.exists():
            raise forms.ValidationError("This country’s law is entered already: edit that one.")
        return code


@admin.register(EmailLawVersion)
class EmailLawAdmin(LegalRuleAdmin):
    form = EmailLawForm
    list_display = (
        "country", "asks", "written", "certainty", "in_force",
    )  # fmt: skip
    list_filter = (*LegalRuleAdmin.list_filter, "basis")
    search_fields = ("jurisdiction", "citation", "note")
    search_help_text = "A country by name or code, or words of its law."
    list_before_template = "admin/compliance/email_law/list_before.html"
    fieldsets = (
        ("The law", {"fields": ("jurisdiction", "basis", *IMPLYING, *LAW_FIELDS)}),
        ("When it applies", {"fields": (("effective_from", "effective_to"), "why")}),
    )

    @display(description="country", ordering="jurisdiction", header=True)
    def country(self, law: EmailLawVersion) -> tuple[str, str]:
        return name_of(law.jurisdiction), law.jurisdiction

    @display(
        description="marketing without consent",
        ordering="basis",
        label={"opt_out": "success", "companies": "info", "implied": "warning", "opt_in": "danger"},
    )
    def asks(self, law: EmailLawVersion) -> tuple[str, str]:
        return law.basis, law.get_basis_display()

    @display(description="citation", ordering="citation", header=True)
    def written(self, law: EmailLawVersion) -> tuple[str, str]:
        implied = law.as_value().implied
        ways = f"Implied by {implied.words}." if implied.kinds else ""
        return law.citation, " ".join(filter(None, (ways, law.note)))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Rows keep the code; people look for the name."""
        found, distinct = super().get_search_results(request, queryset, search_term)
        wanted = search_term.strip().casefold()
        if wanted:
            codes = [code for code, name in country_names().items() if wanted in name.casefold()]
            found |= queryset.filter(jurisdiction__in=codes)
        return found, distinct
