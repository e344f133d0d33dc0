"""Who of us takes hot conversations, how we are told, and how long one may wait unseen."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from compliance.admin.recorded import Recorded
from outreach.admin.singleton import SingletonMixin
from outreach.models import HandoffPolicy, StaffDuty

EVERYBODYS = "outreach.change_handoffpolicy"


@admin.register(StaffDuty)
class StaffDutyAdmin(Recorded, ModelAdmin):
    """Everybody sets their own; who sets the policy sets everybody's."""

    act, made = "duty", "added"

    list_display = (
        "user", "takes_leads", "by_email", "by_sms", "phone", "quiet_from", "quiet_until", "zone",
    )  # fmt: skip
    list_select_related = ("user",)
    fieldsets = (
        (None, {"fields": ("user", "takes_leads")}),
        ("How to tell them", {"fields": ("by_email", "by_sms", "phone")}),
        ("Quiet hours", {"fields": (("quiet_from", "quiet_until"), "zone"),
                         "description": "No text reaches them then; the bell and mail wait "
                                        "without a sound. Leave both ends empty for none."}),
    )  # fmt: skip
    autocomplete_fields = ("user",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[StaffDuty]:
        rows: QuerySet[StaffDuty] = super().get_queryset(request)
        return rows if self._everybodys(request) else rows.filter(user=request.user.pk)

    def _everybodys(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(EVERYBODYS))  # type: ignore[union-attr]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return () if self._everybodys(request) and obj is None else ("whose",)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if self.get_readonly_fields(request, obj):
            return ((None, {"fields": ("whose", "takes_leads")}), *self.fieldsets[1:])
        return self.fieldsets

    @admin.display(description="user")
    def whose(self, duty: StaffDuty) -> str:
        """Of whom it is, in words: as a field it would lead to a page of the administrators."""
        return str(duty.user) if duty.user_id else "you"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Asked on every page for the menu: the rights first, and the row only where it decides."""
        if not super().has_add_permission(request):
            return False
        own = StaffDuty.objects.filter(user=request.user.pk)
        return self._everybodys(request) or not own.exists()

    def save_model(self, request: HttpRequest, obj: StaffDuty, form: Any, change: bool) -> None:
        if not self._everybodys(request):
            obj.user_id = request.user.pk or 0
        super().save_model(request, obj, form, change)


@admin.register(HandoffPolicy)
class HandoffPolicyAdmin(Recorded, SingletonMixin, ModelAdmin):
    act = "handoff_policy"
    list_display = ("__str__", "assign_by", "pass_on_minutes")
    fields = ("assign_by", "pass_on_minutes")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not HandoffPolicy.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
