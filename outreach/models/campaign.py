"""One effort towards a frozen audience, with its budgets and its brakes."""

from django.conf import settings
from django.db import models
from uuid_utils.compat import uuid7

from crm.models import Request, SegmentSnapshot
from outreach.choices import ApprovalPolicy, CampaignKind, CampaignStatus
from outreach.models.mailbox import Mailbox
from outreach.models.sequence import SequenceVersion


class Campaign(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=CampaignKind, default=CampaignKind.RFQ)
    name = models.CharField(max_length=200)
    slug = models.SlugField(
        max_length=20, help_text="First part of the reply addresses, such as “jet”."
    )
    request = models.ForeignKey(
        Request, on_delete=models.PROTECT, null=True, blank=True, related_name="campaigns"
    )
    status = models.CharField(
        max_length=10, choices=CampaignStatus, default=CampaignStatus.DRAFT, db_index=True
    )
    approval_policy = models.CharField(
        max_length=20, choices=ApprovalPolicy, default=ApprovalPolicy.EVERY_MESSAGE
    )
    approve_first = models.PositiveIntegerField(default=50)
    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="campaigns")
    sequence_version = models.ForeignKey(
        SequenceVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="campaigns",
        help_text="What people enrolled from now on follow.",
    )
    offer = models.CharField(
        max_length=300, blank=True, help_text="What this campaign proposes, in one sentence."
    )
    text_mailbox = models.ForeignKey(
        Mailbox,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The number text messages leave from, where the sequence has some.",
    )
    exclusive = models.BooleanField(
        default=True, help_text="Who is under way here is left out of other sequences."
    )
    contact_gap_days = models.PositiveSmallIntegerField(
        default=14, help_text="Leave out whom we wrote to within so many days."
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True
    )
    audience = models.OneToOneField(
        SegmentSnapshot, on_delete=models.PROTECT, null=True, blank=True, editable=False,
        related_name="campaign", help_text="Whom a segment meant when the campaign was made.",
    )  # fmt: skip
    first_drafts_until = models.DateTimeField(
        null=True, blank=True, editable=False,
        help_text="First touches that leave before this are drafted without waiting for their day.",
    )  # fmt: skip
    contact_budget = models.PositiveIntegerField(default=20)
    follow_up_limit = models.PositiveIntegerField(default=3, help_text="Per vendor.")
    negotiation_limit = models.PositiveIntegerField(default=3, help_text="Rounds per vendor.")
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    paused_by = models.CharField(max_length=150, blank=True, editable=False)
    pause_reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created_at"]
        permissions = [
            ("pause_campaign", "Can pause and resume campaigns"),
            ("pause_everything", "Can pause and resume all sending"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="rfq") | models.Q(approval_policy="every_message"),
                name="rfq_needs_every_approval",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="rfq") | models.Q(request__isnull=False),
                name="rfq_has_request",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="rfq", sequence_version__isnull=True)
                | models.Q(kind="sequence", sequence_version__isnull=False),
                name="sequence_has_version",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def paused(self) -> bool:
        return self.paused_at is not None
