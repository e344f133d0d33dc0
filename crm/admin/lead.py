"""Leads and the properties they may be about."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin, TabularInline

from compliance.admin.beside import TellsBeside
from compliance.admin.filters import KeptValuesFilter
from compliance.admin.recorded import Recorded
from crm.admin.old_versions import KeepsOldVersions
from crm.choices import LeadStatus
from crm.leads import AskedToStop, check_wish
from crm.models import Contact, Lead, Property
from crm.pipeline import board
from crm.pipeline.finding import found_by
from crm.pipeline.timeline import timeline

EVENTS = 60


class LeadForm(forms.ModelForm):
    """Nobody becomes a lead, nor has one passed to them, who asked us to stop."""

    def clean_contact(self) -> Contact | None:
        contact: Contact | None = self.cleaned_data["contact"]
        if contact and contact.pk != self.instance.contact_id:
            try:
                check_wish(contact.pk)
            except AskedToStop as refusal:
                raise forms.ValidationError(str(refusal)) from None
        return contact


@admin.register(Lead)
class LeadAdmin(Recorded, TellsBeside, KeepsOldVersions):
    form = LeadForm
    list_display = (
        "__str__", "stage", "score", "tier", "market", "owner", "deal_value", "status_changed_at",
    )  # fmt: skip
    list_filter = ("status", "tier", "owner")
    list_select_related = ("contact", "company", "property", "owner")
    list_before_template = "admin/crm/lead/list_before.html"
    search_fields = ("contact__name", "company__name", "property__situs_address",
                     "property__parcel_id", "market")  # fmt: skip
    fields = (
        ("contact", "company"), "property", ("owner", "market"), ("deal_value", "currency"),
        "source", "notes",
    )  # fmt: skip
    autocomplete_fields = ("contact", "company", "property")
    change_form_outer_before_template = "admin/crm/lead/before.html"
    show_full_result_count = False
    list_per_page = 50

    class Media:
        css = {"all": ("outreach/attache.css", "crm/board.css", "outreach/scores.css")}

    @admin.display(description="stage", ordering="status")
    def stage(self, lead: Lead) -> str:
        return lead.get_status_display()

    def get_queryset(self, request: HttpRequest) -> Any:
        return (
            super()
            .get_queryset(request)
            .defer("contact__ai_research_data", "company__ai_research_data", "company__research")
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Lead], search_term: str
    ) -> tuple[QuerySet[Lead], bool]:
        """By words, as on the board."""
        return found_by(queryset, search_term) if search_term.strip() else queryset, False

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name == "owner":
            staff = User.objects.filter(is_active=True, is_staff=True)
            options["queryset"] = staff.order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **options)

    def save_model(self, request: HttpRequest, obj: Lead, form: Any, change: bool) -> None:
        """The stage has its own door; the contact's own company goes with a new lead."""
        if not change:
            obj.status_changed_at = timezone.now()
            obj.company = obj.company or (obj.contact.company if obj.contact else None)
        super().save_model(request, obj, form, change)

    def beside(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        lead = self.get_object(request, object_id) if object_id else None
        return _told(lead, request) if lead else {}


def _told(lead: Lead, request: HttpRequest) -> dict[str, Any]:
    """Who it is, where it stands, and what happened; a constant number of queries."""
    talk = board.contacted([lead.contact_id]) if lead.contact_id else {}
    events = timeline(lead)
    return {
        "events": events[:EVENTS], "talk": talk.get(lead.contact_id or lead.pk),
        "addresses": list(lead.contact.points.all()) if lead.contact else [],
        "stages": [one for one in LeadStatus.choices if one[0] not in (lead.status, "opted_out")],
        "may_move": request.user.has_perm("crm.change_lead"),  # type: ignore[union-attr]
    }  # fmt: skip


class LeadInline(TabularInline):
    model = Lead
    fields = ("contact", "status", "score", "tier", "owner", "deal_value")
    readonly_fields = fields
    extra = 0
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Property)
class PropertyAdmin(Recorded, KeepsOldVersions, ModelAdmin):
    inlines = (LeadInline,)
    list_display = ("__str__", "parcel_id", "county", "state", "distress_reason")
    list_filter = ("state", ("county", KeptValuesFilter))
    search_fields = ("parcel_id", "situs_address", "city")
    fields = (
        ("parcel_id", "county", "state"), ("situs_address", "city", "postal_code"),
        "distress_reason",
    )  # fmt: skip
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("parcel_id", "county", "state") if obj else ()
