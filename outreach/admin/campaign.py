"""Campaigns and threads in the admin's lists; the work itself is on the queue page."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from unfold.admin import ModelAdmin

from compliance import audit
from compliance.admin.readonly import ReadOnlyAdmin
from outreach.actors import name_of
from outreach.admin import doors
from outreach.admin.inbox import ShortPaginator
from outreach.choices import CampaignKind, CampaignStatus
from outreach.models import Campaign, Enrollment
from outreach.pause import cancel_campaign

EVERY = ("name", "slug", "mailbox", "owner", "contact_budget")
RFQ = (*EVERY, "request", "follow_up_limit", "negotiation_limit")  # every message is approved
DRIP = (
    *EVERY, "sequence_version", "offer", "text_mailbox", "approval_policy", "approve_first",
    "exclusive", "contact_gap_days",
)  # fmt: skip


@admin.register(Campaign)
class CampaignAdmin(ModelAdmin):
    list_display = (
        "name", "kind", "status", "client", "owner", "contact_budget", "paused", "created_at",
    )  # fmt: skip
    list_filter = ("status", "kind")
    list_select_related = ("request", "owner", "mailbox")
    search_fields = ("name", "request__text", "request__client_name")
    show_full_result_count = False
    readonly_fields = ("request", "slug", "sequence_version")
    actions = ("cancel_chosen",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a campaign begins with a request

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # what was sent stays on record

    def get_fields(self, request: HttpRequest, obj: Campaign | None = None) -> tuple[str, ...]:
        return DRIP if obj and obj.kind == CampaignKind.SEQUENCE else RFQ

    def save_model(self, request: HttpRequest, obj: Campaign, form: Any, change: bool) -> None:
        """Only what was changed is written, and the ledger says what that was."""
        if not form.changed_data:
            return
        with transaction.atomic():
            obj.save(update_fields=[*form.changed_data, "updated_at"])
            audit.append(
                "campaign.changed", obj, actor=request.user.get_username(), campaign_id=obj.pk,
                data={"fields": sorted(form.changed_data)},
            )  # fmt: skip

    def has_bulk_permission(self, request: HttpRequest) -> bool:
        """Ending a campaign for good takes the right to act in bulk."""
        return bool(request.user.has_perm(doors.BULK))  # type: ignore[union-attr]

    @admin.action(description="Cancel for good", permissions=["bulk"])
    def cancel_chosen(self, request: HttpRequest, queryset: QuerySet[Campaign]) -> None:
        """What has not left is cancelled; what was sent stays on record."""
        person = doors.require(request, doors.BULK)
        chosen = queryset.exclude(status=CampaignStatus.CANCELLED)
        stopped = [
            cancel_campaign(campaign, actor=name_of(person), reason="The campaign was cancelled.")
            for campaign in chosen
        ]
        self.message_user(
            request, f"{len(stopped)} campaigns cancelled; {sum(stopped)} messages do not leave."
        )

    @admin.display(description="client", ordering="request__client_name")
    def client(self, campaign: Campaign) -> str:
        return campaign.request.client_name if campaign.request else ""

    @admin.display(boolean=True)
    def paused(self, campaign: Campaign) -> bool:
        return campaign.paused

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The queue is the campaign's page; `?settings` opens the form."""
        if (
            request.method == "GET"
            and "settings" not in request.GET
            and (campaign := self.get_object(request, object_id))
        ):
            drip = campaign.kind == CampaignKind.SEQUENCE
            page = "admin:outreach_campaign_drip" if drip else "admin:outreach_campaign_queue"
            return redirect(page, object_id)
        return super().change_view(request, object_id, form_url, extra_context)


@admin.register(Enrollment)
class EnrollmentAdmin(ReadOnlyAdmin):
    list_display = ("company", "contact", "campaign", "channel", "status", "last_inbound_at")
    list_filter = ("status", "channel")
    list_select_related = ("company", "contact", "campaign")
    search_fields = ("company__name", "contact__name", "campaign__name")
    paginator = ShortPaginator
