"""Whom to turn to first, on a page: minimums, the list with its reasons, a file, a campaign."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from compliance import audit
from compliance.admin import asked
from compliance.spreadsheets import write_rows
from compliance.typed import key_of
from crm.choices import Scored
from crm.scoring.prioritise import (
    HEADER,
    Floor,
    count_above,
    export_rows,
    list_exported,
    prioritise,
)
from outreach.admin import doors, enrolling
from outreach.choices import CampaignKind, Voice
from outreach.models import Campaign
from outreach.sequences.enroll import OPEN_CAMPAIGNS

VIEW, EXPORT = "crm.view_contactscore", "crm.export_contact"
MINIMUMS = {
    "fit": "Fit", "referral_capacity": "Referral capacity", "signal_strength": "Signal strength",
    "percent": "Whole score",
}  # fmt: skip
LIMITS = (20, 50, 100, 200)
MOST_IN_A_FILE = 10_000
KINDS = {Scored.CONTACT: "People", Scored.LEAD: "Open leads"}


@require_safe
def prioritise_page(request: HttpRequest) -> HttpResponse:
    """The best above the minimums asked for."""
    doors.require(request, VIEW)
    subject, floor, limit = _asked_for(request)
    campaigns = Campaign.objects.filter(kind=CampaignKind.SEQUENCE, status__in=OPEN_CAMPAIGNS)
    held = request.user.has_perm  # type: ignore[union-attr]
    counted = count_above(subject, floor)
    return doors.page(
        request, "admin/outreach/prioritise/page.html", "Whom first",
        ranked=prioritise(subject, floor, limit=limit), total=counted.total,
        suppressed=counted.suppressed, may_suppressions=held("compliance.view_suppression"),
        subject=subject, kinds=KINDS.items(), floor=floor, limit=limit, limits=LIMITS,
        minimums=[(name, label, getattr(floor, name)) for name, label in MINIMUMS.items()],
        voices=Voice.choices, campaigns=campaigns.order_by("-created_at")[:50],
        may_enroll=held(doors.EDIT_PEOPLE), may_export=held(EXPORT), query=request.GET.urlencode(),
    )  # fmt: skip


@doors.posts
def export_file(request: HttpRequest) -> HttpResponse:
    """The list as CSV, no cell a formula; that it was handed out stands in the ledger."""
    person = doors.require(request, EXPORT)
    subject, floor, _limit = _asked_for(request)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="whom-first.csv"'
    answer["Cache-Control"] = "no-store"
    answer.write("\ufeff")
    with transaction.atomic():
        ranked = prioritise(subject, floor, limit=MOST_IN_A_FILE)
        act = list_exported(person, subject, ranked)
        audit.append_many([act], actor=person.get_username())
    write_rows(answer, HEADER, export_rows(ranked))  # type: ignore[arg-type]
    return answer


@doors.posts
def enroll_ranked(request: HttpRequest) -> HttpResponse:
    """Take those ticked into the campaign chosen; looks first, as enrolling everywhere does."""
    doors.require(request, doors.EDIT_PEOPLE)
    campaign = key_of(request.POST.get("campaign"))
    if campaign is None:
        return doors.fragment(
            request, enrolling.REPORT, problem="Choose the campaign they are to come into."
        )
    return enrolling.enroll_people(request, campaign)


def _asked_for(request: HttpRequest) -> tuple[Scored, Floor, int]:
    """What the address asks for; what it asks for in vain is said and left out."""
    asked.only(request, "kind", *MINIMUMS, "segment", "tier", "limit")
    kinds = {str(kind): label for kind, label in KINDS.items()}
    subject = Scored(asked.one_of(request, "kind", kinds, str(Scored.CONTACT)))
    least: dict[str, Any] = {name: _percent(request, name) for name in MINIMUMS}
    limit = asked.one_of(request, "limit", list(map(str, LIMITS)), str(LIMITS[1]))
    segment = asked.one_of(request, "segment", dict(Voice.choices))
    floor = Floor(**least, segment=segment, tier=_word(request.GET, "tier")[:10])
    return subject, floor, int(limit)


def _percent(request: HttpRequest, name: str) -> float:
    text = request.GET.get(name, "").strip()
    try:
        number = float(text or "0")
    except ValueError:
        number = -1.0
    if 0 <= number <= 100:  # false for what is no number
        return number
    asked.refuse(request, name, text, "Give a number from 0 to 100.")
    return 0.0


def _word(fields: QueryDict, name: str) -> str:
    return fields.get(name, "").strip()[:40]
