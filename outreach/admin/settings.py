"""Mailboxes, the switches over everything, and the machine's own records."""

from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.decorators import action as unfold_action

from compliance.admin.filters import KeptValuesFilter
from compliance.admin.readonly import ReadOnlyAdmin
from compliance.admin.recorded import Recorded
from outreach.actors import name_of
from outreach.admin import doors
from outreach.admin.inbox import ShortPaginator
from outreach.admin.singleton import SingletonMixin
from outreach.models import Mailbox, OutreachPolicy, ProviderEvent
from outreach.pause import pause_mailbox, resume_mailbox

CHANGE = "outreach.change_mailbox"


@admin.register(Mailbox)
class MailboxAdmin(Recorded, ModelAdmin):
    list_display = ("name", "from_email", "connection", "per_hour", "daily_cap", "paused_at")
    search_fields = ("name", "from_email")
    fieldsets = (
        (None, {"fields": ("name", "from_name", "from_email", "sender_title", "owner")}),
        ("How it sends", {"fields": ("connection", "max_connections")}),
        ("How much", {"fields": ("per_hour", "daily_cap", "per_domain_hour", "min_gap_ms",
                                 "warm_up_started_on", "warm_up_first_day", "warm_up_growth")}),
        ("Brake", {"fields": ("paused_at", "pause_reason")}),
    )  # fmt: skip
    # Only the brake's own buttons move it, so that the ledger has who did and why.
    readonly_fields = ("paused_at", "pause_reason")
    actions = ("pause_chosen", "resume_chosen")
    actions_submit_line = ("pause_this", "resume_this")

    def has_running_permission(
        self, request: HttpRequest, object_id: str | UUID | None = None
    ) -> bool:
        """Whether there is something to pause: any mailbox of a list, or one that sends."""
        return self._stands(request, object_id, paused=False)

    def has_paused_permission(
        self, request: HttpRequest, object_id: str | UUID | None = None
    ) -> bool:
        """Whether there is something to resume: any mailbox of a list, or one that is held."""
        return self._stands(request, object_id, paused=True)

    def _stands(self, request: HttpRequest, object_id: str | UUID | None, *, paused: bool) -> bool:
        if not self.has_change_permission(request):
            return False
        if object_id is None:
            return True
        mailbox = self.get_object(request, str(object_id))
        return mailbox is not None and bool(mailbox.paused_at) is paused

    @unfold_action(description="Pause", permissions=["running"])
    def pause_this(self, request: HttpRequest, mailbox: Mailbox) -> None:
        if pause_mailbox(mailbox, actor=name_of(doors.require(request, CHANGE))):
            self.message_user(request, f"{mailbox.name} sends nothing until you resume it.")

    @unfold_action(description="Resume", permissions=["paused"])
    def resume_this(self, request: HttpRequest, mailbox: Mailbox) -> None:
        if resume_mailbox(mailbox, actor=name_of(doors.require(request, CHANGE))):
            self.message_user(request, f"{mailbox.name} sends again; what waited leaves now.")

    @admin.action(description="Pause", permissions=["change"])
    def pause_chosen(self, request: HttpRequest, queryset: QuerySet[Mailbox]) -> None:
        actor = name_of(doors.require(request, CHANGE))
        done = sum(pause_mailbox(mailbox, actor=actor) for mailbox in queryset)
        self.message_user(request, f"{done} paused: nothing of theirs leaves.")

    @admin.action(description="Resume", permissions=["change"])
    def resume_chosen(self, request: HttpRequest, queryset: QuerySet[Mailbox]) -> None:
        actor = name_of(doors.require(request, CHANGE))
        done = sum(resume_mailbox(mailbox, actor=actor) for mailbox in queryset)
        self.message_user(request, f"{done} resumed; what waited for them leaves now.")


@admin.register(OutreachPolicy)
class OutreachPolicyAdmin(Recorded, SingletonMixin, ModelAdmin):
    act = "policy"
    list_display = ("__str__", "force_every_message", "paused_at", "paused_by")
    fields = ("force_every_message", "soft_bounce_limit", "refusal_limit")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not OutreachPolicy.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(ProviderEvent)
class ProviderEventAdmin(ReadOnlyAdmin):
    list_display = ("esp", "kind", "event_type", "status", "attempts", "received_at", "detail")
    list_filter = ("status", "kind", ("esp", KeptValuesFilter))
    search_fields = ("key", "detail")
    exclude = ("raw",)
    ordering = ("-received_at",)
    paginator = ShortPaginator
