"""One thing said or heard, on one channel, with everything that happened to it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models
from uuid_utils.compat import uuid7

from outreach.choices import Channel, Direction, MessageKind, MessageStatus
from outreach.models.campaign import Campaign
from outreach.models.enrollment import Enrollment
from outreach.models.mailbox import Mailbox


class Message(models.Model):
    """Statuses move only through `outreach.lifecycle`; `version` rises with every content edit.

    `fact_marks` is a list of `{"text", "start", "end", "kind", "reason", "part"}`;
    `own_ranges` a list of `[start, end]` into `body`: what the sender wrote themselves.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.CASCADE, null=True, blank=True, related_name="messages"
    )
    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, null=True, blank=True, related_name="messages"
    )
    direction = models.CharField(max_length=10, choices=Direction)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    kind = models.CharField(max_length=12, choices=MessageKind, default=MessageKind.FIRST)
    status = models.CharField(max_length=16, choices=MessageStatus, default=MessageStatus.DRAFT)
    step = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Which touch of the sequence it is."
    )
    variant = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True, help_text="Why it stands where it stands, in words.")

    # Content: what an approval is bound to.
    subject = models.CharField(max_length=998, blank=True)
    body = models.TextField(blank=True)
    body_html = models.TextField(blank=True)
    from_name = models.CharField(max_length=200, blank=True)
    from_address = models.CharField(max_length=320, blank=True)
    to_address = models.CharField(max_length=500, blank=True)
    reply_to = models.CharField(max_length=320, blank=True)
    version = models.PositiveIntegerField(default=1)
    flagged = models.BooleanField(default=False)
    fact_marks = models.JSONField(default=list, blank=True)
    engine = models.CharField(max_length=40, blank=True, help_text="What wrote the draft.")
    original = models.JSONField(
        default=dict, blank=True, help_text="Subject and body as first drafted."
    )

    # Sending.
    mailbox = models.ForeignKey(
        Mailbox, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    hand_over_at = models.DateTimeField(
        null=True, blank=True, help_text="Set before the provider is spoken to."
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    rfc_message_id = models.CharField(max_length=255, blank=True)
    in_reply_to = models.CharField(max_length=255, blank=True)
    references = models.TextField(blank=True)
    provider = models.CharField(max_length=40, blank=True)
    provider_message_id = models.CharField(max_length=255, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    machine_opened_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    bounce_cause = models.CharField(
        max_length=24, blank=True, help_text="Why it came back, as the table of causes names it."
    )
    complained_at = models.DateTimeField(null=True, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)

    # Hearing.
    received_at = models.DateTimeField(null=True, blank=True)
    own_ranges = models.JSONField(default=list, blank=True)
    sender_known = models.BooleanField(default=True)
    logged_by = models.CharField(max_length=150, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    # When the lawful window closes: told by the gate at hand-over, not stored.
    deadline: datetime | None = None
    grounds: Mapping[str, str] = {}  # on which the gate let it go; kept in the ledger

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["created_at", "id"]
        permissions = [
            ("approve_message", "Can approve and skip drafts"),
            ("bulk_approve_message", "Can approve across campaigns in bulk"),
            ("triage_message", "Can attach, reprocess and dismiss inbound mail"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["rfc_message_id"],
                condition=models.Q(direction="outbound") & ~models.Q(rfc_message_id=""),
                name="outbound_message_id_once",
            ),
            models.UniqueConstraint(
                fields=["enrollment"],
                condition=models.Q(direction="outbound", kind="first")
                & ~models.Q(status__in=["skipped", "cancelled"]),
                name="one_first_message_per_enrollment",
            ),
            # Whatever became of it, a touch that was made is never made again.
            models.UniqueConstraint(
                fields=["enrollment", "step"],
                condition=models.Q(direction="outbound", step__isnull=False),
                name="one_message_per_touch",
            ),
        ]
        indexes = [
            models.Index(
                fields=["mailbox", "due_at", "created_at"],
                condition=models.Q(status="approved"),
                name="message_due",
            ),
            models.Index(
                fields=["lease_until"], condition=models.Q(status="sending"), name="message_leased"
            ),
            # What pages count they count here, without reading a row.
            models.Index(
                fields=["campaign", "direction", "status", "enrollment"],
                name="message_campaign_status",
            ),
            models.Index(fields=["status", "-created_at"], name="message_status_created"),
            models.Index(
                fields=["-received_at", "-id", "kind"],
                condition=models.Q(direction="inbound"),
                name="message_inbox",
            ),
            models.Index(
                fields=["campaign", "-received_at", "-id", "kind"],
                condition=models.Q(direction="inbound"),
                name="message_campaign_heard",
            ),
            models.Index(
                fields=["sent_at", "campaign", "status"],
                condition=models.Q(direction="outbound"),
                name="message_sent",
            ),
            models.Index(fields=["-created_at", "-id"], name="message_newest"),
            models.Index(fields=["rfc_message_id"], name="message_rfc_id"),
            models.Index(fields=["provider_message_id"], name="message_provider_id"),
            models.Index(fields=["to_address", "-sent_at"], name="message_to_sent"),
        ]

    def __str__(self) -> str:
        return self.subject or self.body[:60]
