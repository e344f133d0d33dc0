"""The home page's figures: what waits for the person who is logged in, then how it goes."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from config import figures
from config.demo.clock_page import clock_context
from crm.choices import LeadStatus
from crm.models import Contact, Lead, Request
from crm.pipeline.board import columns_in_numbers
from crm.pipeline.stages import OPEN
from outreach.choices import ProposalStatus
from outreach.conversations import listing
from outreach.models import Campaign, ContactProposal, Mailbox, StaffDuty
from quotes.choices import QuoteStatus
from quotes.models import Quote

DAYS = 14
SHOWN = frozenset({*OPEN, LeadStatus.WON})
# What waits, the most pressing first: as one of them is called, and as several are.
WAITS = {
    "hot": ("hot conversation", "hot conversations"),
    "mine": ("conversation of yours", "conversations of yours"),
    "review": ("draft to review", "drafts to review"),
    "attention": ("answer needs a look", "answers need a look"),
    "proposed": ("person proposed", "people proposed"),
    "quotes": ("quote to check", "quotes to check"),
    "uncertain": ("uncertain send", "uncertain sends"),
    "failed": ("failed send", "failed sends"),
    "paused": ("mailbox paused", "mailboxes paused"),
    "unclear": ("request with questions", "requests with questions"),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """One number that links to the work behind it."""

    name: str
    count: int
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day's bar: heights in percent of the tallest."""

    day: date
    sent: int
    replied: int
    x: int
    sent_height: float
    replied_height: float


def home_context(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Adds the desk's figures to unfold's index page; a constant number of queries."""
    user = request.user
    if isinstance(user, User) and user.has_perm("outreach.view_message"):
        days = last_days()
        campaigns = open_campaigns()
        context |= {
            "tiles": [tile for tile in waiting_for(user) if tile.count],
            "may_work": user.has_perm("outreach.approve_message"),
            "campaigns": campaigns,
            "first_steps": [] if campaigns else first_steps(),
            "days": days,
            "sent_total": sum(day.sent for day in days),
            "replied_total": sum(day.replied for day in days),
            "stages": pipeline_strip() if user.has_perm("crm.view_lead") else [],
        }
    return context | clock_context()


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the pipeline: its leads, their worth, and a bar in percent of the fullest."""

    label: str
    name: str
    count: int
    worth: tuple[tuple[Decimal, str], ...]
    height: float

    @property
    def top(self) -> float:
        return 100 - self.height


def pipeline_strip() -> list[Stage]:
    """The open stages of the pipeline and what was won; empty while there is no lead."""
    shown = [one for one in columns_in_numbers(Lead.objects.all()) if one.status in SHOWN]
    most = max((one.count for one in shown), default=0)
    return [
        Stage(one.status.label, one.status, one.count, one.worth, 100 * one.count / most)
        for one in shown
        if most
    ]


def waiting_for(user: User) -> list[Tile]:
    """What this person can do something about; nothing for who only reads."""
    if not user.has_perm("outreach.approve_message"):
        return []
    counts = figures.waiting_by_status()
    messages = reverse("admin:outreach_message_changelist")
    heard = reverse("admin:outreach_heard")
    quotes = reverse("admin:quotes_quote_changelist")
    to_check = Quote.objects.filter(status=QuoteStatus.NEEDS_REVIEW).count()
    paused = Mailbox.objects.filter(paused_at__isnull=False).count()
    unclear = Request.objects.exclude(missing=[]).filter(campaigns=None).count()
    inbox = reverse("admin:outreach_inbox")
    talks = listing.counts(user, timezone.now(), ["hot", "mine"])
    proposed = ContactProposal.objects.filter(status=ProposalStatus.OPEN).count()
    found = {
        "hot": (talks["hot"], f"{inbox}?show=hot"),
        "mine": (talks["mine"], f"{inbox}?show=mine"),
        "review": (counts["review"], reverse("admin:outreach_review")),
        "attention": (counts["attention"], f"{heard}?show=attention"),
        "proposed": (proposed, reverse("admin:outreach_proposals")),
        "quotes": (to_check, f"{quotes}?status__exact={QuoteStatus.NEEDS_REVIEW}"),
        "uncertain": (counts["uncertain"], f"{messages}?status__exact=uncertain"),
        "failed": (counts["failed"], f"{messages}?status__exact=failed"),
        "paused": (paused, reverse("admin:outreach_mailbox_changelist")),
        "unclear": (unclear, reverse("admin:crm_request_changelist")),
    }
    return [Tile(name, count, WAITS[name][count != 1], url) for name, (count, url) in found.items()]


@dataclass(frozen=True, slots=True)
class Step:
    """Something to set up before the desk can work, and whether it is."""

    label: str
    url: str
    done: bool


def first_steps() -> list[Step]:
    """What a new installation lacks, in the order in which it is needed; three queries."""
    return [
        Step("Add the address you write from", reverse("admin:outreach_mailbox_add"),
             Mailbox.objects.exists()),
        Step("Take in a list of vendors, people or leads", reverse("admin:crm_import_new"),
             Contact.objects.exists()),
        Step("Say who of us takes hot conversations, and how they are told",
             reverse("admin:outreach_staffduty_changelist"), StaffDuty.objects.exists()),
        Step("Type the first request", reverse("admin:outreach_new_request"), False),
    ]  # fmt: skip


def open_campaigns() -> list[Campaign]:
    """The latest campaigns with `to_review`, `out` and `answered` on each; three queries."""
    campaigns = list(Campaign.objects.order_by("-created_at")[:8])
    counted = figures.campaign_counts([one.pk for one in campaigns])
    for campaign in campaigns:
        vars(campaign).update(counted[campaign.pk])
    return campaigns


def last_days() -> list[Day]:
    """Sent and answered per day over two weeks; one query."""
    today = timezone.localdate()
    days = [today - timedelta(days=n) for n in reversed(range(DAYS))]
    counted = figures.day_counts(days)
    top = max([*(max(pair) for pair in counted), 1])
    return [
        Day(day, sent, replied, number * 10, 90 * sent / top, 90 * replied / top)
        for number, (day, (sent, replied)) in enumerate(zip(days, counted, strict=True))
    ]
