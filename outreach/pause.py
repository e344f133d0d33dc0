"""The emergency stop: of one campaign or of everything; only a named person goes on."""

from typing import Any

from django.db import connections, transaction
from django.utils import timezone

from compliance import audit
from outreach.choices import CampaignStatus
from outreach.models import Campaign, Mailbox, OutreachPolicy
from outreach.sending.kick import kick
from outreach.stopping import cancel_open_messages


@transaction.atomic
def pause_campaign(campaign: Campaign, *, actor: str, reason: str = "") -> bool:
    """Hold everything of the campaign from the next claim on; False if it was paused already."""
    words = reason.strip() or "Paused by hand."
    changed = Campaign.objects.filter(pk=campaign.pk, paused_at=None).update(
        paused_at=timezone.now(),
        paused_by=actor,
        pause_reason=words[:200],
        updated_at=timezone.now(),
    )
    if changed:
        audit.append(
            "campaign.paused", campaign, actor=actor, reason=words, campaign_id=campaign.pk
        )
    campaign.refresh_from_db()
    return bool(changed)


@transaction.atomic
def resume_campaign(campaign: Campaign, *, actor: str) -> bool:
    """Let the campaign go on; False if it was not paused."""
    changed = Campaign.objects.filter(pk=campaign.pk, paused_at__isnull=False).update(
        paused_at=None, paused_by="", pause_reason="", updated_at=timezone.now()
    )
    if changed:
        audit.append("campaign.resumed", campaign, actor=actor, campaign_id=campaign.pk)
        transaction.on_commit(kick)
    campaign.refresh_from_db()
    return bool(changed)


@transaction.atomic
def pause_everything(*, actor: str, reason: str = "") -> bool:
    """Hold all sending of every campaign; False if it was held already."""
    policy = OutreachPolicy.load()
    words = reason.strip() or "Everything paused by hand."
    changed = OutreachPolicy.objects.filter(pk=policy.pk, paused_at=None).update(
        paused_at=timezone.now(), paused_by=actor, pause_reason=words[:200]
    )
    if changed:
        audit.append("outreach.paused", policy, actor=actor, reason=words)
    return bool(changed)


@transaction.atomic
def resume_everything(*, actor: str) -> bool:
    """Lift the stop over everything; campaigns paused on their own stay paused."""
    policy = OutreachPolicy.load()
    changed = OutreachPolicy.objects.filter(pk=policy.pk, paused_at__isnull=False).update(
        paused_at=None, paused_by="", pause_reason=""
    )
    if changed:
        audit.append("outreach.resumed", policy, actor=actor)
        transaction.on_commit(kick)
    return bool(changed)


@transaction.atomic
def resume_mailbox(mailbox: Mailbox, *, actor: str) -> bool:
    """Let a sender go on after somebody saw to what held it; False if it was not paused.

    What waited for it is not approved anew: it leaves as it was approved, at the sender's rates.
    """
    why = mailbox.pause_reason
    changed = Mailbox.objects.filter(pk=mailbox.pk, paused_at__isnull=False).update(
        paused_at=None, pause_reason=""
    )
    if changed:
        audit.append("mailbox.resumed", mailbox, actor=actor, reason=f"It was paused: {why}")
        transaction.on_commit(kick)
    mailbox.refresh_from_db()
    return bool(changed)


@transaction.atomic
def pause_mailbox(mailbox: Mailbox, *, actor: str, reason: str = "") -> bool:
    """Hold everything of one sender from the next claim on; False if it was paused already."""
    words = reason.strip() or "Paused by hand."
    changed = Mailbox.objects.filter(pk=mailbox.pk, paused_at=None).update(
        paused_at=timezone.now(), pause_reason=words[:200]
    )
    if changed:
        audit.append("mailbox.paused", mailbox, actor=actor, reason=words)
    mailbox.refresh_from_db()
    return bool(changed)


def ensure_policy(using: str = "default", **_signal: Any) -> None:
    """A `post_migrate` receiver: the switches exist, so that looking at them writes nothing.

    Migrating back to nothing sends the signal too, when the table is gone.
    """
    if OutreachPolicy._meta.db_table in connections[using].introspection.table_names():
        OutreachPolicy.load()


@transaction.atomic
def cancel_campaign(campaign: Campaign, *, actor: str, reason: str) -> int:
    """End a campaign for good: what has not left is cancelled; returns how many messages."""
    Campaign.objects.filter(pk=campaign.pk).update(
        status=CampaignStatus.CANCELLED, updated_at=timezone.now()
    )
    audit.append(
        "campaign.cancelled", campaign, actor=actor, reason=reason, campaign_id=campaign.pk
    )
    campaign.refresh_from_db()
    return cancel_open_messages(campaign_id=campaign.pk, actor=actor, reason=reason)
