"""Companies and people, with what was learned of how they answer."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import ChoicesFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from unfold.admin import ModelAdmin, TabularInline
from unfold.forms import PaginationInlineFormSet

from compliance.admin.beside import TellsBeside
from compliance.admin.filters import KeptValuesFilter
from compliance.admin.recorded import Recorded
from compliance.choices import LineType
from compliance.line_types import WHAT_FOLLOWS
from crm import lines
from crm.addresses import normalise_point
from crm.admin import erasing, merging, tagging
from crm.admin.emptied import OVERRIDES
from crm.admin.old_versions import KeepsOldVersions
from crm.admin.research import ResearchWidget, TellsFindings
from crm.admin.tagging import TagFilter, TaggedMixin, WordsField
from crm.choices import ADDRESS_KINDS, Deliverability, PointKind
from crm.deliverability.form import notes_on
from crm.errors import BadAddressError
from crm.models import Company, Contact, ContactPoint, MergeKind, MergeRecord, SegmentRules
from crm.models.assignment import in_segment
from crm.pipeline import timeline
from crm.wishes import stopped, unite_wishes_of


class ContactInline(TabularInline):
    model = Contact
    fields = ("name", "role", "language", "is_primary")
    extra = 0
    per_page = 50  # a company may have thousands
    show_change_link = True


class PointForm(forms.ModelForm):
    """An address typed by hand enters in the form in which look-ups and opt-outs find it."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, value = cleaned.get("kind"), cleaned.get("value")
        if kind and value and {"kind", "value"} & set(self.changed_data):
            contact = self.instance.contact
            theirs = contact.country or (contact.company.country if contact.company else "")
            try:
                cleaned["value"] = normalise_point(kind, value, country=theirs)
            except BadAddressError as error:
                self.add_error("value", str(error))
        return cleaned


class PointFormSet(PaginationInlineFormSet):
    """Each address knows the person as they are typed on the page, not as they are stored."""

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)
        form.instance.contact = self.instance
        return form

    def clean(self) -> None:
        """An address that asked us to stop stays: with it the wish would go from the person."""
        super().clean()
        changed = [one for one in self.initial_forms if {"kind", "value"} & {*one.changed_data}]
        before = [(one.initial["kind"], one.initial["value"]) for one in changed]
        before += [(one.instance.kind, one.instance.value) for one in self.deleted_forms]
        pairs = [
            (str(ADDRESS_KINDS[kind]), value) for kind, value in before if kind in ADDRESS_KINDS
        ]
        for value in sorted(stopped(pairs)):
            raise forms.ValidationError(
                f"{value} asked us to stop. It stays here, so that this is not forgotten with it: "
                "put the new address beside it."
            )


class PointInline(TabularInline):
    model = ContactPoint
    form = PointForm
    formset = PointFormSet
    fields = (
        "kind", "value", "line_type", "number_says", "preferred", "state", "domain_says", "source",
    )  # fmt: skip
    readonly_fields = ("number_says", "domain_says")
    extra = 0

    @admin.display(description="where from")
    def number_says(self, point: ContactPoint) -> str:
        """Of a number: what line its form shows, where it was given out, and whose hours count."""
        if point.kind not in (PointKind.PHONE, PointKind.WHATSAPP) or not point.value:
            return "—"
        return lines.given_out(point.value, point.line_type)

    @admin.display(description="domain")
    def domain_says(self, point: ContactPoint) -> str:
        """What its domain said, and what its form tells: a role's mailbox, a throw-away one."""
        return " ".join([point.deliverability_reason, *notes_on(point)]).strip() or "—"


class CompanyForm(forms.ModelForm):
    tags = WordsField(required=False, help_text="Words to find it by, set apart by commas.")
    regions = WordsField(
        required=False, help_text="Places served, set apart by commas; none means everywhere."
    )

    class Meta:
        widgets = {"ai_research_data": ResearchWidget}


