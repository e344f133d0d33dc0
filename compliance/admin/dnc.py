"""The do-not-call pages: lists with their age, uploads with live progress, decisions."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance.admin.pages import page, require
from compliance.dnc import asking, overview, uploads, versions
from compliance.dnc.errors import DncRefused
from compliance.dnc.sources import INTERNAL, NATIONAL, STATE_PREFIX, STATES, capital, name_of
from compliance.models import DncVersion

VIEW, IMPORT = "compliance.view_dncversion", "compliance.add_dncfile"
HERE = "admin:compliance_dnc"


@require_http_methods(["GET", "HEAD", "POST"])
def lists_page(request: HttpRequest) -> HttpResponse:
    """GET shows what stands where; POST queues the files that were chosen."""
    person = require(request, VIEW)
    if request.method == "POST":
        require(request, IMPORT)
        if _take_in(request, actor=person.get_username()):
            return redirect(HERE)
    return page(
        request, "admin/compliance/dnc/page.html", "Do-not-call lists",
        sources=_sources(), today=timezone.localdate(), chosen=request.POST,
        san_is_set=bool(settings.DNC_SAN), **_asked(request), **_state(request),
    )  # fmt: skip


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What was looked up, and what the lists say of it."""
    text = request.GET.get("ask", "").strip()[:40]
    try:
        return {"ask": text, "said": asking.say(text, timezone.now())}
    except DncRefused as refusal:
        return {"ask": text, "not_said": str(refusal)}


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The part of the page that moves while files are read."""
    require(request, VIEW)
    return TemplateResponse(request, "admin/compliance/dnc/live.html", _state(request))


@require_POST
def decide(request: HttpRequest, version_id: int) -> HttpResponse:
    """Put a waiting list in force, or turn it down."""
    person = require(request, IMPORT)
    version = get_object_or_404(DncVersion, pk=version_id)
    taken = request.POST.get("act") == "confirm"
    try:
        act = versions.confirm if taken else versions.discard
        act(version, actor=person.get_username())
        messages.success(request, f"{version} is {'in force' if taken else 'turned down'}.")
    except DncRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(HERE)


def _state(request: HttpRequest) -> dict[str, Any]:
    now = overview.overview(timezone.now())
    return {
        "now": {
            "groups": now.groups,
            "worst": now.worst,
            "running": [{"row": one, "what": capital(name_of(one.source))} for one in now.running],
            "internal": now.internal,
            "waiting": [
                {"row": row, "what": capital(versions.described(row))} for row in now.waiting
            ],
        },
        "files": [{"row": one, "what": capital(name_of(one.source))} for one in overview.recent()],
        "may_import": request.user.has_perm(IMPORT),  # type: ignore[union-attr]
    }


def _sources() -> list[tuple[str, str]]:
    codes = [NATIONAL, INTERNAL, *(f"{STATE_PREFIX}{state}" for state in sorted(STATES))]
    return [(code, capital(name_of(code))) for code in codes]


def _take_in(request: HttpRequest, *, actor: str) -> int:
    """Queue each file, say which were refused at once; returns how many were taken."""
    try:
        day = date.fromisoformat(request.POST.get("list_date", ""))
    except ValueError:
        messages.error(request, "Say on which day the lists were downloaded.")
        return 0
    files = [one for one in request.FILES.getlist("files") if isinstance(one, UploadedFile)]
    if not files:
        messages.error(request, "Choose at least one file first.")
    taken = 0
    for uploaded in files:
        try:
            uploads.receive(
                uploaded, source=request.POST.get("source", ""), list_date=day,
                san=request.POST.get("san", ""), actor=actor,
            )  # fmt: skip
            taken += 1
        except DncRefused as refusal:
            messages.error(request, f"{uploaded.name}: {refusal}")
    if taken:
        messages.success(request, f"{taken} file{'s' * (taken > 1)} queued; progress shows here.")
    return taken
