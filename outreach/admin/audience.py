"""From a segment to a campaign on one form, and whom it was made for, then and now."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from compliance.admin import asked
from compliance.typed import number_of
from crm.errors import CrmError
from crm.models import Segment, SegmentMember, SegmentSnapshot
from crm.segments import preview, snapshots, versions
from crm.segments.definition import DefinitionError, fields_of
from crm.segments.words import in_words
from outreach.actors import name_of
from outreach.admin import doors
from outreach.admin.drip_start import (
    choices_of_terms,
    chosen_terms,
    read_mailbox,
    read_terms,
)
from outreach.choices import CampaignKind
from outreach.errors import OutreachError
from outreach.models import Campaign, Sequence, SequenceVersion
from outreach.sequences import from_segment
from outreach.sequences.campaigns import MOST_PEOPLE
from outreach.sequences.from_segment import FindsEveryone
from outreach.sequences.left_out import HEADINGS
from outreach.sequences.overview import list_cards
from outreach.sequences.versions import newest

PAGE = 50
SHOWN = (
    ("", "Everybody"), ("in", "In the campaign"), ("out", "Stayed out"), ("wait", "Waiting"),
    ("gone", "No longer meant"), ("new", "Meant only now"),
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def start_page(request: HttpRequest, segment_id: UUID) -> HttpResponse:
    """GET shows the form; POST makes the campaign, takes its people in and shows who they are."""
    person = doors.require(request, doors.ADD_CAMPAIGN)
    doors.require(request, doors.EDIT_PEOPLE)
    segment = get_object_or_404(Segment, pk=segment_id, archived_at=None)
    problem, everyone = "", False
    if request.method == "POST":
        try:
            how = _how(request, segment, person)
            campaign = from_segment.start_from_segment(**how)
            report = from_segment.take_in(
                campaign, actor=name_of(person), most=from_segment.AT_ONCE
            )
        except FindsEveryone as error:
            problem, everyone = str(error), True
        except (OutreachError, CrmError) as error:
            problem = str(error)
        else:
            say = messages.success if report.taken_in else messages.warning
            say(request, _said(campaign, report.taken_in))
            return redirect("admin:outreach_audience", campaign.audience_id)
    cards = list_cards(Sequence.objects.filter(active=True).order_by("name"))
    return doors.page(
        request, "admin/outreach/audience/start.html", f"Start a campaign with {segment}",
        segment=segment, problem=problem, ask_everyone=everyone, cards=cards,
        words=_words(segment),
        chosen=chosen_terms(request, segment.name, MOST_PEOPLE), **choices_of_terms(),
    )  # fmt: skip


@doors.posts
def look(request: HttpRequest, segment_id: UUID) -> HttpResponse:
    """Who would come in and who would stay out, and why; nothing stays written."""
    person = doors.require(request, doors.ADD_CAMPAIGN)
    segment = get_object_or_404(Segment, pk=segment_id, archived_at=None)
    context: dict[str, Any] = {}
    try:
        how = {**_how(request, segment, person), "everyone": True}
        context["rehearsal"] = from_segment.rehearse_start(**how)
    except (OutreachError, CrmError) as error:
        context["problem"] = str(error)
    return doors.fragment(request, "admin/outreach/audience/look.html", **context)


def _how(request: HttpRequest, segment: Segment, person: User) -> dict[str, Any]:
    """What `start_from_segment` is to be given, from the form."""
    return {
        "version": versions.newest(segment),
        "sequence": _sequence(request.POST.get("sequence", "")),
        "name": request.POST.get("name", ""), "actor": person,
        "terms": read_terms(request.POST), "mailbox": read_mailbox(request.POST),
        "everyone": request.POST.get("everyone") == "1",
    }  # fmt: skip


def _sequence(slug: str) -> SequenceVersion:
    found = Sequence.objects.filter(slug=slug, active=True).first() if slug else None
    if found is None:
        raise OutreachError("Choose the sequence its people shall follow.")
    return newest(found)


def _said(campaign: Campaign, taken_in: int) -> str:
    waiting = from_segment.progress(campaign).waiting
    if not taken_in and not waiting:
        return (
            f"“{campaign}” stands, but nobody came in: the last column says of each why. "
            "Who may be written to later can be taken in under “Enroll”."
        )
    more = f" {waiting:,} more follow by themselves." if waiting else ""
    return (
        f"“{campaign}” is queued with {taken_in:,} {'person' if taken_in == 1 else 'people'}."
        f"{more} What leaves within a day is drafted now, the rest a day before it leaves."
    )


def _words(segment: Segment) -> str:
    try:
        return in_words(versions.definition_of(versions.newest(segment)))
    except DefinitionError as error:
        return str(error)


@require_safe
def audience_page(request: HttpRequest, snapshot_id: UUID) -> HttpResponse:
    """Whom the campaign was made for: the definition then, each member then and now."""
    doors.require(request, doors.VIEW_PEOPLE)
    snapshot, campaign = _frozen(snapshot_id)
    asked.only(request, "show", "after")
    show, after = asked.one_of(request, "show", dict(SHOWN)), request.GET.get("after", "")
    context: dict[str, Any] = {
        "snapshot": snapshot, "campaign": campaign, "tab": "audience", "shown": SHOWN,
        "show": show, "progress": from_segment.progress(campaign),
    }  # fmt: skip
    if request.headers.get("HX-Target") == "audience-progress":
        return doors.fragment(request, "admin/outreach/audience/progress.html", **context)
    context |= _list(snapshot, show, after)
    return doors.page(request, "admin/outreach/audience/page.html", campaign.name, **context)


def _frozen(snapshot_id: UUID) -> tuple[SegmentSnapshot, Campaign]:
    rows = SegmentSnapshot.objects.select_related("version__segment")
    snapshot = get_object_or_404(rows, pk=snapshot_id)
    campaigns = Campaign.objects.select_related("mailbox").filter(kind=CampaignKind.SEQUENCE)
    return snapshot, get_object_or_404(campaigns, audience=snapshot)


def _list(snapshot: SegmentSnapshot, show: str, after: str) -> dict[str, Any]:
    """A page of members, or of those who are meant only now."""
    try:
        group = versions.definition_of(snapshot.version)
    except DefinitionError:
        group = None
    if show == "new" and group is not None:
        rows = snapshots.besides(snapshot, group).order_by("pk")
        keys = list(rows.values_list("pk", flat=True)[:PAGE])
        asked = fields_of(group)
        page = preview.Page(preview.load_members(keys, asked), asked, None)
        return {"come": page}
    members = snapshot.members.select_related("contact__company").order_by("pk")
    if show == "in":
        members = members.filter(outcome=from_segment.IN)
    elif show == "out":
        members = members.exclude(outcome__in=["", from_segment.IN])
    elif show == "wait":
        members = members.filter(outcome="")
    elif show == "gone" and group is not None:
        gone = snapshots.no_longer(snapshot, group)
        members = gone.select_related("contact__company").order_by("pk")
    if before := number_of(after, 0, digits=18):
        members = members.filter(pk__gt=before)
    found = list(members[: PAGE + 1])
    rows_told = snapshots.told(snapshot, found[:PAGE])
    last = found[PAGE - 1].pk if len(found) > PAGE else None
    return {"rows": [(row, _outcome(row.member)) for row in rows_told], "after": last}


def _outcome(member: SegmentMember) -> str:
    if not member.outcome:
        return "Waits to be taken in"
    if member.outcome == from_segment.IN:
        return "In"
    return member.reason or HEADINGS.get(member.outcome, member.outcome)


@require_safe
def since(request: HttpRequest, snapshot_id: UUID) -> HttpResponse:
    """What the same definition finds now, beside what it found then; for htmx."""
    doors.require(request, doors.VIEW_PEOPLE)
    snapshot, campaign = _frozen(snapshot_id)
    return doors.fragment(
        request, "admin/outreach/audience/since.html", snapshot=snapshot, campaign=campaign,
        since=snapshots.compare(snapshot),
    )  # fmt: skip
