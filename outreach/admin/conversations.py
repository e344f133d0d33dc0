"""The inbox: conversations in a list, one of them open beside it, and everything done to it."""

import json
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from compliance.admin import asked
from compliance.evidence.pdf import EvidenceError, pdf_of
from compliance.typed import key_of, number_of
from outreach.actors import name_of
from outreach.admin import doors
from outreach.admin.inbox import ShortPaginator
from outreach.admin.threads import told_in
from outreach.answers.draft import draft_answer
from outreach.choices import MessageStatus, Outcome, ReplyIntent, TalkState
from outreach.conversations import acts, export, listing, replying
from outreach.conversations.moves import history
from outreach.conversations.participants import others_in
from outreach.errors import OutreachError
from outreach.models import Enrollment, KnowledgeEntry, Message

TAKE_ALONG = "compliance.export_evidence"
PER_PAGE = 40
CANNED = 60
STEPS = 12
Act = Callable[[UUID, User, HttpRequest], str]


@require_safe
def inbox_page(request: HttpRequest) -> HttpResponse:
    """The list, and the conversation `c` beside it."""
    user = doors.require(request, doors.VIEW)
    chosen, last = key_of(request.GET.get("c")), request.GET.get("last", "")
    pane = _pane(_thread(chosen), user, last) if chosen else {}
    return doors.page(
        request, "admin/outreach/inbox/page.html", "Inbox", **_list(request, user), **pane
    )


@require_safe
def list_fragment(request: HttpRequest) -> HttpResponse:
    """The list alone, asked for every few seconds and after every act."""
    user = doors.require(request, doors.VIEW)
    return doors.fragment(request, "admin/outreach/inbox/list.html", **_list(request, user))


def _list(request: HttpRequest, user: User) -> dict[str, Any]:
    now = timezone.now()
    known = listing.filters(user, now)
    asked.only(request, "show", "q", "page", "c", "last")
    labels = {name: label for name, (label, _condition) in known.items()}
    show = asked.one_of(request, "show", labels, "open")
    search = request.GET.get("q", "").strip()[:100]
    rows = listing.conversations(known[show][1], search=search)
    page = ShortPaginator(rows, PER_PAGE).get_page(request.GET.get("page", "1"))
    waiting = listing.counts(user, now, ["hot", "mine", "questions", "open", "nobody"])
    chips = [(name, label, waiting.get(name)) for name, (label, _condition) in known.items()]
    triage = Message.objects.filter(status=MessageStatus.NEEDS_ATTENTION, enrollment=None)
    return {
        "lines": listing.lines(list(page)), "page": page, "show": show, "search": search,
        "chips": chips, "chosen": request.GET.get("c", ""),
        "to_triage": len(triage.values_list("pk").order_by()[: listing.MOST_COUNTED]),
    }  # fmt: skip


