"""Mailboxes, the switches over everything, and the machine's own records."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from outreach.admin.inbox import ShortPaginator
from outreach.admin.readonly import ReadOnlyAdmin
from outreach.models import Mailbox, OutreachPolicy, ProviderEvent


@admin.register(Mailbox)
class MailboxAdmin(ModelAdmin):
    list_display = ("name", "from_email", "connection", "per_hour", "daily_cap", "paused_at")
    search_fields = ("name", "from_email")
    fieldsets = (
        (None, {"fields": ("name", "from_name", "from_email", "sender_title", "owner")}),
        ("How it sends", {"fields": ("connection", "max_connections")}),
        ("How much", {"fields": ("per_hour", "daily_cap", "per_domain_hour", "min_gap_ms",
                                 "warm_up_started_on", "warm_up_first_day", "warm_up_growth")}),
        ("Brake", {"fields": ("paused_at", "pause_reason")}),
    )  # fmt: skip


@admin.register(OutreachPolicy)
class OutreachPolicyAdmin(ModelAdmin):
    list_display = ("__str__", "force_every_message", "paused_at", "paused_by")
    fields = ("force_every_message", "soft_bounce_limit", "refusal_limit")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not OutreachPolicy.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(ProviderEvent)
class ProviderEventAdmin(ReadOnlyAdmin):
    list_display = ("esp", "kind", "event_type", "status", "attempts", "received_at", "detail")
    list_filter = ("status", "kind", "esp")
    search_fields = ("key", "detail")
    exclude = ("raw",)
    ordering = ("-received_at",)
    paginator = ShortPaginator
