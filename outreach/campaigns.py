"""Makes a campaign out of a request: the suitable vendors, each with a draft to review."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from compliance import audit
from crm.models import Request
from crm.vendors import VendorMatch, vendors_for
from outreach.actors import name_of
from outreach.ai.client import configured
from outreach.choices import CampaignKind, Channel
from outreach.drafting import orders
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
    pk: UUID | None = None,
    later: bool = False,
) -> tuple[Campaign, Generated]:
    """A campaign for the request with one draft per vendor, best first, within the budget.

    `vendor_ids` chooses among the suitable vendors. With `later` a worker drafts, and nothing is
    generated yet (`drafting.orders.progress_of`). A campaign whose maker dies while drafting is
    finished by the worker. Raises NothingToSend when the category is unknown, no mailbox exists,
    or no vendor suits, and IntegrityError when there is a campaign by that `pk`; nothing is
    created then.
    """
    chosen, unreachable = choose_vendors(request, vendor_ids=vendor_ids, max_vendors=max_vendors)
    sender = mailbox or default_mailbox(actor)
    with transaction.atomic():
        campaign = _create(request, sender, actor, pk or uuid4())
        orders.place(campaign, chosen, actor=name_of(actor), held=not later)
        if later:
            transaction.on_commit(orders.kick)
    if later:
        return campaign, Generated([], unreachable)
    made = generate_drafts(campaign, vendors=chosen, actor=name_of(actor), progress=progress)
    made.left_out.extend(unreachable)
    orders.dismiss(campaign)
    return campaign, made


@dataclass(frozen=True, slots=True)
class Started:
    """A campaign as the page gets it: `under_way` when a worker drafts, `again` when it existed."""

    campaign: Campaign
    generated: Generated
    under_way: bool = False
    again: bool = False


def start_campaign(
    request: Request, *, actor: User, vendor_ids: Sequence[UUID] | None, token: UUID
) -> Started:
    """The campaign a person asked for by a button: pressed twice, it is the same one.

    A model may take long, so with one the drafting is left to a worker; the rules engine drafts
    at once. `token` is the button's own. Raises NothingToSend as `create_campaign` does.
    """
    chosen = ",".join(sorted(str(vendor) for vendor in vendor_ids or ()))
    pk = uuid5(token, f"{request.pk} {chosen}")
    if known := Campaign.objects.filter(pk=pk).first():
        return Started(known, Generated(), again=True)
    later = configured()
    try:
        campaign, generated = create_campaign(
            request, actor=actor, vendor_ids=vendor_ids, pk=pk, later=later
        )
    except IntegrityError:  # the other press was a moment earlier
        return Started(Campaign.objects.get(pk=pk), Generated(), again=True)
    return Started(campaign, generated, under_way=later)


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
    boxes = Mailbox.objects.filter(channel=Channel.EMAIL).order_by("created_at")
    mailbox = boxes.filter(owner=actor).first() or boxes.first()
    if mailbox is None:
        raise NothingToSend("There is no mailbox to send from. Add one under Settings, Mailboxes.")
    return mailbox


def _create(request: Request, mailbox: Mailbox, actor: User, pk: UUID) -> Campaign:
    campaign = Campaign.objects.create(
        pk=pk,
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