@require_safe
def pane_fragment(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """One conversation; opened by itself it is the whole inbox with it."""
    user = doors.require(request, doors.VIEW)
    if not getattr(request, "htmx", False):
        return redirect(f"{reverse('admin:outreach_inbox')}?show=all&c={enrollment_id}")
    return _show(request, _thread(enrollment_id), user)


def _show(request: HttpRequest, thread: Enrollment, user: User, **more: Any) -> HttpResponse:
    pane = _pane(thread, user, request.GET.get("last", ""))
    return doors.fragment(request, "admin/outreach/inbox/pane.html", **pane, **more)


def _thread(enrollment_id: UUID) -> Enrollment:
    return get_object_or_404(
        Enrollment.objects.select_related(
            "campaign", "company", "contact", "point", "conversation__owner"
        ),
        pk=enrollment_id,
    )


def _pane(thread: Enrollment, user: User, last: str) -> dict[str, Any]:
    conversation = getattr(thread, "conversation", None)
    told = told_in(thread, last)
    readings = [one.reading for one in reversed(told["said"]) if one.reading]
    language = next((reading.language for reading in readings if reading.language), "")
    known = KnowledgeEntry.objects.holding(thread.campaign, timezone.localdate())
    canned = sorted(known, key=lambda entry: (entry.language != language, entry.question))[:CANNED]
    heard = replying.last_heard(thread.pk)
    now = timezone.now()
    asleep = conversation and conversation.snoozed_until and conversation.snoozed_until > now
    return {
        "thread": thread, "campaign": thread.campaign, "talk": conversation, **told,
        "asleep": asleep, "canned": canned, "intents": ReplyIntent.choices,
        "outcomes": [Outcome.WON, Outcome.LOST, Outcome.COLD],
        "is_hot": bool(conversation and conversation.hot_since
                       and conversation.state != TalkState.CLOSED),
        "people": listing.who_may_work().order_by("first_name"),
        "stops": replying.stopped_by(heard) if heard else [],
        "waiting": replying.waiting_answer(thread.pk),
        "steps": history(thread.pk, last=STEPS), "snoozes": SNOOZES, "is_pane": True,
        "also": others_in(thread), "may_take_along": user.has_perm(TAKE_ALONG),
    }  # fmt: skip


def _take_over(pk: UUID, user: User, _request: HttpRequest) -> str:
    acts.take_over(pk, actor=user)
    return "It is yours; nothing more is sent by itself."


def _give_back(pk: UUID, user: User, _request: HttpRequest) -> str:
    acts.give_back(pk, actor=user)
    return "The desk reads and drafts again."


def _acknowledge(pk: UUID, user: User, _request: HttpRequest) -> str:
    acts.acknowledge(pk, actor=user)
    return "It is yours; nobody else is called."


def _assign(pk: UUID, user: User, request: HttpRequest) -> str:
    to = get_object_or_404(User, pk=number_of(request.POST.get("to", ""), 0), is_active=True)
    acts.assign(pk, to=to, actor=user)
    return f"Given to {to.first_name or to.get_username()}."


def _snooze(pk: UUID, user: User, request: HttpRequest) -> str:
    until = moment_of(request.POST.get("until", ""), timezone.localtime())
    acts.snooze(pk, until=until, actor=user)
    return f"Put aside until {until:%a %d %b, %H:%M}."


def _looked_at(pk: UUID, user: User, _request: HttpRequest) -> str:
    acts.looked_at(pk, actor=user)
    return "It waits for a look no longer."


def _done(pk: UUID, user: User, _request: HttpRequest) -> str:
    acts.done(pk, actor=user)
    return "Done. It comes back when they write again."


def _wake(pk: UUID, user: User, _request: HttpRequest) -> str:
    acts.wake(pk, actor=user)
    return ""


def _close(pk: UUID, user: User, request: HttpRequest) -> str:
    acts.close(pk, outcome=request.POST.get("outcome", ""), actor=user)
    return "Closed."


def _label(pk: UUID, user: User, request: HttpRequest) -> str:
    message = get_object_or_404(Message, pk=key_of(request.POST.get("message")), enrollment=pk)
    acts.label(message.pk, intent=request.POST.get("intent", ""), actor=user)
    return "Corrected, and kept as an example to learn from."


def _note(pk: UUID, user: User, request: HttpRequest) -> str:
    words = request.POST.get("note", "")
    named = replying.note(pk, words, actor=user)
    told = ", ".join(person.first_name or person.get_username() for person in named)
    known = {person.get_username().lower() for person in (*named, user)}
    unknown = " ".join(
        f"Nobody here is called @{n}." for n in sorted(replying.names_in(words) - known)
    )
    return f"{f'Noted; told {told}.' if told else 'Noted.'} {unknown}".strip()


def _reply(pk: UUID, user: User, request: HttpRequest) -> str:
    replying.reply(pk, request.POST.get("body", ""), actor=user)
    return "On its way."


def _draft(pk: UUID, user: User, _request: HttpRequest) -> str:
    heard = replying.last_heard(pk)
    if heard is None:
        return "They have not written yet."
    draft = draft_answer(heard.pk, actor=user.get_username())
    return "A draft is below: look, change it, send it." if draft else "Nothing is known about it."


def _seen(pk: UUID, user: User, _request: HttpRequest) -> str:
    replying.mark_read(pk, actor=user)
    return ""


# What may be done, and the right it takes.
ACTS: dict[str, tuple[str, Act]] = {
    "take-over": (doors.TRIAGE, _take_over),
    "give-back": (doors.TRIAGE, _give_back),
    "acknowledge": (doors.TRIAGE, _acknowledge),
    "assign": (doors.TRIAGE, _assign),
    "snooze": (doors.TRIAGE, _snooze),
    "wake": (doors.TRIAGE, _wake),
    "looked-at": (doors.TRIAGE, _looked_at),
    "done": (doors.TRIAGE, _done),
    "close": (doors.TRIAGE, _close),
    "label": (doors.TRIAGE, _label),
    "seen": (doors.TRIAGE, _seen),
    "note": ("outreach.change_enrollment", _note),
    "reply": (doors.APPROVE, _reply),
    "draft": (doors.EDIT, _draft),
}


@doors.posts
def act(request: HttpRequest, enrollment_id: UUID, name: str) -> HttpResponse:
    """Do one of ACTS and show the conversation as it stands then; what was typed is kept."""
    right, doing = ACTS.get(name, (doors.TRIAGE, None))
    user = doors.require(request, right)
    thread = _thread(enrollment_id)
    told, problem, typed = "", "", ""
    if doing is None:
        problem = "There is nothing of that name to do."
    else:
        try:
            told = doing(enrollment_id, user, request)
        except OutreachError as error:
            problem, typed = str(error), request.POST.get("body", "")
    if name == "seen" and not problem:
        response = HttpResponse(status=204)
    else:
        thread = _thread(enrollment_id)
        response = _show(request, thread, user, told=told, problem=problem, typed=typed)
    response["HX-Trigger"] = json.dumps({"inbox-changed": True})
    return response


# How long to put something aside: value, words, and when it comes back.
SNOOZES = (
    ("hour", "an hour"), ("tomorrow", "tomorrow, 9:00"), ("monday", "Monday, 9:00"),
    ("week", "a week"), ("month", "a month"),
)  # fmt: skip
MORNING = time(9)


def moment_of(choice: str, now: datetime) -> datetime:
    """When something put aside comes back, in the zone of `now`; unknown choices: an hour."""
    days = {"tomorrow": 1, "monday": 7 - now.weekday(), "week": 7, "month": 30}.get(choice)
    if days is None:
        return now + timedelta(hours=1)
    return datetime.combine(now.date() + timedelta(days=days), MORNING, tzinfo=now.tzinfo)


@doors.posts
def export_file(request: HttpRequest, enrollment_id: UUID, form: str) -> HttpResponse:
    """The conversation as a download: txt, json or pdf; the ledger keeps who took it."""
    user = doors.require(request, TAKE_ALONG)
    thread = _thread(enrollment_id)
    name = slugify(f"conversation {thread.contact}") or "conversation"
    if form == "json":
        response: HttpResponse = JsonResponse(
            export.as_data(thread), json_dumps_params={"ensure_ascii": False, "indent": 2}
        )
    elif form == "pdf":
        try:
            response = HttpResponse(pdf_of(export.as_html(thread)), content_type="application/pdf")
        except EvidenceError as error:
            return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
    else:
        response = HttpResponse(export.as_text(thread), content_type="text/plain; charset=utf-8")
        form = "txt"
    export.record_taken(thread, form, actor=name_of(user))
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["Cache-Control"] = "no-store"
    return response
