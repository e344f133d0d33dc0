"""The queue of a campaign, and of all: read, edit, approve, skip, log, pause; all in place."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from compliance.typed import number_of
from outreach import approvals, budgets, editing, pause
from outreach.actors import name_of
from outreach.admin import doors
from outreach.admin.marks import marked
from outreach.channels.manual import log_done
from outreach.choices import (
    MACHINE_CHANNELS,
    MANUAL_CHANNELS,
    CampaignKind,
    Direction,
    MessageStatus,
)
from outreach.drafting import orders
from outreach.errors import EditConflict, OutreachError
from outreach.models import Campaign, Message, OutreachPolicy
from outreach.sending.explain import explain
from outreach.sequences.batches import waiting_by_drip

ROW = "admin/outreach/message/row.html"
PANEL = "admin/outreach/message/panel.html"
SAVED = "admin/outreach/message/saved.html"
MOST_ROWS = 100
MOST_NAMED = 300  # of those that Approve all leaves behind
ICONS = {
    "email": "mail", "whatsapp": "chat", "phone": "call", "web_form": "language", "sms": "sms",
    "social": "group_add",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A message as the queue shows it."""

    message: Message
    icon: str
    manual: bool
    waiting: bool
    vendor: str


@require_safe
def queue_page(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The campaign's queue; for htmx only its live part."""
    doors.require(request, doors.VIEW)
    campaign = get_campaign(campaign_id)
    context = _queue(campaign)
    if request.headers.get("HX-Target") == "queue-head":
        return doors.fragment(request, "admin/outreach/campaign/queue_head.html", **context)
    if request.headers.get("HX-Target") == "queue-rows":
        return doors.fragment(request, "admin/outreach/campaign/queue_rows.html", **context)
    return doors.page(
        request, "admin/outreach/campaign/queue.html", campaign.name, tab="queue", **context
    )


def get_campaign(campaign_id: UUID) -> Campaign:
    rows = Campaign.objects.select_related("request__category", "mailbox", "owner")
    return get_object_or_404(rows, pk=campaign_id)


def _queue(campaign: Campaign) -> dict[str, Any]:
    messages = Message.objects.filter(campaign=campaign, direction=Direction.OUTBOUND)
    rows, counts = _first_rows(messages), _counts(messages)
    return {
        "campaign": campaign,
        "rows": rows,
        "more": max(0, sum(count for _status, _label, count in counts) - len(rows)),
        "counts": counts,
        "budget": budgets.contact_budget(campaign),
        "policy": OutreachPolicy.load(),
        "drafting": orders.progress_of(campaign.pk),
        "ready": messages.filter(
            status=MessageStatus.EA_REVIEW, flagged=False, channel__in=MACHINE_CHANNELS
        ).count(),
    }


def _counts(messages: QuerySet[Message]) -> list[tuple[str, str, int]]:
    found = dict(messages.order_by().values_list("status").annotate(count=Count("*")))
    return [(s.value, str(s.label), found[s.value]) for s in MessageStatus if found.get(s.value)]


def _first_rows(messages: QuerySet[Message]) -> list[Row]:
    """What waits, then the rest, MOST_ROWS together: however much was sent, a draft is seen."""
    waiting = rows_of(messages.filter(status=MessageStatus.EA_REVIEW))
    others = rows_of(messages.exclude(status=MessageStatus.EA_REVIEW))
    return [*waiting, *others][:MOST_ROWS]


def rows_of(messages: QuerySet[Message], most: int = MOST_ROWS) -> list[Row]:
    """The first of them: what waits before what does not, by name within."""
    found = messages.select_related("enrollment__company", "enrollment__contact", "campaign")[:most]
    return sorted((row_of(m) for m in found), key=lambda row: (not row.waiting, row.vendor.lower()))


def row_of(message: Message) -> Row:
    """A message with what its row needs; enrollment, contact and company should be loaded."""
    enrollment = message.enrollment
    company = enrollment.company if enrollment else None
    return Row(
        message=message,
        icon=ICONS.get(message.channel, "mail"),
        manual=message.channel in MANUAL_CHANNELS,
        waiting=message.status == MessageStatus.EA_REVIEW,
        vendor=str(company or (enrollment.contact if enrollment else message.to_address)),
    )


@require_safe
def review_page(request: HttpRequest) -> HttpResponse:
    """Every draft that waits, over all campaigns; those of drips in batches on their own pages."""
    doors.require(request, doors.VIEW)
    waiting = approvals.waiting().exclude(campaign__kind=CampaignKind.SEQUENCE)
    rows = rows_of(waiting.order_by("campaign__created_at", "created_at"))
    drips = waiting_by_drip()
    total = approvals.waiting().count()
    batched = sum(count for _drip, count, _flagged in drips)
    groups: dict[Campaign, list[Row]] = {}
    for row in rows:
        if row.message.campaign:
            groups.setdefault(row.message.campaign, []).append(row)
    context = {"groups": list(groups.items()), "total": total, "drips": drips,
               "more": max(0, total - batched - len(rows))}  # fmt: skip
    if request.headers.get("HX-Target") == "queue-rows":
        return doors.fragment(request, "admin/outreach/review_rows.html", **context)
    context["policy"] = OutreachPolicy.load()
    return doors.page(request, "admin/outreach/review.html", "Review", **context)


def get_message(message_id: UUID) -> Message:
    rows = Message.objects.select_related(
        "enrollment__company", "enrollment__contact", "campaign", "mailbox"
    )
    return get_object_or_404(rows, pk=message_id, direction=Direction.OUTBOUND)


@require_safe
def panel(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Preview or editor of one message, opened below its row."""
    doors.require(request, doors.VIEW)
    message = get_message(message_id)
    editing_it = request.GET.get("mode") == "edit" and message.status in (
        MessageStatus.EA_REVIEW,
        MessageStatus.APPROVED,
    )
    if editing_it:
        doors.require(request, doors.EDIT)
    return _panel(request, message, editing_it)


def _panel(
    request: HttpRequest, message: Message, editing_it: bool = False, problem: str = ""
) -> HttpResponse:
    return doors.fragment(
        request,
        PANEL,
        row=row_of(message),
        message=message,
        editing=editing_it,
        problem=problem,
        subject=marked(message.subject, message.fact_marks, "subject"),
        body=marked(message.body, message.fact_marks, "body"),
        why=explain(message, now=timezone.now()),
    )


def _row_answer(request: HttpRequest, message: Message, problem: str = "") -> HttpResponse:
    answer = doors.fragment(request, ROW, row=row_of(message), problem=problem)
    return doors.changed(answer)


def _version(request: HttpRequest) -> int:
    return number_of(request.POST.get("version", ""), 0)


@doors.posts
def approve(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Approve one draft as it was read; a flagged one only with "I checked these"."""
    person = doors.require(request, doors.APPROVE)
    get_message(message_id)
    problem = ""
    try:
        checked = request.POST.get("checked") == "1"
        approvals.approve(message_id, approver=person, version=_version(request), checked=checked)
    except OutreachError as error:
        problem = str(error)
    return _row_answer(request, get_message(message_id), problem)


@doors.posts
def skip(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Set a draft aside."""
    person = doors.require(request, doors.APPROVE)
    message = get_message(message_id)
    rows = Message.objects.filter(pk=message.pk)
    done = approvals.skip(rows, actor=name_of(person), reason=request.POST.get("reason", ""))
    problem = "" if done else f"It is {message.get_status_display().lower()} already."
    return _row_answer(request, get_message(message_id), problem)


@doors.posts
def reopen(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Take a skipped, approved or failed message back into review."""
    person = doors.require(request, doors.APPROVE)
    rows = Message.objects.filter(pk=get_message(message_id).pk)
    actor = name_of(person)
    done = approvals.return_to_review(rows, actor=actor, reason=f"Taken back by {actor}.")
    problem = "" if done else "It cannot be taken back any more."
    return _row_answer(request, get_message(message_id), problem)


@doors.posts
def log_manual(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Record what was done by hand on WhatsApp, the phone or a web form."""
    person = doors.require(request, doors.APPROVE)
    get_message(message_id)
    problem = ""
    try:
        log_done(message_id, actor=person, note=request.POST.get("note", "")[:2000])
    except OutreachError as error:
        problem = str(error)
    return _row_answer(request, get_message(message_id), problem)


@doors.posts
def save(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Autosave: write over the version that was read, or show both versions."""
    person = doors.require(request, doors.EDIT)
    get_message(message_id)
    subject, body = request.POST.get("subject", ""), request.POST.get("body", "")
    context: dict[str, Any] = {"yours": {"subject": subject, "body": body}}
    try:
        message = editing.edit(
            message_id, actor=name_of(person), version=_version(request), subject=subject, body=body
        )
        context["review"] = explain(message, now=timezone.now()) if message.flagged else []
    except EditConflict as error:
        context |= {"conflict": str(error), "theirs": error.theirs, "version": error.version}
    except OutreachError as error:
        context["problem"] = str(error)
    message = get_message(message_id)
    return doors.fragment(request, SAVED, message=message, **context)


@require_safe
def approve_all_preview(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """What Approve all would do; changes nothing."""
    doors.require(request, doors.APPROVE)
    campaign = get_campaign(campaign_id)
    drafts = approvals.waiting(campaign)
    due = drafts.aggregate(first=Min("due_at"))["first"]
    return doors.fragment(
        request,
        "admin/outreach/campaign/approve_all.html",
        campaign=campaign,
        first_due=due if due and due > timezone.now() else None,
        ready=drafts.filter(flagged=False, channel__in=MACHINE_CHANNELS).count(),
        flagged=rows_of(drafts.filter(flagged=True), MOST_NAMED),
        manual=rows_of(drafts.filter(channel__in=MANUAL_CHANNELS), MOST_NAMED),
    )


@doors.posts
def approve_all(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Approve every draft nothing speaks against; what stays is listed with the reason."""
    person = doors.require(request, doors.APPROVE)
    campaign = get_campaign(campaign_id)
    result = approvals.approve_all(campaign, approver=person)
    answer = doors.fragment(
        request,
        "admin/outreach/campaign/approved.html",
        campaign=campaign,
        result=result,
        left=_named(result.left_behind),
    )
    answer = doors.changed(answer)
    answer["HX-Trigger"] += ", all-approved"  # no row was acted on: each must be read again
    return answer


def _named(left: Iterable[approvals.Left]) -> list[tuple[str, str]]:
    reasons = {one.message_id: one.reason for one in left}
    rows = Message.objects.filter(pk__in=list(reasons)).select_related("enrollment__company")
    return [(row_of(message).vendor, reasons[message.pk]) for message in rows]


@doors.posts
def pause_campaign(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Pause, or resume, this campaign."""
    person = doors.require(request, doors.PAUSE)
    campaign = get_campaign(campaign_id)
    if request.POST.get("resume"):
        pause.resume_campaign(campaign, actor=name_of(person))
    else:
        pause.pause_campaign(campaign, actor=name_of(person), reason=request.POST.get("reason", ""))
    context = _queue(get_campaign(campaign_id))
    head = doors.fragment(request, "admin/outreach/campaign/queue_head.html", **context)
    return doors.changed(head)


@doors.posts
def pause_everything(request: HttpRequest) -> HttpResponse:
    """Pause, or resume, all sending."""
    person = doors.require(request, doors.PAUSE_ALL)
    if request.POST.get("resume"):
        pause.resume_everything(actor=name_of(person))
    else:
        pause.pause_everything(actor=name_of(person))
    policy = OutreachPolicy.load()
    return doors.fragment(request, "admin/outreach/everything.html", policy=policy)
