"""Channels a person serves by hand: the text is copied, and what was done is logged."""

from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from compliance import audit
from outreach import budgets, lifecycle, pipeline
from outreach.actors import name_of
from outreach.choices import (
    MANUAL_CHANNELS,
    CampaignStatus,
    EnrollmentStatus,
    MessageKind,
    MessageStatus,
)
from outreach.errors import BudgetExceeded, NotAllowedNow
from outreach.models import Campaign, Enrollment, Message


@transaction.atomic
def log_done(message_id: UUID, *, actor: User, note: str = "") -> Message:
    """Record that the person wrote or called; it counts in the campaign's budget.

    Raises NotAllowedNow for e-mail or a message that is done already, BudgetExceeded when the
    campaign's contacts are used up.
    """
    message = Message.objects.select_related("campaign", "enrollment").get(pk=message_id)
    if message.channel not in MANUAL_CHANNELS:
        raise NotAllowedNow("E-mail is sent by the desk: approve it instead.")
    campaign = message.campaign
    if campaign is not None:
        campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
        if message.kind == MessageKind.FIRST and budgets.contact_budget(campaign).left < 1:
            raise BudgetExceeded(f"The budget of {campaign.contact_budget} contacts is used up.")
    now = timezone.now()
    moved = lifecycle.move(
        Message.objects.filter(pk=message_id),
        MessageStatus.SENT,
        only_from=frozenset({MessageStatus.EA_REVIEW, MessageStatus.APPROVED}),
        sent_at=now,
        logged_by=name_of(actor),
        reason=note.strip(),
    )
    if not moved:
        raise NotAllowedNow(f"This message is {message.get_status_display().lower()} already.")
    if message.enrollment_id:
        rows = Enrollment.objects.filter(pk=message.enrollment_id)
        rows.update(last_outbound_at=now)
        rows.filter(status=EnrollmentStatus.PENDING).update(status=EnrollmentStatus.ACTIVE)
    audit.append_many(pipeline.sent([message]), actor=name_of(actor))
    if campaign is not None and campaign.status == CampaignStatus.DRAFT:
        Campaign.objects.filter(pk=campaign.pk).update(status=CampaignStatus.ACTIVE)
    audit.append(
        "message.logged", message, actor=name_of(actor), reason=note,
        campaign_id=message.campaign_id,
    )  # fmt: skip
    message.refresh_from_db()
    return message
