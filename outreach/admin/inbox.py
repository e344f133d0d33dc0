"""All mail that came in, newest first, and the triage of what fits no thread."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from compliance.admin import asked
from compliance.models import AuditEntry
from compliance.typed import key_of
from outreach.admin import doors
from outreach.admin.queue import get_campaign
from outreach.choices import Direction, MessageKind, MessageStatus
from outreach.errors import OutreachError
from outreach.inbound import triage
from outreach.models import Enrollment, Message, ProviderEvent

PER_PAGE = 50
FILTERS: dict[str, tuple[str, Q]] = {
    "attention": ("Needs attention", Q(status=MessageStatus.NEEDS_ATTENTION)),
    "unread": ("Unread", Q(read_at=None)),
    "replies": ("Replies", Q(kind=MessageKind.REPLY)),
    "auto": ("Automatic", Q(kind=MessageKind.AUTO_REPLY)),
    "bounces": ("Bounces", Q(kind__in=[MessageKind.BOUNCE, MessageKind.COMPLAINT])),
    "all": ("Everything", Q()),
}
AUDIT_ROWS = 300


class ShortPaginator(Paginator):
    """Counts no further than the pages somebody leafs through: an inbox may hold millions."""

    MOST = 5000

    @cached_property
    def count(self) -> int:
        """How many there are, MOST at the most; asked once, and in no order."""
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        return rows.order_by()[: self.MOST].count()


def heard() -> QuerySet[Message]:
    """Inbound messages, newest first, with what a list shows."""
    return (
        Message.objects.filter(direction=Direction.INBOUND)
        .select_related("enrollment__company", "enrollment__contact", "campaign")
        .defer("body_html", "references")
        .order_by("-received_at", "-id")
    )


@require_safe
def heard_page(request: HttpRequest) -> HttpResponse:
    """The list, filtered; `show` is one of FILTERS."""
    doors.require(request, doors.VIEW)
    asked.only(request, "show", "page")
    labels = {name: text for name, (text, _condition) in FILTERS.items()}
    show = asked.one_of(request, "show", labels, "all")
    label, condition = FILTERS[show]
    number = request.GET.get("page", "1")
    page = ShortPaginator(heard().filter(condition), PER_PAGE).get_page(number)
    return doors.page(
        request, "admin/outreach/heard.html", "All mail",
        rows=page, show=show, filters=list(labels.items()),
        unreadable=ProviderEvent.objects.filter(
            status="needs_attention", message=None
        ).order_by("-received_at")[:20],
        label=label,
    )  # fmt: skip


@require_safe
def replies_page(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """What came back to one campaign."""
    doors.require(request, doors.VIEW)
    campaign = get_campaign(campaign_id)
    page = ShortPaginator(heard().filter(campaign=campaign), PER_PAGE).get_page(
        request.GET.get("page", "1")
    )
    return doors.page(
        request, "admin/outreach/campaign/replies.html", campaign.name,
        campaign=campaign, rows=page, tab="replies",
    )  # fmt: skip


@require_safe
def audit_page(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Who did what in one campaign, newest first."""
    doors.require(request, "compliance.view_auditentry")
    campaign = get_campaign(campaign_id)
    rows = list(AuditEntry.objects.filter(campaign_id=campaign_id)[:AUDIT_ROWS])
    ids = [row.subject_id for row in rows if row.subject_type == Message._meta.label_lower]
    # The ledger keeps no addresses; while a message has one, it is shown beside the entry.
    addresses = dict(Message.objects.filter(pk__in=ids).values_list("pk", "to_address"))
    return doors.page(
        request, "admin/outreach/campaign/audit.html", campaign.name,
        campaign=campaign, rows=[(row, _to(row, addresses)) for row in rows], tab="audit",
    )  # fmt: skip


def _to(entry: AuditEntry, addresses: dict[UUID, str]) -> str:
    is_message = entry.subject_type == Message._meta.label_lower
    return addresses.get(UUID(entry.subject_id), "") if is_message else ""


@require_safe
def mail_page(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """One mail that fits no thread, with what can be done about it."""
    doors.require(request, doors.VIEW)
    message = get_object_or_404(heard(), pk=message_id)
    if message.enrollment_id:
        return redirect("admin:outreach_thread", message.enrollment_id)
    return doors.page(
        request, "admin/outreach/mail.html", message.subject or "Mail without a subject",
        message=message, event=message.events.first(), **_candidates(request, message),
    )  # fmt: skip


def _candidates(request: HttpRequest, message: Message) -> dict[str, Any]:
    """Threads it may belong to: by what was searched, else by the sender's domain."""
    wanted = request.GET.get("q", "").strip()[:100]
    domain = message.from_address.rsplit("@", 1)[-1]
    threads = Enrollment.objects.select_related("company", "campaign", "contact")
    condition = (
        Q(company__name__icontains=wanted) | Q(contact__name__icontains=wanted)
        | Q(campaign__name__icontains=wanted)
        if wanted
        else Q(company__domain=domain)
    )  # fmt: skip
    return {"threads": threads.filter(condition).order_by("-created_at")[:20], "wanted": wanted}


def _triage(request: HttpRequest, act: Any, success: str) -> None:
    try:
        act()
        notices.success(request, success)
    except OutreachError as error:
        notices.error(request, str(error))


@doors.posts
def attach(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Put a mail into the chosen thread."""
    person = doors.require(request, doors.TRIAGE)
    thread = get_object_or_404(Enrollment, pk=key_of(request.POST.get("thread")))
    get_object_or_404(heard(), pk=message_id)
    _triage(request, lambda: triage.attach(message_id, thread.pk, actor=person), "Attached.")
    return redirect("admin:outreach_thread", thread.pk)


@doors.posts
def dismiss(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Set a mail aside."""
    person = doors.require(request, doors.TRIAGE)
    get_object_or_404(heard(), pk=message_id)
    reason = request.POST.get("reason", "")[:500]
    _triage(request, lambda: triage.dismiss(message_id, actor=person, reason=reason), "Set aside.")
    return redirect("admin:outreach_heard")


@doors.posts
def reprocess(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Work a stored event off again."""
    person = doors.require(request, doors.TRIAGE)
    get_object_or_404(ProviderEvent, pk=event_id)
    _triage(request, lambda: triage.reprocess(event_id, actor=person), "Processed again.")
    return redirect("admin:outreach_heard")


@doors.posts
def set_event_aside(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Take what could not be worked off from the list: a person has dealt with it."""
    person = doors.require(request, doors.TRIAGE)
    get_object_or_404(ProviderEvent, pk=event_id)
    _triage(request, lambda: triage.set_event_aside(event_id, actor=person), "Set aside.")
    return redirect("admin:outreach_heard")


@doors.posts
def mark_read(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Mark a mail read, and go where it stands."""
    doors.require(request, doors.VIEW)
    message = get_object_or_404(heard(), pk=message_id)
    if doors.rights(request)["triage"]:
        Message.objects.filter(pk=message_id, read_at=None).update(read_at=timezone.now())
    if message.enrollment_id:
        return redirect("admin:outreach_thread", message.enrollment_id)
    return redirect("admin:outreach_mail", message_id)
