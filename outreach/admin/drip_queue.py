"""A drip's drafts by step and variant: read one wording, scan what differs, let the group go."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from outreach import approvals, budgets, pause
from outreach.actors import name_of
from outreach.admin import doors
from outreach.admin.enrolling import get_drip
from outreach.admin.queue import Row, row_of
from outreach.choices import MessageStatus
from outreach.models import Campaign, Message, OutreachPolicy
from outreach.sequences import drafts_now
from outreach.sequences.batches import MOST_LOADED, Draft, list_batches

NAMED = 5  # of those who stayed for one reason
HEAD = "admin/outreach/drip/head.html"
ROWS = "admin/outreach/drip/rows.html"


@require_safe
def drip_page(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """What waits, in batches; for htmx only the batches."""
    doors.require(request, doors.VIEW)
    campaign = get_drip(campaign_id)
    target = request.headers.get("HX-Target")
    if target == "drip-head":
        return doors.fragment(request, HEAD, campaign=campaign, **_head(campaign))
    context = _batches(campaign)
    if target == "queue-rows":
        return doors.changed(doors.fragment(request, ROWS, **context))
    return doors.page(
        request, "admin/outreach/drip/page.html", campaign.name, tab="drip",
        **{**_head(campaign), **context},
    )  # fmt: skip


def _head(campaign: Campaign) -> dict[str, Any]:
    """What stands over the batches, and is asked anew after each approval."""
    approved = Message.objects.filter(campaign=campaign, status=MessageStatus.APPROVED)
    return {
        "policy": OutreachPolicy.load(), "budget": budgets.contact_budget(campaign),
        "waiting": approvals.waiting(campaign).count(),
        "approved": approved.count(),
    }  # fmt: skip


def _batches(campaign: Campaign) -> dict[str, Any]:
    batches = list_batches(campaign)
    single = [draft for batch in batches if not batch.manual for draft in batch.exceptions]
    by_hand = [draft for batch in batches if batch.manual for draft in batch.exceptions]
    answers = list(
        approvals.waiting(campaign)
        .filter(step__isnull=True)
        .select_related("campaign", "enrollment__contact", "enrollment__company")[:MOST_LOADED]
    )
    waiting = sum(batch.total for batch in batches) + len(answers)
    return {
        "campaign": campaign, "coming": drafts_now.coming(campaign), "waiting": waiting,
        "batches": [batch for batch in batches if batch.alike],
        "singly": [*map(row_of, answers), *map(_single, single)],
        "by_hand": [*map(_single, by_hand)],
        "more": max(0, waiting - MOST_LOADED),
    }  # fmt: skip


def _single(draft: Draft) -> Row:
    """A draft as the queue shows it, with why it is looked at singly."""
    if not draft.message.reason:
        draft.message.reason = draft.exception  # shown, never saved
    return row_of(draft.message)


@doors.posts
def approve_batch(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Let go the ticked drafts, each in the version that was read; the others stay with reasons."""
    person = doors.require(request, doors.APPROVE)
    campaign = get_drip(campaign_id)
    versions = _ticked(request.POST)
    rows = approvals.waiting(campaign).filter(pk__in=list(versions))
    result = approvals.approve_many(rows, approver=person, versions=versions)
    gone = len(versions) - len(result.approved) - len(result.left_behind)
    return _answer(request, campaign, result=result, gone=gone)


@doors.posts
def skip_batch(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Set the ticked drafts aside; their people go on with the step after."""
    person = doors.require(request, doors.APPROVE)
    campaign = get_drip(campaign_id)
    rows = approvals.waiting(campaign).filter(pk__in=list(_ticked(request.POST)))
    reason = request.POST.get("reason", "")[:300]
    skipped = approvals.skip(rows, actor=name_of(person), reason=reason)
    return _answer(request, campaign, skipped=len(skipped))


@doors.posts
def draft_now(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Have the coming week's first drafts written now instead of a day before they leave."""
    person = doors.require(request, doors.EDIT_PEOPLE)
    campaign = get_drip(campaign_id)
    asked = drafts_now.draft_now(campaign, actor=name_of(person))
    return doors.fragment(request, ROWS, asked=asked, **_batches(campaign))


@doors.posts
def pause_drip(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Pause, or resume, the whole campaign."""
    person = doors.require(request, doors.PAUSE)
    campaign = get_drip(campaign_id)
    if request.POST.get("resume"):
        pause.resume_campaign(campaign, actor=name_of(person))
    else:
        pause.pause_campaign(campaign, actor=name_of(person))
    return redirect("admin:outreach_campaign_drip", campaign.pk)


def _answer(request: HttpRequest, campaign: Campaign, **done: Any) -> HttpResponse:
    if result := done.get("result"):
        done["left"] = _by_reason(result.left_behind)
    return doors.changed(doors.fragment(request, ROWS, done=True, **_batches(campaign), **done))


def _by_reason(left: Sequence[approvals.Left]) -> list[tuple[str, int, str]]:
    """Each reason with how many stayed for it and some of their names, the commonest first."""
    rows = Message.objects.filter(pk__in=[one.message_id for one in left])
    names = dict(rows.values_list("pk", "enrollment__contact__name"))
    found: dict[str, list[str]] = defaultdict(list)
    for one in left:
        found[one.reason].append(names.get(one.message_id) or one.to)
    groups = [(reason, len(who), ", ".join(who[:NAMED])) for reason, who in found.items()]
    return sorted(groups, key=lambda group: -group[1])


def _ticked(posted: QueryDict) -> dict[UUID, int]:
    """The versions read, by draft; what is no draft of ours is passed over."""
    found = {}
    for text in posted.getlist("draft")[:MOST_LOADED]:
        key, _, version = text.partition(":")
        try:
            found[UUID(key)] = int(version)
        except ValueError:
            continue
    return found