@admin.register(Company)
class CompanyAdmin(Recorded, TaggedMixin, TellsFindings, KeepsOldVersions, ModelAdmin):
    formfield_overrides = OVERRIDES
    form = CompanyForm
    inlines = (ContactInline,)
    list_display = (
        "name", "kind", "status", "tagged", "country", "city", "preferred_channel", "answers",
        "answer_time", "active",
    )  # fmt: skip
    list_filter = (
        "kind", "status", "active", TagFilter, ("country", KeptValuesFilter), "categories",
        "preferred_channel", ("industry", KeptValuesFilter),
    )  # fmt: skip
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("name", "domain"),
                    ("kind", "status", "active"),
                    "description",
                    "categories",
                    "tags",
                )
            },
        ),
        (
            "Numbers",
            {"fields": (("tin", "registration_number"), ("industry", "employees", "is_sme"))},
        ),
        (
            "Where, and how to reach it",
            {"fields": (("street", "city", "country"), "timezone", "regions", "preferred_channel")},
        ),
        (
            "What we know",
            {
                "fields": (
                    "notes",
                    "research",
                    "ai_research_data",
                    ("answers", "answer_time"),
                    ("times_contacted", "times_replied"),
                )
            },
        ),
        ("Where it came from", {"fields": (("source", "batch"),)}),
    )
    search_fields = ("name", "domain", "description", "street", "city")
    filter_horizontal = ("categories",)
    actions = ("mark", "activate", "deactivate", "compare")
    readonly_fields = (
        "answers", "answer_time", "times_contacted", "times_replied", "batch", "findings",
    )  # fmt: skip
    show_full_result_count = False
    list_per_page = 50

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Company | None:
        """A link to a company that was merged shows which it is today."""
        found = super().get_object(request, object_id, from_field)
        return found or merging.whom_today(Company, object_id)

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(merging.MERGE)  # type: ignore[union-attr]

    @admin.action(description="Compare and merge two", permissions=["merge"])
    def compare(self, request: HttpRequest, rows: QuerySet[Company]) -> HttpResponse | None:
        """Two that somebody knows to be one, side by side."""
        return merging.compare_chosen(request, MergeKind.COMPANY, rows)

    @admin.action(description="Tag or qualify …", permissions=["change"])
    def mark(self, request: HttpRequest, rows: QuerySet[Company]) -> HttpResponse | None:
        """Say the same of all of them; asks first what."""
        may = self.has_change_permission(request)
        return tagging.mark_chosen(request, rows, may=may, is_company=True)

    @admin.action(description="Take into use", permissions=["change"])
    def activate(self, request: HttpRequest, rows: QuerySet[Company]) -> None:
        """They may be asked for offers again."""
        tagging.set_active(request, rows, True)

    @admin.action(description="Take out of use", permissions=["change"])
    def deactivate(self, request: HttpRequest, rows: QuerySet[Company]) -> None:
        """Nobody asks them for offers any more; what is under way goes on."""
        tagging.set_active(request, rows, False)

    @admin.display(description="answers")
    def answers(self, company: Company) -> str:
        rate = company.response_rate
        return "—" if rate is None else f"{rate:.0%} of {company.times_contacted}"

    @admin.display(description="answers within", ordering="response_hours")
    def answer_time(self, company: Company) -> str:
        hours = company.response_hours
        if hours is None:
            return "—"
        return f"{hours * 60:.0f} min" if hours < 1 else f"{hours:.0f} h"


class SegmentFilter(admin.SimpleListFilter):
    """By the segment somebody was put into, by the rules or by one of us."""

    title = "segment"
    parameter_name = "segment"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        stored = SegmentRules.objects.order_by("-number").first()
        segments = stored.definition.get("segments", []) if stored else []
        return [(one["name"], one["label"]) for one in segments]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Contact]) -> QuerySet[Contact]:
        wanted = self.value()
        return queryset.filter(in_segment(wanted, "assignment__")) if wanted else queryset


class ContactForm(forms.ModelForm):
    tags = WordsField(required=False, help_text="Words to find them by, set apart by commas.")

    class Meta:
        widgets = {"ai_research_data": ResearchWidget}


