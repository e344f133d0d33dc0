"""Quotes as a list: vendor, price, status; values change on the review page alone."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from unfold.admin import ModelAdmin
from unfold.decorators import display

from compliance.admin.filters import KeptValuesFilter
from quotes.choices import QuoteStatus
from quotes.models import Quote
from quotes.words import price_words

_COLOURS = {
    QuoteStatus.CURRENT: "success",
    QuoteStatus.NEEDS_REVIEW: "warning",
    QuoteStatus.REJECTED: "danger",
}


@admin.register(Quote)
class QuoteAdmin(ModelAdmin):
    """Read only: what was read or logged, and where it stands."""

    list_display = ("vendor", "campaign", "offer", "kind", "state", "source", "created_at")
    list_display_links = ("vendor",)
    list_filter = ("status", "kind", "entry_method", "is_finalist", ("currency", KeptValuesFilter))
    search_fields = ("enrollment__company__name", "enrollment__contact__name")
    list_select_related = (
        "enrollment__company",
        "enrollment__contact",
        "enrollment__campaign",
        "logged_by",
    )
    list_per_page = 50
    show_full_result_count = False

    @display(description="Vendor", ordering="enrollment__company__name")
    def vendor(self, quote: Quote) -> str:
        """The company, or the person where there is none."""
        return str(quote.enrollment.company or quote.enrollment.contact)

    @display(description="Campaign")
    def campaign(self, quote: Quote) -> str:
        """The campaign the answer belongs to."""
        return quote.enrollment.campaign.name

    @display(description="Price", ordering="price")
    def offer(self, quote: Quote) -> str:
        """The price as the vendor named it."""
        return price_words(quote)

    @display(description="Status", ordering="status", label=_COLOURS)
    def state(self, quote: Quote) -> tuple[str, str]:
        """Where it stands."""
        return quote.status, quote.get_status_display()

    @display(description="Source")
    def source(self, quote: Quote) -> str:
        """Read from a reply, or logged by a named person."""
        if quote.logged_by is None:
            return quote.get_entry_method_display()
        return f"Logged by {quote.logged_by.get_full_name() or quote.logged_by.get_username()}"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A quote is looked at beside its mail."""
        try:
            return HttpResponseRedirect(reverse("admin:quotes_review", args=[object_id]))
        except NoReverseMatch as error:
            raise Http404(f"No quote has the id “{object_id}”.") from error

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quote]:
        """Without the long texts the list does not show."""
        return super().get_queryset(request).defer("terms", "evidence", "confidence", "fields")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Quotes are logged on the comparison, beside the vendor they are from."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Quote | None = None) -> bool:
        """What a vendor said is kept."""
        return False
