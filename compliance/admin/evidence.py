"""The evidence about one person: shown, and handed out as PDF or JSON to those who may."""

import re
from dataclasses import replace
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from compliance.addresses import as_heard, kind_of
from compliance.admin.consent import RESTRICTED
from compliance.admin.pages import page, require
from compliance.evidence import EvidenceError, Person, export, gather, load_person

EXPORT = "compliance.export_evidence"
MOST_ADDRESSES = 20
NEWEST = 200  # ledger lines on the page; exports carry every one


def look_up(request: HttpRequest) -> HttpResponse:
    """Who is meant: by address. A POST shows, so that addresses stay out of the server's logs."""
    require(request, EXPORT)
    if request.method != "POST":
        return page(request, "admin/compliance/evidence_look_up.html", "Evidence")
    person = _typed(request)
    if person is None:
        notices.error(request, "Type an e-mail address or a phone number, one or several.")
        return page(request, "admin/compliance/evidence_look_up.html", "Evidence")
    return _shown(request, person)


@require_safe
def person_page(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    """What we can prove about the person behind a row of a higher app."""
    require(request, EXPORT)
    return _shown(request, _known(request, kind, str(key)), kind=kind, key=str(key))


@require_POST
def download(request: HttpRequest) -> HttpResponse:
    """Hand the evidence out; the ledger keeps who took it, why, and the file's hash."""
    actor = require(request, EXPORT)
    kind, key = request.POST.get("kind", ""), request.POST.get("key", "")
    person = _known(request, kind, key) if kind else _typed(request)
    if person is None or not person.addresses:
        notices.error(request, "There is no address to gather evidence for.")
        return redirect("admin:compliance_evidence")
    try:
        file = export(
            person,
            request.POST.get("form", "pdf"),
            actor=actor.get_username(),
            reason=request.POST.get("reason", "").strip()[:500],
        )
    except EvidenceError as error:
        notices.error(request, str(error))
        if kind:
            return redirect("admin:compliance_evidence_person", kind, key)
        return redirect("admin:compliance_evidence")
    answer = HttpResponse(file.content, content_type=file.content_type)
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _known(request: HttpRequest, kind: str, key: str) -> Person:
    person = load_person(kind, key)
    if person is None:
        raise Http404("Nobody is known by that address.")
    return replace(person, put_away=_sees_all(request))


def _sees_all(request: HttpRequest) -> bool:
    return bool(request.user.has_perm(RESTRICTED))  # type: ignore[union-attr]


def _typed(request: HttpRequest) -> Person | None:
    """The addresses as typed: separated by commas, semicolons or lines."""
    words = re.split(r"[,;\n]+", "\n".join(request.POST.getlist("address"))[:8000])
    addresses = [_address(word.strip()) for word in words if word.strip()][:MOST_ADDRESSES]
    if not addresses:
        return None
    return Person(tuple(dict.fromkeys(addresses)), put_away=_sees_all(request))


def _address(word: str) -> tuple[str, str]:
    kind = str(kind_of(word))
    return (kind, as_heard(kind, word))


def _shown(request: HttpRequest, person: Person, **row: str) -> HttpResponse:
    evidence = gather(person)
    return page(
        request,
        "admin/compliance/evidence.html",
        f"Evidence: {person.name or ', '.join(person.values)}",
        evidence=evidence,
        newest=evidence.lines[-NEWEST:],
        older=max(0, len(evidence.lines) - NEWEST),
        row=row,
    )
