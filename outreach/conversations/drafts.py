"""Puts the draft of an answer into a thread: to whom it answers, on the same channel, in review."""

from uuid import UUID

from django.db.models import Q

from compliance import audit
from crm.models import ContactPoint
from outreach import reply_address
from outreach.choices import (
    MANUAL_CHANNELS,
    Channel,
    Direction,
    MessageKind,
    MessageStatus,
)
from outreach.errors import NotAllowedNow
from outreach.models import Enrollment, Message
from outreach.sequences.making import sender_for
from outreach.stopping import cancel_open_messages

SUBJECT = 500


def put_answer(
    heard: Message,
    body: str,
    *,
    actor: str,
    engine: str,
    subject: str = "",
    reason: str = "",
    flagged: bool = False,
    fact_marks: list[dict[str, object]] | None = None,
) -> Message:
    """The draft of an answer to `heard`, waiting for review; one that waits already is replaced.

    In the caller's transaction. Nothing leaves by it: the campaign's approval policy is asked.
    Raises NotAllowedNow for a message that is in no thread, or whose sender is not sure.
    """
    enrollment = _thread_of(heard)
    campaign = enrollment.campaign
    mailbox = sender_for(campaign, heard.channel)
    mail = heard.channel == Channel.EMAIL
    problems = [reason] if reason else []
    if mailbox is None and heard.channel not in MANUAL_CHANNELS:
        problems.append("The campaign has no sender for this channel.")
    words = subject or _answering(heard.subject)
    _replace(enrollment.pk, actor=actor)
    message = Message.objects.create(
        enrollment=enrollment, campaign=campaign, direction=Direction.OUTBOUND,
        channel=heard.channel, kind=MessageKind.ANSWER, status=MessageStatus.EA_REVIEW,
        subject=words[:SUBJECT] if mail else "", body=body, reason=" ".join(problems),
        flagged=flagged or bool(problems), fact_marks=fact_marks or [], engine=engine[:40],
        from_name=campaign.mailbox.from_name, from_address=mailbox.address if mailbox else "",
        to_address=heard.from_address, mailbox=mailbox,
        reply_to=reply_address.build(enrollment) if mail else "",
        in_reply_to=heard.rfc_message_id if mail else "",
        # Their headers are a stranger's: no line break of theirs gets into ours.
        references=" ".join(f"{heard.references} {heard.rfc_message_id}".split()) if mail else "",
        original={"subject": words[:SUBJECT] if mail else "", "body": body},
    )  # fmt: skip
    audit.append(
        "message.drafted", message, actor=actor, campaign_id=campaign.pk,
        data={"kind": "answer", "engine": engine},
    )  # fmt: skip
    return message


def _thread_of(heard: Message) -> Enrollment:
    if heard.enrollment is None:
        raise NotAllowedNow("This message is in no thread yet: attach it to one first.")
    if not heard.sender_known and not _holds(heard.enrollment, heard.from_address):
        raise NotAllowedNow("It is not sure who wrote this: check, then answer.")
    return heard.enrollment


def _holds(enrollment: Enrollment, address: str) -> bool:
    """Whether the address is one of the person or a colleague by now."""
    whose = Q(contact=enrollment.contact_id)
    if enrollment.company_id:
        whose |= Q(contact__company=enrollment.company_id)
    return ContactPoint.objects.filter(whose, value=address).exists()


def _replace(enrollment_id: UUID, *, actor: str) -> None:
    """Two drafts that answer the same person would both be sent by somebody."""
    cancel_open_messages(
        actor=actor, reason="A newer draft took its place.", enrollment=enrollment_id,
        kind=MessageKind.ANSWER, approved_at=None,
    )  # fmt: skip


def _answering(subject: str) -> str:
    words = " ".join(subject.split())
    return words if words[:3].lower() == "re:" else f"Re: {words}".strip()
