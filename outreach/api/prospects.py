"""A prospect's sequence under the names the requirements gave: written out, and where it stands."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from crm.merge import id_today
from crm.models import Contact
from outreach.api.access import ApiKeyAuth, owner_of
from outreach.api.enrollments import (
    EnrollmentDetail,
    FactName,
    FactValue,
    TouchOut,
    followers,
    with_touches,
)
from outreach.api.shapes import Line
from outreach.campaigns import default_mailbox
from outreach.choices import CampaignKind, Voice
from outreach.models import Campaign
from outreach.sequences.choosing import version_for, voice_of
from outreach.sequences.preview import preview_person
from outreach.sequences.versions import definition_of

MOST_SHOWN = 20
WRITE_OUT = ApiKeyAuth("sequences:read", "outreach.view_sequence")
READ = ApiKeyAuth("enrollments:read", "outreach.view_enrollment")
router = Router(tags=["Enrollments"])


class GenerateIn(Schema):
    """Which sequence for whom. `sequence_type` is a kind (3-step, 5-step, 7-step, soft_nudge,
    direct_cta) or any sequence's slug; without it the segment's own is taken: the one given, or
    the one the person is in. `user_id` is accepted and not needed: the key's owner writes."""

    prospect_id: UUID
    sequence_type: Line = Field("", max_length=40)
    segment: Voice | None = None
    offer: Line = Field("", max_length=300)
    facts: dict[FactName, FactValue] = Field(default_factory=dict)
    user_id: Line = Field("", max_length=200)


class GeneratedOut(Schema):
    """The sequence written out for one person, in every variant; nothing is stored.

    `missing` names what the texts need and nobody said.
    """

    prospect_id: UUID
    name: str
    sequence: str
    version: int
    missing: list[str]
    touches: list[TouchOut]


class ProspectOut(Schema):
    """Every sequence a person is or was in, the newest first, with all touches."""

    prospect_id: UUID
    name: str
    sequences: list[EnrollmentDetail]


@router.post(
    "/outreach/sequence/generate",
    response=GeneratedOut,
    auth=WRITE_OUT,
    operation_id="generate_sequence",
)
def generate(request: HttpRequest, payload: GenerateIn) -> dict[str, Any]:
    """Write a sequence out for one person: every touch with its day, local time and words.

    Nothing is stored or sent; `POST /enrollments` takes the person in. Scope `sequences:read`.
    """
    contact = get_object_or_404(Contact, pk=id_today(Contact, payload.prospect_id))
    version = version_for(payload.sequence_type, voice=payload.segment or voice_of(contact))
    campaign = Campaign(
        kind=CampaignKind.SEQUENCE,
        offer=payload.offer,
        mailbox=default_mailbox(owner_of(request)),
        sequence_version=version,
    )
    facts = {str(name): value for name, value in payload.facts.items() if value}
    known = {**facts, "offer": payload.offer}
    touches = preview_person(contact.pk, version, campaign, now=timezone.now(), facts=facts)
    return {
        "prospect_id": contact.pk, "name": str(contact), "sequence": version.sequence.slug,
        "version": version.number, "touches": touches,
        "missing": [name for name in definition_of(version).needs_facts if not known.get(name)],
    }  # fmt: skip


@router.get(
    "/outreach/sequence/{uuid:prospect_id}",
    response=ProspectOut,
    auth=READ,
    operation_id="get_prospect_sequence",
)
def prospect(request: HttpRequest, prospect_id: UUID) -> dict[str, Any]:
    """Where a person stands in their sequences. Scope `enrollments:read`."""
    contact = get_object_or_404(Contact, pk=id_today(Contact, prospect_id))
    rows = followers().filter(contact=contact).order_by("-created_at", "-id")[:MOST_SHOWN]
    sequences = [with_touches(row) for row in rows]
    return {"prospect_id": contact.pk, "name": str(contact), "sequences": sequences}
