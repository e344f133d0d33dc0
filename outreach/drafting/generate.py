"""Makes a campaign's drafts: one enrollment and one message per vendor, within its budget."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from compliance import audit
from crm.vendors import VendorMatch
from outreach import reply_address
from outreach.choices import Direction, MessageKind, MessageStatus
from outreach.drafting.draft import Draft, draft_message
from outreach.drafting.marks import FactMark
from outreach.errors import NothingToSend
from outreach.models import Campaign, Enrollment, Message

ALREADY_IN = "Already in this campaign."
GIVEN_UP = (MessageStatus.SKIPPED, MessageStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class Generated:
    """The messages made, and who was left out with the reason in words."""

    messages: list[Message] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)


def generate_drafts(
    campaign: Campaign,
    *,
    vendors: Iterable[VendorMatch],
    actor: str,
    progress: Callable[[int, int], None] | None = None,
) -> Generated:
    """Draft a first message to each vendor not yet in the campaign, best first.

    Idempotent: a vendor in the campaign gets no second first draft. What the contact budget does
    not cover is left out and said so. `progress(done, total)` is called after each draft. Raises
    NothingToSend for a campaign without a request or a category.
    """
    if campaign.request is None:
        raise NothingToSend("This campaign has no request to draft from.")
    matches = list(vendors)
    fresh, left_out = _fresh(campaign, matches)
    drafts: list[tuple[VendorMatch, Draft]] = []
    for done, match in enumerate(fresh, start=1):
        # Drafted before the transaction: a model may take its time.
        drafts.append((match, draft_for(campaign, match)))
        if progress:
            progress(done, len(fresh))
    messages = store(campaign, drafts, actor, left_out)
    return Generated(messages, left_out)


def draft_for(campaign: Campaign, match: VendorMatch) -> Draft:
    """One vendor's draft, unstored; a model may take its time."""
    assert campaign.request is not None
    return draft_message(
        campaign.request, match.company, match.contact, campaign.mailbox, match.point.kind,
        campaign_id=campaign.pk,
    )  # fmt: skip


def _fresh(
    campaign: Campaign, matches: Sequence[VendorMatch]
) -> tuple[list[VendorMatch], list[tuple[str, str]]]:
    """Vendors not yet enrolled and within the budget; the rest with the reason."""
    enrolled = Enrollment.objects.filter(campaign=campaign)
    companies = set(enrolled.values_list("company_id", flat=True))
    room = contacts_left(campaign)
    fresh: list[VendorMatch] = []
    left_out: list[tuple[str, str]] = []
    for match in matches:
        if match.company.pk in companies:
            left_out.append((match.company.name, ALREADY_IN))
        elif len(fresh) >= room:
            left_out.append((match.company.name, _over_budget(campaign)))
        else:
            companies.add(match.company.pk)
            fresh.append(match)
    return fresh, left_out


def contacts_left(campaign: Campaign) -> int:
    """How many more vendors may be drafted to; skipped and cancelled ones give their place back."""
    used = (
        Message.objects.filter(
            campaign=campaign, direction=Direction.OUTBOUND, kind=MessageKind.FIRST
        )
        .exclude(status__in=GIVEN_UP)
        .count()
    )
    return max(0, campaign.contact_budget - used)


def _over_budget(campaign: Campaign) -> str:
    return f"The budget of {campaign.contact_budget} contacts is used up."


@transaction.atomic
def store(
    campaign: Campaign,
    drafts: Sequence[tuple[VendorMatch, Draft]],
    actor: str,
    left_out: list[tuple[str, str]],
) -> list[Message]:
    """Enroll and store in one transaction; whom the campaign cannot take joins `left_out`."""
    # Two people pressing the button at once: the second finds the first's enrollments.
    locked = Campaign.objects.select_for_update().select_related("mailbox").get(pk=campaign.pk)
    still, late = _fresh(locked, [match for match, _ in drafts])
    left_out += late
    kept = {match.company.pk for match in still}
    pairs = [(match, draft) for match, draft in drafts if match.company.pk in kept]
    enrollments = [_enrollment(locked, match) for match, _ in pairs]
    Enrollment.objects.bulk_create(enrollments, batch_size=500)
    messages = [
        _message(locked, enrollment, match, draft)
        for enrollment, (match, draft) in zip(enrollments, pairs, strict=True)
    ]
    Message.objects.bulk_create(messages, batch_size=200)
    acts = [
        audit.Act(
            "message.drafted", message, message.reason, campaign.pk, {"engine": message.engine}
        )
        for message in messages
    ]
    audit.append_many(acts, actor=actor)
    return messages


def _enrollment(campaign: Campaign, match: VendorMatch) -> Enrollment:
    return Enrollment(
        campaign=campaign,
        contact=match.contact,
        company=match.company,
        point=match.point,
        channel=match.point.kind,
        match_reasons=match.reasons,
    )


def _message(
    campaign: Campaign, enrollment: Enrollment, match: VendorMatch, draft: Draft
) -> Message:
    return new_message(
        campaign, enrollment, draft, kind=MessageKind.FIRST, to_address=match.point.value
    )


def new_message(
    campaign: Campaign, enrollment: Enrollment, draft: Draft, *, kind: str, to_address: str
) -> Message:
    """An unsaved outbound message waiting for review, flagged where facts are unbacked."""
    mailbox = campaign.mailbox
    return Message(
        enrollment=enrollment,
        campaign=campaign,
        direction=Direction.OUTBOUND,
        channel=enrollment.channel,
        kind=kind,
        status=MessageStatus.EA_REVIEW,
        reason=flag_reason(draft.fact_marks),
        subject=draft.subject,
        body=draft.body,
        from_name=mailbox.from_name,
        from_address=mailbox.from_email,
        to_address=to_address,
        reply_to=reply_address.build(enrollment),
        flagged=bool(draft.fact_marks),
        fact_marks=[mark.as_data() for mark in draft.fact_marks],
        engine=draft.engine,
        original={"subject": draft.subject, "body": draft.body},
        mailbox=mailbox,
    )


def flag_reason(marks: Sequence[FactMark]) -> str:
    """Why a draft is flagged, in one sentence; empty without marks."""
    if not marks:
        return ""
    shown = ", ".join(f"“{mark.text}”" for mark in marks[:5])
    more = f" and {len(marks) - 5} more" if len(marks) > 5 else ""
    return f"Not in the request, vendor or sender record: {shown}{more}."
