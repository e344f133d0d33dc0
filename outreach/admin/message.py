"""Messages in one list, with the same acts in bulk that the queue does one by one."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from compliance.admin.readonly import ReadOnlyAdmin, ReadOnlyInline
from outreach import approvals
from outreach.actors import name_of
from outreach.admin import doors
from outreach.admin.inbox import ShortPaginator
from outreach.choices import MessageStatus
from outreach.errors import NotAllowedNow
from outreach.models import Approval, Attempt, Message
from outreach.sending.reconcile import resolve_uncertain


class ApprovalInline(ReadOnlyInline):
    model = Approval
    fields = ("approved_by", "approved_at", "edited", "voided_at", "void_reason", "content_hash")


class AttemptInline(ReadOnlyInline):
    model = Attempt
    fields = ("number", "outcome", "detail", "started_at", "finished_at", "worker")


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    inlines = (ApprovalInline, AttemptInline)
    list_display = (
        "subject_line",
        "to_address",
        "campaign",
        "channel",
        "status",
        "flagged",
        "created_at",
    )
    list_filter = ("status", "direction", "channel", "kind", "flagged")
    list_select_related = ("campaign",)
    search_fields = ("subject", "to_address", "from_address")
    ordering = ("-created_at",)
    paginator = ShortPaginator
    actions = ("approve_chosen", "skip_chosen", "retry_failed", "it_left", "it_did_not_leave")
    exclude = ("body_html",)

    @admin.display(description="subject", ordering="subject")
    def subject_line(self, message: Message) -> str:
        return message.subject or message.body[:60]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        return super().get_queryset(request).defer("body_html", "references", "original")

    def has_bulk_permission(self, request: HttpRequest) -> bool:
        """For the actions below: bulk work is a right of its own."""
        return bool(request.user.has_perm(doors.BULK))  # type: ignore[union-attr]

    @admin.action(description="Approve", permissions=["bulk"])
    def approve_chosen(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        chosen = Message.objects.filter(pk__in=queryset.values("pk"))
        result = approvals.approve_many(chosen, approver=doors.require(request, doors.BULK))
        self.message_user(request, f"{len(result.approved)} approved.")
        for left in result.left_behind[:20]:
            self.message_user(request, f"{left.to}: {left.reason}", level="WARNING")

    @admin.action(description="Skip", permissions=["bulk"])
    def skip_chosen(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        person = doors.require(request, doors.BULK)
        chosen = Message.objects.filter(pk__in=queryset.values("pk"))
        self.message_user(request, f"{len(approvals.skip(chosen, actor=name_of(person)))} skipped.")

    @admin.action(description="Retry failed only", permissions=["bulk"])
    def retry_failed(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        """Failed ones go back to review; what left, or may have, is never touched."""
        person = doors.require(request, doors.BULK)
        chosen = Message.objects.filter(pk__in=queryset.values("pk"), status=MessageStatus.FAILED)
        done = approvals.return_to_review(
            chosen, actor=name_of(person), reason="Taken back to try again."
        )
        self.message_user(request, f"{len(done)} failed messages are back in review.")

    @admin.action(description="Uncertain: it left", permissions=["bulk"])
    def it_left(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        """The person found it in the mailbox's sent mail, or heard from who got it."""
        self._resolve(request, queryset, was_sent=True)

    @admin.action(description="Uncertain: it did not leave", permissions=["bulk"])
    def it_did_not_leave(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        """Back to review: it is sent only when it is approved again."""
        self._resolve(request, queryset, was_sent=False)

    def _resolve(
        self, request: HttpRequest, queryset: QuerySet[Message], *, was_sent: bool
    ) -> None:
        person, done = doors.require(request, doors.BULK), 0
        for pk in queryset.values_list("pk", flat=True):
            try:
                resolve_uncertain(pk, was_sent=was_sent, actor=person, now=timezone.now())
                done += 1
            except NotAllowedNow as error:
                self.message_user(request, str(error), level="WARNING")
        words = "are marked as sent" if was_sent else "are back in review"
        self.message_user(request, f"{done} messages {words}.")
