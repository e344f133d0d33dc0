"""API keys: made here, shown once, revoked here; what a key may is decided when it is made."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSplitDateTimeWidget,
    UnfoldAdminTextInputWidget,
)

from outreach import api_keys
from outreach.models import ApiKey

DEFAULT_LIFE = timedelta(days=365)


class ApiKeyForm(forms.ModelForm):
    """Name, scopes and an end; the owner is whoever makes the key."""

    name = forms.CharField(
        max_length=80, widget=UnfoldAdminTextInputWidget, help_text="What will use it."
    )
    scopes = forms.MultipleChoiceField(
        choices=list(api_keys.SCOPES.items()),
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text="The key may do no more than this, and no more than you may yourself.",
    )
    expires_at = forms.SplitDateTimeField(
        widget=UnfoldAdminSplitDateTimeWidget, required=False, help_text="Empty: never."
    )

    class Meta:
        model = ApiKey
        fields = ("name", "scopes", "expires_at")


@admin.register(ApiKey)
class ApiKeyAdmin(ModelAdmin):
    """A key never changes: it is made, and some day revoked."""

    form = ApiKeyForm
    list_display = ("name", "prefix", "owner", "shown_state", "expires_at", "last_used_at")
    list_filter = ("revoked_at",)
    search_fields = ("name", "prefix", "owner__username")
    ordering = ("-created_at",)
    list_select_related = ("owner",)
    actions = ("revoke_keys",)
    fields = (
        "name",
        "prefix",
        "owner",
        "scopes",
        "expires_at",
        "revoked_at",
        "last_used_at",
        "created_at",
    )

    @display(
        description="State", label={"live": "success", "revoked": "danger", "expired": "warning"}
    )
    def shown_state(self, key: ApiKey) -> str:
        """“live”, “expired” or “revoked”."""
        if key.revoked_at:
            return "revoked"
        return "live" if api_keys.is_live(key) else "expired"

    def get_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> Any:
        """A new key asks for three things; a made one shows everything."""
        return self.fields if obj else ApiKeyForm.Meta.fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new key lives a year unless somebody says otherwise."""
        end = timezone.localtime() + DEFAULT_LIFE
        return {"expires_at": end.replace(hour=0, minute=0, second=0, microsecond=0)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiKey]:
        """Everybody sees their own keys, administrators all of them."""
        keys = super().get_queryset(request)
        return keys if request.user.is_superuser else keys.filter(owner=request.user)

    def has_change_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        """Keys are looked at, not edited; the list needs the right for “Revoke”."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        """Revoked keys stay, so that the ledger's entries keep their subject."""
        return False

    def save_model(self, request: HttpRequest, obj: ApiKey, form: Any, change: bool) -> None:
        """Make the key; its text stays on this one request."""
        assert isinstance(request.user, User)
        key, token = api_keys.create(
            owner=request.user,
            name=form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"],
            expires_at=form.cleaned_data["expires_at"],
            actor=request.user.get_username(),
        )
        obj.pk, obj.prefix, obj.owner = key.pk, key.prefix, key.owner
        request.new_token = token  # type: ignore[attr-defined]

    def response_add(
        self, request: HttpRequest, obj: ApiKey, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The only page that ever shows the key; not to be kept by browsers or proxies."""
        context = {
            **self.admin_site.each_context(request),
            "title": "Your new API key",
            "opts": self.opts,
            "key": obj,
            "token": request.new_token,  # type: ignore[attr-defined]
        }
        page = TemplateResponse(request, "admin/outreach/apikey/shown_once.html", context)
        page["Cache-Control"] = "no-store"
        return page

    @admin.action(description="Revoke selected keys", permissions=["change"])
    def revoke_keys(self, request: HttpRequest, keys: QuerySet[ApiKey]) -> None:
        """End the keys at once."""
        count = sum(api_keys.revoke(key, actor=request.user.get_username()) for key in keys)
        self.message_user(request, f"{count} keys revoked.", messages.SUCCESS)
