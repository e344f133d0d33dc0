"""Exchange rates: dated rows that staff keep by hand."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin

from compliance.admin.recorded import Recorded
from quotes.models import ExchangeRate
from quotes.values import CURRENCIES


class ExchangeRateForm(ModelForm):
    """Takes the currency in any case and refuses what is none."""

    class Meta:
        model = ExchangeRate
        fields = ("currency", "usd", "valid_on", "source")

    def clean_currency(self) -> str:
        """The ISO code in capitals."""
        code = str(self.cleaned_data["currency"]).strip().upper()
        if code not in CURRENCIES:
            raise ValidationError(f"“{code}” is no currency: use its three letters, such as EUR.")
        if code == "USD":
            raise ValidationError("The US dollar is what rates are given in; it needs none.")
        return code


@admin.register(ExchangeRate)
class ExchangeRateAdmin(Recorded, ModelAdmin):
    """One row a currency and day; the newest one counts."""

    act = "exchange_rate"

    form = ExchangeRateForm
    list_display = ("currency", "usd", "valid_on", "source")
    list_filter = ("currency",)
    search_fields = ("currency", "source")
    date_hierarchy = "valid_on"
    ordering = ("currency", "-valid_on")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new rate is valid from today, unless another day is written in."""
        return {"valid_on": timezone.localdate(), **super().get_changeform_initial_data(request)}
