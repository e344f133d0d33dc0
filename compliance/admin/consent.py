"""Consents: added with what proves them, read-only after that, revoked but never deleted."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from unfold.decorators import display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminTextInputWidget

from compliance import rulebook
from compliance.addresses import BadAddressError
from compliance.admin.beside import TellsBeside
from compliance.admin.pages import require
from compliance.choices import ConsentChannel
from compliance.consent import ConsentError, Given, record, revoke, values
from compliance.email_law import lasting
from compliance.models import Consent

RESTRICTED = "compliance.view_restricted_consent"
ASKED_FOR = (
    "address_kind", "address", "person_name", "kind", "channels", "purpose", "seller", "text",
    "automation_shown", "not_condition_shown", "concerns_role", "affirmative_act", "source",
    "page_url", "form", "collected_by", "given_at", "ip", "user_agent", "expires_at",
)  # fmt: skip

SHOWN_AS = {"channels": "shown_channels"}


class ConsentForm(forms.ModelForm):
    """Everything a lawyer will ask about one permission."""

    channels = forms.MultipleChoiceField(
        choices=ConsentChannel.choices, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )

    page_url = forms.URLField(
        required=False, assume_scheme="https", widget=UnfoldAdminTextInputWidget
    )

    class Meta:
        model = Consent
        fields = (*ASKED_FOR, "evidence")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            self.given = Given(
                **{name: cleaned[name] for name in ASKED_FOR if name != "channels"},
                channels=tuple(cleaned["channels"]),
            )
            try:
                values(self.given)
            except (ConsentError, BadAddressError) as error:
                raise forms.ValidationError(str(error)) from error
        return cleaned

    def validate_constraints(self) -> None:
        """`values` has said it in words; the same consent again is the one that is there."""


@admin.register(Consent)
class ConsentAdmin(TellsBeside):
    form = ConsentForm
    list_display = (
        "address",
        "person_name",
        "kind",
        "shown_channels",
        "seller",
        "given_at",
        "state",
    )
    list_filter = ("kind", "purpose", "affirmative_act", ("revoked_at", admin.EmptyFieldListFilter))
    search_fields = ("address", "person_name", "source", "seller")
    fields = (*ASKED_FOR, "evidence")
    seen_fields = (
        "state", *(SHOWN_AS.get(name, name) for name in ASKED_FOR), "fingerprint",
        "evidence_name", "recorded_at", "recorded_by", "revoked_at", "revoked_by", "revoke_reason",
    )  # fmt: skip
    change_form_outer_before_template = "admin/compliance/consent/before.html"
    show_full_result_count = False

    @display(description="channels")
    def shown_channels(self, consent: Consent) -> str:
        return ", ".join(ConsentChannel(name).label for name in consent.channels)

    @display(description="SHA-256 of the words")
    def fingerprint(self, consent: Consent) -> str:
        """In groups, so that it can be read aloud and fits a phone."""
        whole = consent.text_hash
        return " ".join(whole[start : start + 8] for start in range(0, len(whole), 8))

    @display(
        description="state",
        label={"stands": "success", "revoked": "danger", "ended": "danger", "erased": "warning"},
    )
    def state(self, consent: Consent) -> str:
        if consent.restricted_at:
            return "erased"
        if consent.revoked_at:
            return "revoked"
        over = consent.expires_at is not None and consent.expires_at <= timezone.now()
        return "ended" if over else "stands"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Consent]:
        """The evidence about people who were erased is for the few who defend a claim."""
        rows = super().get_queryset(request)
        return rows if request.user.has_perm(RESTRICTED) else rows.filter(restricted_at=None)

    def get_fields(self, request: HttpRequest, obj: Consent | None = None) -> Any:
        return self.seen_fields if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Consent | None = None) -> Any:
        return self.seen_fields if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # evidence is not rewritten

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def beside(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        consent = self.get_object(request, object_id) if object_id else None
        lasting = lasting_in_words(consent) if consent else []
        return {"seller": settings.SELLER_NAME, "lasting": lasting}

    def save_model(self, request: HttpRequest, obj: Consent, form: Any, change: bool) -> None:
        file = form.cleaned_data.get("evidence") or None
        made = record(form.given, actor=request.user.get_username(), evidence=file)
        obj.pk, obj.evidence = made.pk, made.evidence

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("<uuid:object_id>/revoke/", view(revoke_page), name="compliance_consent_revoke"),
            path("<uuid:object_id>/evidence/", view(evidence), name="compliance_consent_evidence"),
        ]
        return [*own, *super().get_urls()]


def lasting_in_words(consent: Consent) -> list[str]:
    """Where a relationship or a published address lets mail go, and for how long."""
    if ConsentChannel.EMAIL not in consent.channels:
        return []
    laws = rulebook.email_laws()
    return [f"{law.country} {words} ({law.citation})"
            for law, words in lasting(consent.kind, consent.given_at, laws)]  # fmt: skip


def _seen_by(person: User, object_id: Any) -> Consent:
    """The consent, or 404: those of erased people exist for the few who defend a claim."""
    rows = Consent.objects.all()
    seen = rows if person.has_perm(RESTRICTED) else rows.filter(restricted_at=None)
    return get_object_or_404(seen, pk=object_id)


@require_POST
def revoke_page(request: HttpRequest, object_id: Any) -> HttpResponse:
    """End a consent; the record stays."""
    person = require(request, "compliance.revoke_consent")
    consent = _seen_by(person, object_id)
    reason = request.POST.get("reason", "").strip()
    if not reason:
        messages.error(request, "Say why the consent ends.")
    elif revoke(consent, actor=person.get_username(), reason=reason):
        messages.success(request, "The consent has ended.")
    else:
        messages.warning(request, "It had ended already.")
    return redirect("admin:compliance_consent_change", consent.pk)


@require_safe
def evidence(request: HttpRequest, object_id: Any) -> HttpResponseBase:
    """The stored proof, always as a download: it came from outside."""
    consent = _seen_by(require(request, "compliance.view_consent"), object_id)
    if not consent.evidence:
        raise Http404
    return FileResponse(
        consent.evidence.open("rb"), as_attachment=True, filename=consent.evidence_name,
        content_type="application/octet-stream",
    )  # fmt: skip
