"""Webhook endpoints and the log of what was delivered to them."""

import json
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminTextInputWidget,
    UnfoldAdminURLInputWidget,
)

from compliance.admin.readonly import ReadOnlyAdmin
from compliance.admin.recorded import Recorded
from outreach.models import DeliveryStatus, WebhookDelivery, WebhookEndpoint
from outreach.webhooks import endpoints
from outreach.webhooks.events import EVENTS, ping

REFUSED = "Refused, tries again"
TONES = {"Delivered": "success", "Waiting": "info", REFUSED: "warning", "Given up": "danger"}


def standing(status: str, attempts: int) -> str:
    """How a delivery stands in words: what was tried in vain does not merely wait."""
    if status == DeliveryStatus.PENDING and attempts:
        return REFUSED
    return str(DeliveryStatus(status).label)


class WebhookEndpointForm(forms.ModelForm):
    """Name, URL and what it wants to hear."""

    name = forms.CharField(
        max_length=80, widget=UnfoldAdminTextInputWidget, help_text="Which program listens there."
    )
    url = forms.URLField(
        max_length=500, widget=UnfoldAdminURLInputWidget, label="URL", assume_scheme="https"
    )
    events = forms.MultipleChoiceField(
        choices=list(EVENTS.items()), widget=UnfoldAdminCheckboxSelectMultipleWidget
    )

    class Meta:
        model = WebhookEndpoint
        fields = ("name", "url", "events")

    def clean_url(self) -> str:
        """Refuse what is not on the public internet, in words."""
        try:
            endpoints.check_url(self.cleaned_data["url"])
        except endpoints.UrlError as error:
            raise forms.ValidationError(str(error)) from error
        return str(self.cleaned_data["url"])


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(Recorded, ModelAdmin):
    """Where other programs hear our news."""

    act = "webhook"

    form = WebhookEndpointForm
    list_display = ("name", "url", "shown_events", "shown_state", "shown_last")
    search_fields = ("name", "url")
    actions = ("send_test", "new_secret", "turn_off", "turn_on")
    fields = ("name", "url", "events", "shown_secret", "disabled_at", "disabled_reason")
    readonly_fields = ("shown_secret", "disabled_at", "disabled_reason")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A URL without a scheme means https."""
        if db_field.name == "url":
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_fields(self, request: HttpRequest, obj: WebhookEndpoint | None = None) -> Any:
        """The secret is there once the endpoint is."""
        return self.fields if obj else ("name", "url", "events")

    def get_queryset(self, request: HttpRequest) -> QuerySet[WebhookEndpoint]:
        """With how the last delivery went, in the same query."""
        last = WebhookDelivery.objects.filter(endpoint=OuterRef("pk")).order_by("-created_at")
        rows: QuerySet[WebhookEndpoint] = super().get_queryset(request)
        return rows.annotate(
            last_status=Subquery(last.values("status")[:1]),
            last_attempts=Subquery(last.values("attempts")[:1]),
        )

    @display(description="Hears")
    def shown_events(self, endpoint: WebhookEndpoint) -> str:
        """The names of its events."""
        return ", ".join(endpoint.events)

    @display(description="State", label={"on": "success", "off": "danger"})
    def shown_state(self, endpoint: WebhookEndpoint) -> str:
        """“on” or “off”."""
        return "off" if endpoint.disabled_at else "on"

    @display(
        description="Last delivery",
        label=TONES,
    )
    def shown_last(self, endpoint: WebhookEndpoint) -> str:
        """How the newest delivery stands."""
        status = endpoint.last_status  # type: ignore[attr-defined]
        tried = endpoint.last_attempts  # type: ignore[attr-defined]
        return standing(status, tried) if status else "None yet"

    @display(description="Secret")
    def shown_secret(self, endpoint: WebhookEndpoint) -> SafeString:
        """What the listening program checks signatures with."""
        return format_html(
            '<code class="select-all break-all">{}</code><p class="mt-2">Signatures follow '
            "Standard Webhooks: any of its libraries verifies them with this secret.</p>",
            endpoints.secrets_of(endpoint)[0],
        )

    def save_model(
        self, request: HttpRequest, obj: WebhookEndpoint, form: Any, change: bool
    ) -> None:
        """A new one belongs to who made it."""
        assert isinstance(request.user, User)
        actor, cleaned = request.user.get_username(), form.cleaned_data
        if change:
            endpoints.edit(obj, actor=actor)
            return
        made = endpoints.create(**cleaned, owner=request.user, actor=actor)
        obj.pk, obj.owner = made.pk, made.owner

    @admin.action(description="Send a test event", permissions=["change"])
    def send_test(self, request: HttpRequest, rows: QuerySet[WebhookEndpoint]) -> None:
        """Say hello to each; the deliveries tell how it went."""
        for endpoint in rows:
            ping(endpoint)
        self.message_user(
            request, "A test event is on its way: see Webhook deliveries.", messages.SUCCESS
        )

    @admin.action(description="Make a new secret", permissions=["change"])
    def new_secret(self, request: HttpRequest, rows: QuerySet[WebhookEndpoint]) -> None:
        """Both secrets sign for a day, so that nothing is refused meanwhile."""
        for endpoint in rows:
            endpoints.rotate(endpoint, actor=request.user.get_username())
        self.message_user(
            request, "New secret made; the old one signs too for 24 hours.", messages.SUCCESS
        )

    @admin.action(description="Turn off", permissions=["change"])
    def turn_off(self, request: HttpRequest, rows: QuerySet[WebhookEndpoint]) -> None:
        """What happens meanwhile is not kept for it."""
        actor = request.user.get_username()
        count = sum(endpoints.disable(row, reason="Turned off.", actor=actor) for row in rows)
        self.message_user(request, f"{count} turned off.", messages.SUCCESS)

    @admin.action(description="Turn on", permissions=["change"])
    def turn_on(self, request: HttpRequest, rows: QuerySet[WebhookEndpoint]) -> None:
        """What still waits goes first."""
        count = sum(endpoints.enable(row, actor=request.user.get_username()) for row in rows)
        self.message_user(request, f"{count} turned on.", messages.SUCCESS)


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ReadOnlyAdmin):
    """Every piece of news with how often it was tried and what came back."""

    list_display = (
        "created_at", "event", "endpoint", "shown_status", "attempts", "response_status",
        "took_ms", "next_try_at",
    )  # fmt: skip
    list_filter = ("status", "event", "endpoint")
    list_select_related = ("endpoint",)
    ordering = ("-created_at",)
    actions = ("send_again",)
    fields = (
        "event", "event_id", "endpoint", "status", "attempts", "created_at", "next_try_at",
        "ended_at", "response_status", "response_excerpt", "took_ms", "shown_payload",
    )  # fmt: skip
    readonly_fields = ("shown_payload",)

    @display(
        description="Status",
        label=TONES,
    )
    def shown_status(self, row: WebhookDelivery) -> str:
        """In words."""
        return standing(row.status, row.attempts)

    @display(description="Sent")
    def shown_payload(self, row: WebhookDelivery) -> SafeString:
        """The JSON, readable."""
        text = json.dumps(row.payload, indent=2, ensure_ascii=False)
        return format_html('<pre class="whitespace-pre-wrap break-all">{}</pre>', text)

    def has_send_permission(self, request: HttpRequest) -> bool:
        """Who may change endpoints may repeat their deliveries."""
        return request.user.has_perm("outreach.change_webhookendpoint")

    @admin.action(description="Send again", permissions=["send"])
    def send_again(self, request: HttpRequest, rows: QuerySet[WebhookDelivery]) -> None:
        """Ended ones start over; what waits is left alone."""
        count = sum(endpoints.send_again(row, actor=request.user.get_username()) for row in rows)
        self.message_user(request, f"{count} will be sent again.", messages.SUCCESS)
