"""Starts a campaign with a sequence: its name, offer, senders and approval policy on one form."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from compliance.typed import key_of, number_of
from outreach.admin import doors
from outreach.campaigns import default_mailbox
from outreach.choices import ApprovalPolicy, Channel
from outreach.errors import OutreachError
from outreach.models import Mailbox, OutreachPolicy, Sequence, SequenceVersion
from outreach.sequences.campaigns import MOST_PEOPLE, Terms, create_drip
from outreach.sequences.timeline import draw, span_words
from outreach.sequences.versions import definition_of, newest


@require_http_methods(["GET", "HEAD", "POST"])
def start_page(request: HttpRequest, sequence_id: UUID) -> HttpResponse:
    """GET shows the form; POST makes the campaign and goes on to choosing its people."""
    person = doors.require(request, doors.ADD_CAMPAIGN)
    sequence = get_object_or_404(Sequence, pk=sequence_id)
    problem = ""
    if request.method == "POST":
        try:
            mailbox = read_mailbox(request.POST)
            campaign = create_drip(
                newest(sequence), name=request.POST.get("name", ""), actor=person,
                terms=read_terms(request.POST), mailbox=mailbox or default_mailbox(person),
            )  # fmt: skip
        except OutreachError as error:
            problem = str(error)
        else:
            messages.success(request, f"“{campaign}” is ready. Choose who comes in.")
            return redirect("admin:outreach_campaign_enroll", campaign.pk)
    rows = SequenceVersion.objects.filter(sequence=sequence).order_by("-number")
    version = rows.first()
    if version is None:
        messages.warning(request, f"“{sequence}” has no steps yet; write them first.")
        return redirect("admin:outreach_sequence", sequence.pk)
    return doors.page(
        request, "admin/outreach/sequence/start.html", f"Start {sequence}", sequence=sequence,
        version=version, problem=problem, chosen=chosen_terms(request, sequence.name),
        **_offered(version),
    )  # fmt: skip


def _offered(version: SequenceVersion) -> dict[str, Any]:
    definition = definition_of(version)
    timeline = draw(definition.steps)
    return {
        "timeline": timeline, "span": span_words(timeline),
        "needs_offer": "offer" in definition.needs_facts,
        "facts": [name.replace("_", " ") for name in definition.needs_facts if name != "offer"],
        **choices_of_terms(),
    }  # fmt: skip


def choices_of_terms() -> dict[str, Any]:
    """What the fields of `terms.html` offer."""
    return {
        "mailboxes": Mailbox.objects.filter(channel=Channel.EMAIL).order_by("created_at"),
        "policies": ApprovalPolicy.choices, "policy": OutreachPolicy.load(),
    }  # fmt: skip


def chosen_terms(request: HttpRequest, name: str, budget: int = 1000) -> dict[str, Any]:
    """What the form shows: what was posted, else the usual."""
    if request.method == "POST":
        return {**request.POST.dict(), "exclusive": request.POST.get("exclusive") == "1"}
    usual = Terms()
    return {
        "name": name, "approval_policy": usual.approval_policy, "exclusive": True,
        "approve_first": usual.approve_first, "contact_gap_days": usual.contact_gap_days,
        "contact_budget": budget,
    }  # fmt: skip


def read_terms(posted: QueryDict) -> Terms:
    """The terms as they were posted; what cannot be read takes the usual value."""
    usual = Terms()
    wanted = posted.get("approval_policy", "")
    return Terms(
        offer=posted.get("offer", ""),
        approval_policy=wanted if wanted in ApprovalPolicy.values else usual.approval_policy,
        approve_first=number_of(posted.get("approve_first", ""), usual.approve_first),
        exclusive=posted.get("exclusive") == "1",
        contact_gap_days=min(number_of(posted.get("contact_gap_days", ""), 14), 365),
        contact_budget=max(1, min(number_of(posted.get("contact_budget", ""), 1000), MOST_PEOPLE)),
    )


def read_mailbox(posted: QueryDict) -> Mailbox | None:
    """The sender that was chosen; None for none that exists."""
    key = key_of(posted.get("mailbox"))
    return Mailbox.objects.filter(pk=key, channel=Channel.EMAIL).first() if key else None
