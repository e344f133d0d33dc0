"""The demo on the home page: its clock, and what was said and heard while time ran."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_q.tasks import async_task

from config.demo import clock, moving_in
from outreach.choices import Direction
from outreach.models import Campaign, Message

TURNS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}
MOST_TALK = 12


def clock_context() -> dict[str, Any]:
    """What the card shows; empty outside the demo."""
    if not settings.DEMO:
        return {}
    return {
        "demo_now": timezone.now(),
        "demo_ahead": clock.ahead().days,
        "demo_playing": clock.playing(),
        "demo_drip": Campaign.objects.filter(name=moving_in.DRIP).first(),
        "demo_talk": latest_talk(),
    }


@dataclass(frozen=True, slots=True)
class Talk:
    """One message as the town's news shows it: `words` are what its sender wrote themselves."""

    message: Message
    who: str
    words: str


def latest_talk() -> list[Talk]:
    """What was said and heard last, newest first; one query.

    Only for the demo's few messages: no index serves this order.
    """
    rows = (
        Message.objects.filter(Q(sent_at__isnull=False) | Q(received_at__isnull=False))
        .select_related("enrollment__contact")
        .annotate(at=Coalesce("received_at", "sent_at"))
        .order_by("-at", "-created_at")[:MOST_TALK]
    )
    return [_talk(message) for message in rows]


def _talk(message: Message) -> Talk:
    thread = message.enrollment
    if message.direction == Direction.OUTBOUND:
        words = message.subject or message.body
        return Talk(message, str(thread.contact if thread else message.to_address), words)
    own = [message.body[int(start) : int(end)] for start, end in message.own_ranges]
    who = str(thread.contact if thread else message.from_address)
    return Talk(message, who, " ".join(own) or message.body)


def is_stale(request: HttpRequest) -> bool:
    """Whether the page that asks for its live part shows other buttons than it should by now."""
    shown = request.GET.get("playing")
    return settings.DEMO and shown is not None and (shown == "1") is not clock.playing()


@require_POST
def turn_clock(request: HttpRequest) -> HttpResponse:
    """Turn, play or halt; only in the demo, for whoever is logged in."""
    if not settings.DEMO:
        raise Http404
    what = request.POST.get("turn", "")
    try:
        if what == "play":
            clock.play(21)
        elif what == "halt":
            clock.halt()
        elif what in TURNS:
            clock.turn(TURNS[what])
            async_task("outreach.tasks.tick")
    except clock.TooFarError as refusal:
        messages.warning(request, str(refusal))
    return redirect("admin:index")
