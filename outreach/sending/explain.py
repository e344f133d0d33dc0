"""Answers "why was this not sent?" for a message in any state, in sentences."""

from datetime import datetime

from compliance import gate
from outreach.choices import (
    MANUAL_CHANNELS,
    CampaignStatus,
    Channel,
    MessageStatus,
)
from outreach.models import Message, OutreachPolicy
from outreach.outbounds import outbound_of


def explain(message: Message, *, now: datetime) -> list[str]:
    """Every reason that keeps this message here, the stored one first; empty once it left."""
    left = {
        MessageStatus.SENT,
        MessageStatus.DELIVERED,
        MessageStatus.REPLIED,
        MessageStatus.COMPLAINED,
    }
    if message.status in left:
        return []
    reasons = [message.reason] if message.reason else []
    if message.status in {MessageStatus.EA_REVIEW, MessageStatus.DRAFT}:
        reasons += _waiting(message)
    elif message.status == MessageStatus.APPROVED:
        reasons += _brakes(message, now)
    elif message.status == MessageStatus.SENDING:
        reasons.append("A worker is handing it over right now.")
    elif not reasons:
        reasons.append(f"It is {message.get_status_display().lower()}.")
    if message.status in {MessageStatus.EA_REVIEW, MessageStatus.APPROVED}:
        verdict = gate.check(outbound_of(message, at=now))
        reasons += [reason for reason in verdict.reasons if reason not in reasons]
    return reasons


def _waiting(message: Message) -> list[str]:
    if message.channel in MANUAL_CHANNELS:
        channel = Channel(message.channel).label
        return [f"{channel} is done by hand: copy the text, then log it as done."]
    return ["Nobody has approved it yet."]


def _brakes(message: Message, now: datetime) -> list[str]:
    reasons = []
    policy = OutreachPolicy.load()
    if policy.paused:
        reasons.append(f"{policy.paused_by} paused everything: {policy.pause_reason}")
    campaign = message.campaign
    if campaign and campaign.paused:
        reasons.append(f"{campaign.paused_by} paused the campaign: {campaign.pause_reason}")
    if campaign and campaign.status != CampaignStatus.ACTIVE:
        reasons.append(f"The campaign is {campaign.get_status_display().lower()}.")
    person = message.enrollment
    if person and person.paused_at and message.step is not None:
        reasons.append(f"{person.paused_by} paused this person.")
    if message.mailbox and message.mailbox.paused_at:
        reasons.append(f"The mailbox is paused: {message.mailbox.pause_reason}")
    if message.due_at and message.due_at > now:
        reasons.append(f"It is due at {message.due_at:%d %b %H:%M} UTC.")
    if not reasons:
        reasons.append("It is approved and leaves with the next dispatch, within a minute.")
    return reasons
