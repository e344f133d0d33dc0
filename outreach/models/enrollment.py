"""One contact in one campaign; also the thread, its messages in time order."""

import secrets

from django.db import models
from uuid_utils.compat import uuid7

from crm.models import Company, Contact, ContactPoint
from outreach.choices import UNDER_WAY, Channel, EnrollmentStatus
from outreach.models.campaign import Campaign
from outreach.models.sequence import SequenceVersion

TOKEN_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105  no look-alikes
TOKEN_LENGTH = 26  # 31^26 is more than 128 bits: not to be guessed


def new_token() -> str:
    """A fresh, unguessable, case-insensitive part for a reply address."""
    return "".join(secrets.choice(TOKEN_ALPHABET) for _ in range(TOKEN_LENGTH))


class Enrollment(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="enrollments")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    point = models.ForeignKey(
        ContactPoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    status = models.CharField(
        max_length=12, choices=EnrollmentStatus, default=EnrollmentStatus.PENDING
    )
    duplicate_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, editable=False,
        related_name="duplicates",
        help_text="The thread that goes on, where two in one campaign turned out to be one.",
    )  # fmt: skip
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    match_reasons = models.JSONField(default=list, blank=True)
    needs_person = models.BooleanField(
        default=False, help_text="A person must look before anything more is sent."
    )
    stop_reason = models.CharField(max_length=300, blank=True)
    notes = models.TextField(blank=True)
    # Standing in the sequence; a request to vendors leaves these alone.
    version = models.ForeignKey(
        SequenceVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="enrollments"
    )
    variant = models.CharField(max_length=20, blank=True)
    step = models.PositiveSmallIntegerField(default=0, help_text="The last touch made.")
    next_touch_at = models.DateTimeField(
        null=True, blank=True, help_text="When the desk looks at it next, to make a touch or end."
    )
    zone = models.CharField(max_length=64, blank=True, help_text="The recipient's time zone.")
    facts = models.JSONField(
        default=dict, blank=True, help_text="What was known of the person when they came in."
    )
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_by = models.CharField(max_length=150, blank=True)
    last_outbound_at = models.DateTimeField(null=True, blank=True)
    last_inbound_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "contact"],
                condition=models.Q(duplicate_of__isnull=True),
                name="enrolled_once_per_campaign",
            )
        ]
        indexes = [
            models.Index(fields=["-last_inbound_at"], name="enrollment_last_inbound"),
            models.Index(fields=["-created_at", "id"], name="enrollment_newest"),
            models.Index(fields=["version", "status", "campaign"], name="enrollment_standing"),
            models.Index(
                fields=["campaign"],
                condition=models.Q(needs_person=True),
                name="enrollment_needs_person",
            ),
            models.Index(
                fields=["campaign"],
                condition=models.Q(paused_at__isnull=False),
                name="enrollment_paused",
            ),
            models.Index(
                fields=["next_touch_at"],
                condition=models.Q(
                    next_touch_at__isnull=False, paused_at=None, status__in=sorted(UNDER_WAY)
                ),
                name="enrollment_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company or self.contact} in {self.campaign}"