@admin.register(Contact)
class ContactAdmin(Recorded, TaggedMixin, TellsFindings, TellsBeside, KeepsOldVersions):
    formfield_overrides = OVERRIDES
    form = ContactForm
    inlines = (PointInline,)
    list_display = (
        "__str__",
        "company",
        "role",
        "segment",
        "status",
        "tagged",
        "country",
        "language",
        "mail",
    )
    list_filter = (
        SegmentFilter, "status", TagFilter, ("country", KeptValuesFilter),
        ("language", KeptValuesFilter),
        ("points__deliverability", ChoicesFieldListFilter),
        ("points__state", ChoicesFieldListFilter), ("points__line_type", ChoicesFieldListFilter),
    )  # fmt: skip
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("name", "role"),
                    ("company", "is_primary"),
                    ("status", "language"),
                    "tags",
                )
            },
        ),
        (
            "Where they are",
            {"fields": (("country", "state", "county"), ("postal_code", "timezone"))},
        ),
        ("Where they came from", {"fields": (("source", "batch"), "lived_as", "ai_research_data")}),
    )
    readonly_fields = ("batch", "lived_as", "findings")
    list_select_related = ("company", "assignment")
    search_fields = ("name", "company__name", "points__value")
    autocomplete_fields = ("company",)
    actions = ("mark", "compare", "erase_people")
    change_form_outer_before_template = "admin/crm/contact/before.html"
    show_full_result_count = False
    list_per_page = 50

    def has_change_permission(self, request: HttpRequest, obj: Contact | None = None) -> bool:
        """There is nothing to write on who was erased."""
        return (obj is None or not obj.erased_at) and super().has_change_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contact]:
        return super().get_queryset(request).prefetch_related("points")

    @admin.display(description="mail")
    def mail(self, contact: Contact) -> str:
        """The best thing to be said of their e-mail addresses."""
        said = {point.deliverability for point in contact.points.all() if point.kind == "email"}
        best = next((one for one in Deliverability if one in said), None)
        return best.label if best else "—"

    @admin.display(description="merged into them")
    def lived_as(self, contact: Contact) -> str:
        """Who turned out to be the same person, and who said so."""
        rows = MergeRecord.objects.filter(contact=contact.pk, undone_at=None)
        told = [f"{r.merged_contact} ({r.actor}, {r.merged_at:%d %b %Y})"
                for r in rows.select_related("merged_contact__company")]  # fmt: skip
        return "; ".join(told) or "—"

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Contact | None:
        """A link to somebody who was merged shows whom they are today."""
        found = super().get_object(request, object_id, from_field)
        return found or merging.whom_today(Contact, object_id)

    @admin.display(description="segment")
    def segment(self, contact: Contact) -> str:
        assignment = getattr(contact, "assignment", None)
        return assignment.holds.replace("_", " ").capitalize() if assignment else ""

    def has_erase_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(erasing.ERASE)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """A number is the same line at everybody who has it, and the ledger says who said so."""
        said = _lines_said(formset)
        super().save_formset(request, form, formset, change)
        if formset.model is ContactPoint and (formset.new_objects or formset.changed_objects):
            unite_wishes_of([form.instance.pk], actor=request.user.get_username())
        for point, line in said:
            actor = request.user.get_username()
            if line is None:  # another number: it is what it is at others who have it
                lines.learn(point.value, LineType.UNKNOWN, actor=actor, reason="known elsewhere")
            else:
                lines.mark(point.value, line, actor=actor, reason="said by hand")

    def beside(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        followed = [(line.label, WHAT_FOLLOWS[line]) for line in LineType]
        known = self.get_object(request, object_id) if object_id else None
        return {"lines": followed, "story": timeline.said_with(known.pk) if known else []}

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(merging.MERGE)

    @admin.action(description="Compare and merge two", permissions=["merge"])
    def compare(self, request: HttpRequest, people: QuerySet[Contact]) -> HttpResponse | None:
        """Two that somebody knows to be one, side by side."""
        return merging.compare_chosen(request, MergeKind.CONTACT, people)

    @admin.action(description="Tag or qualify …", permissions=["change"])
    def mark(self, request: HttpRequest, people: QuerySet[Contact]) -> HttpResponse | None:
        """Say the same of all of them; asks first what."""
        may = self.has_change_permission(request)
        return tagging.mark_chosen(request, people, may=may, is_company=False)

    @admin.action(description="Erase these people for good …", permissions=["erase"])
    def erase_people(self, request: HttpRequest, people: QuerySet[Contact]) -> HttpResponse | None:
        """Ask first; the second post erases."""
        return erasing.erase_people(request, people)

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(erasing.export)
        own = [path("<uuid:object_id>/holdings/", export, name="crm_contact_holdings")]
        return [*own, *super().get_urls()]


def _lines_said(formset: Any) -> list[tuple[ContactPoint, LineType | None]]:
    """The numbers whose line was chosen, and those that are new (None).

    The row itself keeps its line until `lines` writes it, with the entry in the ledger.
    """
    said: list[tuple[ContactPoint, LineType | None]] = []
    for row in formset.forms:
        point = row.instance
        if not isinstance(point, ContactPoint) or row in formset.deleted_forms:
            continue
        if "line_type" in row.changed_data:
            said.append((point, LineType(point.line_type)))
            point.line_type = row.initial.get("line_type", LineType.UNKNOWN)
        elif "value" in row.changed_data and point.kind == PointKind.PHONE:
            said.append((point, None))
            point.line_type = LineType.UNKNOWN
    return said
