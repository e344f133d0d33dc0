"""The page that lifts a suppression: on a new consent, or by clearing a hold."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from compliance.admin.pages import page, require
from compliance.consent import find
from compliance.lifting import LiftError, can_release, last_asked, lift, release
from compliance.models import Consent, Suppression
from compliance.typed import key_of

PERMISSION = "compliance.lift_suppression"


@require_http_methods(["GET", "HEAD", "POST"])
def lift_page(request: HttpRequest, object_id: Any) -> HttpResponse:
    """GET shows what could lift it; POST lifts it on the consent chosen."""
    person = require(request, PERMISSION)
    row = get_object_or_404(Suppression, pk=object_id)
    if request.method == "POST":
        consent = get_object_or_404(Consent, pk=key_of(request.POST.get("consent")))
        try:
            lift(row.kind, row.address, consent=consent, actor=person.get_username())
            messages.success(request, "Lifted, as far as the consent reaches.")
            return redirect("admin:compliance_suppression_change", row.pk)
        except LiftError as refusal:
            messages.error(request, str(refusal))
    asked = last_asked(row)
    given = find([(row.kind, row.address)]).get(row.address, [])
    newer = [consent for consent in given if consent.given_at > asked and not consent.revoked_at]
    return page(
        request, "admin/compliance/suppression/lift.html", "Lift a suppression",
        row=row, asked=asked, consents=newer, can_release=can_release(row),
    )  # fmt: skip


@require_POST
def release_hold(request: HttpRequest, object_id: Any) -> HttpResponse:
    """Clear a hold after the words were read."""
    person = require(request, PERMISSION)
    row = get_object_or_404(Suppression, pk=object_id)
    try:
        release(row, actor=person.get_username(), reason=request.POST.get("reason", ""))
        messages.success(request, "The hold is cleared.")
    except LiftError as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:compliance_suppression_change", row.pk)
