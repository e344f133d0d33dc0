"""A person somebody pointed us to: written to only after a person of ours said so."""

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from crm.models import Contact
from outreach.choices import ProposalKind, ProposalStatus
from outreach.models.enrollment import Enrollment
from outreach.models.message import Message


class ContactProposal(models.Model):
    """`said` is how they were named; `contact` is who they became once taken in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="proposals")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=8, choices=ProposalKind)
    said = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=160, blank=True)
    email = models.CharField(max_length=320, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=10, choices=ProposalStatus, default=ProposalStatus.OPEN)
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["message", "kind"], name="one_proposal_per_reply"),
            models.CheckConstraint(
                condition=Q(status=ProposalStatus.OPEN) | ~Q(decided_by=""),
                name="proposal_decided_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at"], condition=Q(status="open"), name="proposal_open")
        ]

    def __str__(self) -> str:
        return self.said or self.get_kind_display()
