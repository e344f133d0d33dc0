"""Makes a campaign out of a request: the suitable vendors, each with a draft to review."""

import re
from collections.abc import Callable, Sequence
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from compliance import audit
from crm.models import Request
from crm.vendors import VendorMatch, vendors_for
from outreach.actors import name_of
from outreach.choices import CampaignKind
from outreach.drafting.generate import Generated, generate_drafts
from outreach.errors import NothingToSend
from outreach.models import Campaign, Mailbox

MOST_VENDORS = 200
NO_ADDRESS = "There is no address it may be written to: add one, or call."


def create_campaign(
    request: Request,
    *,
    actor: User,
    vendor_ids: Sequence[UUID] | None = None,
    max_vendors: int | None = None,
    mailbox: Mailbox | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Campaign, Generated]:
    """A campaign for the request with one draft per vendor, best first, within the budget.

    `vendor_ids` chooses among the suitable vendors. Raises NothingToSend when the category is
    unknown, no mailbox exists, or no vendor suits; nothing is created then.
    """
    chosen, unreachable = choose_vendors(request, vendor_ids=vendor_ids, max_vendors=max_vendors)
    sender = mailbox or default_mailbox(actor)
    campaign = _create(request, sender, actor)
    made = generate_drafts(campaign, vendors=chosen, actor=name_of(actor), progress=progress)
    made.left_out.extend(unreachable)
    return campaign, made


def choose_vendors(
    request: Request, *, vendor_ids: Sequence[UUID] | None, max_vendors: int | None
) -> tuple[list[VendorMatch], list[tuple[str, str]]]:
    """The suitable vendors, narrowed to those asked for, and whom nobody can write to, with why.

    Raises NothingToSend when there is nobody to write to.
    """
    if request.category is None:
        raise NothingToSend("What is wanted is not clear yet: choose a category for the request.")
    matches, lost = vendors_for(request)
    matches = matches[:MOST_VENDORS]
    if vendor_ids is not None:
        wanted = set(vendor_ids)
        matches = [match for match in matches if match.company.pk in wanted]
        lost = [company for company in lost if company.pk in wanted]
    matches = matches[: max_vendors or settings.OUTREACH_CONTACT_BUDGET]
    if not matches:
        raise NothingToSend(
            f"No vendor for {request.category.name.lower()} can be written to. "
            "Add vendors with this category and an address, or widen their regions."
        )
    return matches, [(company.name, NO_ADDRESS) for company in lost[:MOST_VENDORS]]


def default_mailbox(actor: User) -> Mailbox:
    """The person's own mailbox, else the first one; raises NothingToSend when there is none."""
    mailbox = (
        Mailbox.objects.filter(owner=actor).order_by("created_at").first()
        or Mailbox.objects.order_by("created_at").first()
    )
    if mailbox is None:
        raise NothingToSend("There is no mailbox to send from. Add one under Settings, Mailboxes.")
    return mailbox


@transaction.atomic
def _create(request: Request, mailbox: Mailbox, actor: User) -> Campaign:
    campaign = Campaign.objects.create(
        kind=CampaignKind.RFQ,
        name=str(request)[:200],
        slug=reply_slug(request),
        request=request,
        mailbox=mailbox,
        owner=actor,
        contact_budget=settings.OUTREACH_CONTACT_BUDGET,
        follow_up_limit=settings.OUTREACH_FOLLOW_UP_LIMIT,
        negotiation_limit=settings.OUTREACH_NEGOTIATION_LIMIT,
    )
    audit.append("campaign.created", campaign, actor=name_of(actor), campaign_id=campaign.pk)
    return campaign


def reply_slug(request: Request) -> str:
    """A short word for the reply addresses: "jet" for a private jet, "request" without category."""
    words = re.findall(r"[a-z]+", request.category.slug if request.category else "")
    return (words[-1] if words else "request")[:20]
