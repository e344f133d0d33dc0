"""A thread like a chat: what was said and heard, quoted text folded, quotes marked in the words."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from compliance.typed import number_of
from outreach.actors import name_of
from outreach.admin import doors
from outreach.choices import MessageKind, MessageStatus
from outreach.conversations.participants import others_in
from outreach.conversations.replying import note
from outreach.drafting.follow_ups import draft_follow_up
from outreach.errors import OutreachError
from outreach.inbound.sanitise import sanitise
from outreach.models import Attachment, Enrollment, Message, MessageReading
from outreach.sending.explain import explain
from outreach.sequences.outlook import next_touches
from outreach.thread import Annotation, annotate

SHOWN = 40  # messages a page begins with: the last ones, for they are what it is opened for
EVERYTHING = "all"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a message: plain, marked as evidence (`label`), or quoted history."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One message as the thread shows it."""

    message: Message
    own: list[Piece]
    quoted: str
    notes: list[Annotation]
    html: SafeString
    why: list[str]
    reading: MessageReading | None = None


@require_safe
def thread_page(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """The messages of one thread in time order."""
    doors.require(request, doors.VIEW)
    thread = get_object_or_404(
        Enrollment.objects.select_related("campaign", "company", "contact", "point", "version"),
        pk=enrollment_id,
    )
    ahead = next_touches([thread], now=timezone.now()).get(thread.pk)
    title = str(thread.company or thread.contact)
    return doors.page(
        request, "admin/outreach/thread.html", title,
        thread=thread, campaign=thread.campaign, tab="replies",
        also=others_in(thread), left_out=ahead.left_out if ahead else (),
        **told_in(thread, request.GET.get("last", "")),
    )  # fmt: skip


def told_in(thread: Enrollment, last: str = "") -> dict[str, Any]:
    """The last messages of a thread, and what a page says of all; a fixed number of queries.

    `last` is how many, or EVERYTHING; SHOWN for what is neither.
    """
    facts = thread.messages.aggregate(
        count=Count("pk"),
        replies=Count("pk", filter=Q(kind=MessageKind.REPLY)),
        to_look_at=Count("pk", filter=Q(status=MessageStatus.NEEDS_ATTENTION)),
    )
    count: int = facts["count"]
    wanted = number_of(last, SHOWN, digits=6)
    wanted = count if last == EVERYTHING else max(wanted, SHOWN)
    said = said_in(thread, last=wanted)
    earlier = max(count - len(said), 0)
    return {
        "said": said, "earlier": earlier, "more": len(said) + min(earlier, 2 * SHOWN),
        "has_replied": facts["replies"] > 0, "to_look_at": facts["to_look_at"] > 0,
    }  # fmt: skip


def said_in(thread: Enrollment, *, last: int) -> list[Said]:
    """The last messages of a thread, by their moment; a fixed number of queries."""
    moment = Coalesce("received_at", "sent_at", "created_at")
    rows = list(
        thread.messages.select_related("reading")
        .prefetch_related("attachments")
        .order_by(moment.desc(), "-created_at", "-pk")[:last]
    )[::-1]
    found = annotate(rows)
    return [_said(message, found.get(message.pk, [])) for message in rows]


def _said(message: Message, notes: list[Annotation]) -> Said:
    outbound = message.direction == "outbound"
    marks = [n for n in notes if n.part == "body" and n.end > n.start]
    own, quoted = _pieces(message, marks)
    # nh3 lets only harmless tags through; nothing else may be marked safe.
    html = mark_safe(sanitise(message.body_html)) if message.body_html and not outbound else ""  # noqa: S308
    why = explain(message, now=timezone.now()) if outbound else []
    lines = [n for n in notes if n not in marks]
    reading = getattr(message, "reading", None)
    return Said(message, own, quoted, lines, SafeString(html), why, reading)


def _pieces(message: Message, marks: list[Annotation]) -> tuple[list[Piece], str]:
    """The own words, cut at the marks, and the quoted rest."""
    body, pieces, quoted, at = message.body, [], [], 0
    spans = [(int(start), int(end)) for start, end in message.own_ranges] or [(0, len(body))]
    for start, end in spans:
        quoted.append(body[at:start])
        at = start
        for mark in sorted(
            (m for m in marks if start <= m.start and m.end <= end), key=lambda m: m.start
        ):
            if mark.start < at:
                continue
            pieces.append(Piece(body[at : mark.start]))
            pieces.append(Piece(body[mark.start : mark.end], mark.label))
            at = mark.end
        pieces.append(Piece(body[at:end]))
        at = end
    quoted.append(body[at:])
    return pieces, "".join(quoted).strip()


@doors.posts
def follow_up(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """Draft a follow-up; it waits for review like every draft."""
    person = doors.require(request, doors.EDIT)
    thread = get_object_or_404(Enrollment, pk=enrollment_id)
    try:
        draft_follow_up(thread, actor=name_of(person))
        notices.success(request, "A follow-up is drafted. It waits in the queue.")
    except OutreachError as error:
        notices.error(request, str(error))
    return redirect("admin:outreach_thread", enrollment_id)


@doors.posts
def add_note(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """Add a line to the thread's notes; nobody else's lines are touched."""
    person = doors.require(request, "outreach.change_enrollment")
    get_object_or_404(Enrollment, pk=enrollment_id)
    try:
        note(enrollment_id, request.POST.get("note", ""), actor=person)
    except OutreachError as error:
        notices.error(request, str(error))
    return redirect("admin:outreach_thread", enrollment_id)


@require_safe
def download(request: HttpRequest, attachment_id: UUID) -> FileResponse:
    """An attachment as a download, never shown in place: it is a stranger's file."""
    doors.require(request, doors.VIEW)
    attachment = get_object_or_404(Attachment, pk=attachment_id)
    if not attachment.file:
        raise Http404(attachment.left_out or "This file was not kept.")
    return FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type="application/octet-stream",
    )
