"""The people in drips: who stands where, what comes next, and pausing, removing, moving them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from compliance.admin import asked
from compliance.typed import key_of
from outreach.actors import name_of
from outreach.admin import doors
from outreach.admin.enrolling import get_drip
from outreach.choices import UNDER_WAY, CampaignKind, EnrollmentStatus
from outreach.errors import OutreachError
from outreach.models import Campaign, Enrollment, Sequence, SequenceVersion
from outreach.sequences import moving, stop
from outreach.sequences.outlook import next_touches
from outreach.sequences.preview import preview_enrollment

PAGE_SIZE = 50
FILTERS = ("state", "sequence", "campaign", "q")
STATES = {**dict(EnrollmentStatus.choices), "paused": "Paused", "needs_person": "Needs a person"}
PAUSED = Q(paused_at__isnull=False, status__in=sorted(UNDER_WAY))


@require_safe
def people_page(request: HttpRequest, campaign_id: UUID | None = None) -> HttpResponse:
    """Everybody in a drip, or in one campaign's, by state, sequence, campaign and words."""
    doors.require(request, doors.VIEW_PEOPLE)
    campaign = get_drip(campaign_id) if campaign_id else None
    chosen = _asked_for(request)
    rows = _everybody(campaign)
    narrowed = _narrow(rows, {**chosen, "state": ""})
    fitting = _narrow(rows, chosen)
    pages = Paginator(
        fitting.select_related("contact", "company", "campaign", "version"), PAGE_SIZE
    )
    page = pages.get_page(request.GET.get("page"))
    shown = list(page.object_list)
    ahead = next_touches(shown, now=timezone.now())
    return doors.page(
        request, "admin/outreach/drip/people.html", campaign.name if campaign else "People",
        tab="people", campaign=campaign, chosen=chosen, page=page, total=pages.count,
        rows=[(row, ahead.get(row.pk)) for row in shown], states=_states(narrowed, chosen),
        under_way=UNDER_WAY, query=_query(chosen), **_choices(campaign),
    )  # fmt: skip


def _asked_for(request: HttpRequest) -> dict[str, str]:
    """What the address narrows the list to; what it asks for in vain is said and left out."""
    asked.only(request, *FILTERS, "page")
    chosen = {name: request.GET.get(name, "").strip()[:100] for name in FILTERS}
    chosen["state"] = asked.one_of(request, "state", STATES)
    for name in ("sequence", "campaign"):
        if chosen[name] and not key_of(chosen[name]):
            asked.refuse(request, name, chosen[name], "Choose one of the list over the people.")
            chosen[name] = ""
    return chosen


def _everybody(campaign: Campaign | None) -> QuerySet[Enrollment]:
    rows = Enrollment.objects.filter(version__isnull=False).order_by("-created_at", "pk")
    return rows.filter(campaign=campaign) if campaign else rows


def _in_state(rows: QuerySet[Enrollment], state: str) -> QuerySet[Enrollment]:
    """Whoever is paused is in that state alone, neither pending nor awaiting a reply."""
    if state == "paused":
        return rows.filter(PAUSED)
    if state == "needs_person":
        return rows.filter(needs_person=True)
    return rows.filter(~PAUSED, status=state) if state in EnrollmentStatus.values else rows


def _narrow(rows: QuerySet[Enrollment], chosen: dict[str, str]) -> QuerySet[Enrollment]:
    rows, words = _in_state(rows, chosen["state"]), chosen["q"]
    if sequence := key_of(chosen["sequence"]):
        rows = rows.filter(version__sequence=sequence)
    if campaign := key_of(chosen["campaign"]):
        rows = rows.filter(campaign=campaign)
    if words:
        rows = rows.filter(
            Q(contact__name__icontains=words)
            | Q(company__name__icontains=words)
            | Q(point__value__icontains=words)
        )
    return rows


