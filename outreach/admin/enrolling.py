"""Takes people into a drip in the browser: search or paste, look first, and say who stays out."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from compliance.typed import key_of
from crm.models import Contact
from outreach.actors import name_of
from outreach.admin import doors
from outreach.choices import CampaignKind, Channel
from outreach.errors import OutreachError
from outreach.models import Campaign
from outreach.sequences import audience, drafts_now
from outreach.sequences.audience import MOST_AT_ONCE, Audience, Wanted
from outreach.sequences.enroll import enroll, rehearse
from outreach.sequences.left_out import Enrolled
from outreach.sequences.preview import PreviewTouch, preview_person
from outreach.sequences.versions import definition_of

REPORT = "admin/outreach/enroll/report.html"
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """Who was chosen, and what a list said about them."""

    audience: Audience
    problem: str = ""


def get_drip(campaign_id: UUID) -> Campaign:
    """The campaign with its sequence; 404 for one that follows none."""
    rows = Campaign.objects.select_related("sequence_version__sequence", "mailbox", "owner")
    return get_object_or_404(rows, pk=campaign_id, kind=CampaignKind.SEQUENCE)


@require_safe
def enroll_page(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The people who could come in; for htmx only the list that fits the search."""
    doors.require(request, doors.EDIT_PEOPLE)
    campaign = get_drip(campaign_id)
    wanted = _wanted(request.GET)
    rows = audience.find_people(wanted, campaign)
    context: dict[str, Any] = {
        "campaign": campaign, "wanted": wanted, "people": rows[:MOST_SHOWN],
        "total": rows.count(), "shown": MOST_SHOWN, "most": MOST_AT_ONCE,
    }  # fmt: skip
    if request.headers.get("HX-Target") == "enroll-people":
        return doors.fragment(request, "admin/outreach/enroll/people.html", **context)
    assert campaign.sequence_version is not None
    definition = definition_of(campaign.sequence_version)
    return doors.page(
        request, "admin/outreach/enroll/page.html", campaign.name, tab="enroll",
        version=campaign.sequence_version, facts=audience.OWN_FACTS.items(),
        channels=[(name, Channel(name).label) for name in sorted(definition.channels)],
        needed=[name for name in definition.needs_facts if name != "offer"], **context,
    )  # fmt: skip


@doors.posts
def enroll_people(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Take in who was chosen, or with `look` only say what would happen."""
    person = doors.require(request, doors.EDIT_PEOPLE)
    campaign = get_drip(campaign_id)
    looking = request.POST.get("look") == "1"
    choice = _choice(request.POST, campaign)
    report, problem = Enrolled(), choice.problem
    if not problem:
        try:
            report = _act(campaign, choice.audience, name_of(person), looking=looking)
        except OutreachError as error:
            problem = str(error)
    report.left_out += choice.audience.left_out
    answer = doors.fragment(
        request, REPORT, campaign=campaign, report=report, looking=looking, problem=problem,
        posted=_again(request.POST),
        coming=drafts_now.coming(campaign) if report.taken_in and not looking else None,
        **_example(campaign, choice.audience, report, looking=looking),
    )  # fmt: skip
    if report.taken_in and not looking:
        answer["HX-Trigger"] = "enrolled"
    return answer


def _act(campaign: Campaign, people: Audience, actor: str, *, looking: bool) -> Enrolled:
    if looking:
        return rehearse(campaign, people.contacts, facts=people.facts)
    return enroll(campaign, people.contacts, actor=actor, facts=people.facts)


def _choice(posted: QueryDict, campaign: Campaign) -> Choice:
    """From the form's part that was used: a pasted list, ticked people, or all who fit."""
    how = posted.get("how", "")
    if how == "list":
        found = audience.match(posted.get("list", ""))
        if not found.unread and not found.contacts and not found.left_out:
            return Choice(found, "Paste the list first: one address a line.")
    elif how == "all":
        rows = audience.find_people(_wanted(posted), campaign).order_by("pk")
        found = Audience(list(rows.values_list("pk", flat=True)[: MOST_AT_ONCE + 1]))
    else:
        found = Audience([key for text in posted.getlist("contact") if (key := key_of(text))])
        if not found.contacts:
            return Choice(found, "Tick at least one person first.")
    if len(found.contacts) > MOST_AT_ONCE:
        words = (
            f"That is more than {MOST_AT_ONCE:,} people at once. Narrow the search, or use "
            f"“manage.py campaign enroll”, which takes any number."
        )
        return Choice(Audience(), words)
    return Choice(found, found.unread)


def _example(
    campaign: Campaign, people: Audience, report: Enrolled, *, looking: bool
) -> dict[str, Any]:
    """For a look: every touch of the first person who would come in."""
    if not looking or not report.taken_in:
        return {}
    out = {one.contact_id for one in report.left_out}
    first = next(pk for pk in people.contacts if pk not in out)
    touches: list[PreviewTouch] = []
    assert campaign.sequence_version is not None
    try:
        touches = preview_person(
            first, campaign.sequence_version, campaign,
            now=timezone.now(), facts=people.facts.get(first),
        )  # fmt: skip
    except OutreachError:
        return {}  # between the look and here somebody asked us to stop
    return {"example": Contact.objects.get(pk=first), "touches": touches}


def _again(posted: QueryDict) -> list[tuple[str, str]]:
    """The fields of a look, for the button that does it."""
    left = ("look", "csrfmiddlewaretoken")
    return [(name, value) for name in posted if name not in left for value in posted.getlist(name)]


def _wanted(fields: QueryDict) -> Wanted:
    return Wanted(**{name: fields.get(name, "").strip()[:100] for name in Wanted.__slots__})
