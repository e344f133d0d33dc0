"""Makes a campaign that follows a sequence: its sender, its offer, its approval policy."""

import re
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from compliance import audit
from outreach.actors import name_of
from outreach.campaigns import default_mailbox
from outreach.choices import ApprovalPolicy, CampaignKind, Channel
from outreach.errors import NotAllowedNow
from outreach.models import Campaign, Mailbox, SequenceVersion
from outreach.sequences.versions import definition_of

MOST_PEOPLE = 100_000


@dataclass(frozen=True, slots=True)
class Terms:
    """How a campaign goes about it; what is left out takes the usual way."""

    offer: str = ""
    approval_policy: str = ApprovalPolicy.EVERY_MESSAGE
    approve_first: int = 50
    exclusive: bool = True
    contact_gap_days: int = 14
    contact_budget: int = MOST_PEOPLE


def create_drip(
    version: SequenceVersion,
    *,
    name: str,
    actor: User,
    terms: Terms | None = None,
    mailbox: Mailbox | None = None,
) -> Campaign:
    """A campaign in draft, ready to enroll people.

    Raises NotAllowedNow where its offer is missing or there is no number to text from,
    NothingToSend where there is no mailbox.
    """
    terms = terms or Terms()
    definition = definition_of(version)
    if "offer" in definition.needs_facts and not terms.offer.strip():
        raise NotAllowedNow(
            f"“{version.sequence}” needs to say what is proposed: give its offer in one sentence."
        )
    sender = mailbox or default_mailbox(actor)
    return _create(version, name, terms, sender, _number(definition.channels), actor)


def _number(channels: frozenset[str]) -> Mailbox | None:
    """The number texts leave from, where the sequence has some."""
    if Channel.SMS not in channels:
        return None
    box = Mailbox.objects.filter(channel=Channel.SMS).order_by("created_at").first()
    if box is None:
        raise NotAllowedNow(
            "The sequence sends texts, and there is no number to send them from. Add one under "
            "Settings, Mailboxes."
        )
    return box


@transaction.atomic
def _create(
    version: SequenceVersion,
    name: str,
    terms: Terms,
    mailbox: Mailbox,
    number: Mailbox | None,
    actor: User,
) -> Campaign:
    campaign = Campaign.objects.create(
        kind=CampaignKind.SEQUENCE,
        name=name.strip()[:200] or str(version.sequence),
        slug=_slug(version.sequence.slug),
        sequence_version=version,
        mailbox=mailbox,
        text_mailbox=number,
        owner=actor,
        offer=terms.offer.strip()[:300],
        approval_policy=terms.approval_policy,
        approve_first=terms.approve_first,
        exclusive=terms.exclusive,
        contact_gap_days=terms.contact_gap_days,
        contact_budget=terms.contact_budget,
    )
    audit.append(
        "campaign.created", campaign, actor=name_of(actor), campaign_id=campaign.pk,
        data={"sequence": version.sequence.slug, "version": version.number},
    )  # fmt: skip
    return campaign


def _slug(slug: str) -> str:
    """A short word for the reply addresses, such as “steps” for three_step."""
    words = re.findall(r"[a-z]+", slug)
    return (words[-1] if words else "hello")[:20]