def _states(rows: QuerySet[Enrollment], chosen: dict[str, str]) -> list[dict[str, Any]]:
    """The chips over the list: every state with its number, none empty but the one chosen."""
    at_work = rows.filter(~PAUSED).order_by().values_list("status")
    counts = dict(at_work.annotate(count=Count("*")))
    paused, waiting = (_in_state(rows, one).count() for one in ("paused", "needs_person"))
    found = [("", "Everybody", sum(counts.values()) + paused)]
    found += [(s.value, str(s.label), counts.get(s.value, 0)) for s in EnrollmentStatus]
    found += [("paused", "Paused", paused), ("needs_person", "Needs a person", waiting)]
    others = {name: value for name, value in chosen.items() if name != "state"}
    return [
        {"label": label, "count": count, "current": value == chosen["state"],
         "query": _query({**others, "state": value})}
        for value, label, count in found
        if count or value == chosen["state"] or not value
    ]  # fmt: skip


def _choices(campaign: Campaign | None) -> dict[str, Any]:
    """What the filters and the moving offer."""
    if campaign is not None:
        assert campaign.sequence_version is not None
        sequence = campaign.sequence_version.sequence_id
        versions = SequenceVersion.objects.filter(sequence=sequence).order_by("-number")
        return {"versions": list(versions)}
    drips = Campaign.objects.filter(kind=CampaignKind.SEQUENCE).order_by("name")
    return {"sequences": list(Sequence.objects.all()), "campaigns": list(drips[:500])}


@require_safe
def touches(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """Every touch of one person, made or to come, with its date and local time."""
    doors.require(request, doors.VIEW_PEOPLE)
    rows = Enrollment.objects.select_related("version", "campaign__mailbox", "contact")
    enrollment = get_object_or_404(rows, pk=enrollment_id)
    return doors.fragment(
        request, "admin/outreach/drip/person.html", enrollment=enrollment,
        touches=preview_enrollment(enrollment, now=timezone.now()),
    )  # fmt: skip


@doors.posts
def act(request: HttpRequest, campaign_id: UUID | None = None) -> HttpResponse:
    """Pause, resume, remove or move those ticked, or with `everybody` all who fit the filter."""
    person = doors.require(request, doors.EDIT_PEOPLE)
    campaign = get_drip(campaign_id) if campaign_id else None
    chosen = {name: request.POST.get(name, "").strip()[:100] for name in FILTERS}
    rows = _everybody(campaign)
    if request.POST.get("everybody") == "1":
        rows = _narrow(rows, chosen)
    else:
        ids = [key for text in request.POST.getlist("enrollment") if (key := key_of(text))]
        rows = rows.filter(pk__in=ids)
    try:
        messages.success(request, _do(request.POST, rows.order_by(), actor=name_of(person)))
    except OutreachError as error:
        messages.error(request, str(error))
    name = "admin:outreach_campaign_people" if campaign else "admin:outreach_people"
    address = reverse(name, args=[campaign.pk] if campaign else [])
    return redirect(f"{address}?{_query(chosen)}")


def _do(posted: QueryDict, rows: QuerySet[Enrollment], *, actor: str) -> str:
    """Do it; what was done, in words."""
    what = posted.get("act", "")
    if what == "pause":
        return f"{_people(stop.pause(rows, actor=actor))} paused: nothing more is made for them."
    if what == "resume":
        return f"{_people(stop.resume(rows, actor=actor))} resumed."
    if what == "remove":
        gone = stop.remove(rows, actor=actor, reason=posted.get("reason", "")[:300])
        return f"{_people(gone)} removed; what waited for them is cancelled."
    if what == "move":
        return _move(rows, key_of(posted.get("version", "")), actor)
    return "Nothing was chosen to do."


def _move(rows: QuerySet[Enrollment], version_id: UUID | None, actor: str) -> str:
    versions = SequenceVersion.objects.select_related("sequence")
    to = versions.filter(pk=version_id).first() if version_id else None
    if to is None:
        return "Choose a version to move to."
    moved = moving.move(rows, to, actor=actor)
    words = [f"{_people(moved.moved)} moved to {to}; what was sent is never sent again."]
    if moved.stayed:
        words.append(f"{_people(moved.stayed)} stayed: through or out.")
    return " ".join(filter(None, [*words, moved.why_not]))


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def _query(chosen: dict[str, str]) -> str:
    found = QueryDict(mutable=True)
    found.update({name: value for name, value in chosen.items() if value})
    return found.urlencode()
