"""The demo's clock on the home page: turn it, or let three weeks pass in a minute."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_q.tasks import async_task

from config.demo import clock

TURNS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}


def clock_context() -> dict[str, Any]:
    """What the card shows; empty outside the demo."""
    if not settings.DEMO:
        return {}
    return {
        "demo_now": timezone.now(),
        "demo_ahead": clock.ahead().days,
        "demo_playing": clock.playing(),
    }


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
